/** What every way out must do, chat or not: `mechanismContract('E-mail', makeSetup)`. A setup is made for each test. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { card, controls, text } from '../../src/chat/card.ts';
import { type Mechanism, type Place, PlatformError, type Post } from '../../src/chat/port.ts';

export interface WaySetup {
  readonly mechanism: Mechanism;
  readonly place: Place;
  /** The record and the update that are said. */
  readonly record: string;
  readonly update: string;
  /** Under which keys something arrived, oldest first: what is repeated has the same one. */
  readonly arrived: () => Promise<readonly string[]>;
  /** Orders trouble for the next post; each only where the way can have it. */
  readonly trouble: {
    /** It arrives, and no answer comes. */
    readonly loseAnswer?: () => void;
    /** It is answered with "later". */
    readonly limit?: () => void;
    /** It is answered with a definite no. */
    readonly refuse?: () => void;
  };
  stop(): Promise<void>;
}

const names = (person: string) => ({ name: person });

export function mechanismContract(name: string, makeSetup: () => Promise<WaySetup>): void {
  let way: WaySetup;
  beforeEach(async () => {
    way = await makeSetup();
  });
  afterEach(() => way.stop());

  const post = (delivery: string): Post => ({
    delivery,
    record: way.record,
    update: way.update,
    card: card('Update 1: Refused connections', [
      text('As of ', { time: Date.UTC(2027, 0, 15, 21, 0) }, ', asked by ', { person: 'p1' }, ' in ', { place: way.place }, '.'),
      text('<!channel> @everyone https://evil.example \r\n.\r\nEHLO'),
      controls({ label: 'Seen', action: 'comms.seen', record: way.record, value: way.update }),
    ]),
  });
  const failing = async (doing: Promise<unknown>): Promise<PlatformError> => {
    const error: unknown = await doing.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof PlatformError)) throw new Error(`Expected a PlatformError, had ${String(error)}`);
    return error;
  };

  describe(`${name}: a delivery`, () => {
    test('arrives once, and is named', async () => {
      const { externalId } = await way.mechanism.post(way.place, post('d1'), names);
      expect(externalId).not.toBe('');
      expect(await way.arrived()).toHaveLength(1);
    });

    test('that is posted again is known for the same one, and where it may be repeated it is there once', async () => {
      await way.mechanism.post(way.place, post('d1'), names);
      await way.mechanism.post(way.place, post('d1'), names);
      const arrived = await way.arrived();
      expect(new Set(arrived).size).toBe(1);
      if (way.mechanism.canRepeat) expect(arrived).toHaveLength(1);
    });

    test('to a place that is none of its own is refused, and nothing arrives', async () => {
      for (const place of [
        'console/channel/cab',
        'email/address/not an address',
        'webhook/address/nonsense',
        'call/address/+49301234',
      ]) {
        if (
          place.startsWith(`${way.mechanism.platform}/`) ||
          way.mechanism.platform === 'email' ||
          way.mechanism.platform === 'webhook' ||
          way.mechanism.platform === 'call'
        )
          expect(await failing(way.mechanism.post(place, post('d1'), names)), place).toMatchObject({ outcome: 'refused' });
      }
      expect(await way.arrived()).toEqual([]);
    });

    test('whose answer is lost is unknown, or harmless to repeat', async ({ skip }) => {
      if (!way.trouble.loseAnswer) skip('it answers itself');
      way.trouble.loseAnswer?.();
      const { outcome } = await failing(way.mechanism.post(way.place, post('d1'), names));
      expect(outcome).toBe(way.mechanism.canRepeat ? 'limited' : 'unknown');
    });

    test('that is asked to come later says when', async ({ skip }) => {
      if (!way.trouble.limit) skip('it asks nobody');
      way.trouble.limit?.();
      const error = await failing(way.mechanism.post(way.place, post('d1'), names));
      expect(error.outcome).toBe('limited');
      expect(error.after).toBeGreaterThan(0);
      await way.mechanism.post(way.place, post('d1'), names);
    });

    test('that gets a definite no is refused', async ({ skip }) => {
      if (!way.trouble.refuse) skip('nobody can say no');
      way.trouble.refuse?.();
      expect(await failing(way.mechanism.post(way.place, post('d1'), names))).toMatchObject({ outcome: 'refused' });
    });

    test('has a rate under a key of its own', () => {
      const rate = way.mechanism.rate('post', way.place);
      expect(rate.key.startsWith(way.mechanism.platform)).toBe(true);
      expect(rate.perSecond).toBeGreaterThan(0);
      expect(rate.burst).toBeGreaterThanOrEqual(1);
      expect(way.mechanism.canLook).toBe(false);
    });
  });
}
