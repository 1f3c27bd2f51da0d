import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { channelPlace, personPlace } from '../../../adapters/discord/intents.ts';
import { permissionsOf } from '../../../adapters/discord/places.ts';
import { card, controls, picture, text } from '../../../src/chat/card.ts';
import { type ChatPlatform, PlatformError, type Post } from '../../../src/chat/port.ts';
import { registry } from '../../../src/chat/registry.ts';
import { type FakeDiscord, picturesOf, textOf } from '../../fakes/discord/fake-discord.ts';
import { ANNA, adapterFor, CAB, CEES, serverOf } from './setup.ts';

let fake: FakeDiscord;
let platform: ChatPlatform;
const names = (person: string) => ({ name: person });
const POST = 'POST /channels/:channel/messages';

/** Not started: what is tested here works in processes that do not listen. */
beforeEach(async () => {
  fake = await serverOf();
  platform = adapterFor(fake, { registry: registry([]), names: async () => names }, { guildId: fake.guildId }).platform;
});
afterEach(() => fake.close());

const post = (delivery: string, words = 'The update'): Post => ({
  delivery,
  record: 'RFC-1',
  card: card(words, [text('More.')]),
});
const since = () => new Date(Date.now() - 60_000);
const trouble = async (doing: Promise<unknown>): Promise<PlatformError> => {
  const error: unknown = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlatformError)) throw new Error(`Not a PlatformError: ${String(error)}`);
  return error;
};

test('a message has the address of its server, or of the direct messages, also where no server is set', async () => {
  const anywhere = adapterFor(fake, { registry: registry([]), names: async () => names }).platform;
  for (const one of [platform, anywhere]) {
    const { externalId } = await one.post(CAB, post('d1'), names);
    expect(await one.permalink(CAB, externalId)).toBe(`https://discord.com/channels/${fake.guildId}/3001/${externalId}`);
  }
  const direct = await platform.openDirect(ANNA.user);
  const { externalId } = await platform.post(direct, post('d2'), names);
  expect(await platform.permalink(direct, externalId)).toMatch(
    new RegExp(`^https://discord.com/channels/@me/\\d+/${externalId}$`, 'u'),
  );
});

describe('a drawing', () => {
  const drawn = (fill: string): Post => ({
    delivery: 'd1',
    record: 'PRB-1',
    card: card('Plan', [
      picture(
        `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="${fill}"/></svg>`,
        'a plan of *two* lines',
      ),
    ]),
  });

  test('is attached with its words, and attached anew only when it changed', async () => {
    const { externalId } = await platform.post(CAB, drawn('red'), names);
    const [message] = fake.messages('cab');
    expect(picturesOf(message ?? { components: [] })).toEqual(['a plan of *two* lines']);
    const first = message?.attachments[0];
    expect(first?.bytes.subarray(1, 4).toString()).toBe('PNG');
    await platform.edit(CAB, externalId, drawn('red'), names);
    expect(message?.attachments).toEqual([first]);
    expect(picturesOf(message ?? { components: [] })).toEqual(['a plan of *two* lines']);
    await platform.edit(CAB, externalId, drawn('blue'), names);
    expect(message?.attachments).toHaveLength(1);
    expect(message?.attachments[0]?.id).not.toBe(first?.id);
  });

  test('is attached anew by a process that does not know the message', async () => {
    const { externalId } = await platform.post(CAB, drawn('red'), names);
    const other = adapterFor(fake, { registry: registry([]), names: async () => names }, { guildId: fake.guildId }).platform;
    await other.edit(CAB, externalId, drawn('red'), names);
    const [message] = fake.messages('cab');
    expect(message?.attachments).toHaveLength(1);
    expect(picturesOf(message ?? { components: [] })).toHaveLength(1);
  });

  test('that is none is shown by its words', async () => {
    await platform.post(CAB, { delivery: 'd2', record: 'PRB-1', card: card('Plan', [picture('<svg', 'the words')]) }, names);
    expect(fake.messages('cab').map(textOf).join()).toContain('the words');
  });
});

describe('a post', () => {
  test('whose answer got lost is unknown, found later, and not doubled by sending it again', async () => {
    fake.fail(POST, '500-after-accepting');
    expect((await trouble(platform.post(CAB, post('d1'), names))).outcome).toBe('unknown');
    const [standing] = fake.messages('cab');
    expect(await platform.find(CAB, 'd1', since())).toEqual([{ externalId: standing?.id }]);
    expect(await platform.post(CAB, post('d1'), names)).toEqual({ externalId: standing?.id });
    expect(fake.messages('cab')).toHaveLength(1);
  });

  test('sent again after Discord forgot the nonce is a twin, and both are found', async () => {
    const first = await platform.post(CAB, post('d1'), names);
    fake.forgetNonces();
    const second = await platform.post(CAB, post('d1'), names);
    expect(await platform.find(CAB, 'd1', since())).toEqual([first, second]);
    await platform.remove(CAB, first.externalId);
    await platform.remove(CAB, first.externalId);
    expect(await platform.find(CAB, 'd1', since())).toEqual([second]);
  });

  test.each(['hang-after-accepting', 'reset-after-accepting', 'cut-body'] as const)(
    'that ends with %s is unknown',
    async (fault) => {
      const quick = adapterFor(fake, { registry: registry([]), names: async () => names }, { timeout: 150 }).platform;
      fake.fail(POST, fault);
      expect((await trouble(quick.post(CAB, post('d1'), names))).outcome).toBe('unknown');
      expect(await quick.find(CAB, 'd1', since())).toHaveLength(1);
    },
  );

  test('is tried once: sending again is for those who keep deliveries', async () => {
    fake.fail(POST, '500-before', { times: 5 });
    await trouble(platform.post(CAB, post('d1'), names));
    expect(fake.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('calls nobody, unfurls nothing, and carries the nonce', async () => {
    await platform.post(CAB, post('d1', '@everyone <@2001> https://evil.example'), names);
    const [message] = fake.messages('cab');
    expect(message?.pings).toEqual({ users: [], roles: [], everyone: false });
    expect(message?.nonce).toBe('d1');
    expect(message && textOf(message)).not.toContain('https://');
  });

  test('to closed direct messages is refused with the reason', async () => {
    const error = await trouble(platform.post(personPlace(CEES.user), post('d1'), names));
    expect(error).toMatchObject({ outcome: 'refused', message: 'their direct messages on Discord are closed to Bellman' });
  });

  test('that Discord counts as too many says when to come back, the sixth of a channel at once too', async () => {
    fake.limit(POST, { limit: 2, windowMs: 3000 });
    await platform.post(CAB, post('d1'), names);
    await platform.post(CAB, post('d2'), names);
    const error = await trouble(platform.post(CAB, post('d3'), names));
    expect(error.outcome).toBe('limited');
    expect(error.after).toBeGreaterThan(1000);
    expect(error.after).toBeLessThanOrEqual(3100);
  });

  test.each([
    [{ status: 403, code: 50013 }, 'refused', /permissions to view, send/u],
    [{ status: 403, code: 50001 }, 'refused', /may not see this Discord channel/u],
    [{ status: 404, code: 10003 }, 'refused', /no such channel/u],
    [{ status: 400, code: 99999, message: 'Novel' }, 'refused', /Novel \(99999\)/u],
    [{ status: 408, code: 0 }, 'unknown', /too long/u],
  ] as const)('that is answered with %o is %s', async (fault, outcome, message) => {
    fake.fail(POST, fault);
    expect(await trouble(platform.post(CAB, post('d1'), names))).toMatchObject({
      outcome,
      message: expect.stringMatching(message),
    });
  });

  test('to a place elsewhere is refused', async () => {
    expect((await trouble(platform.post('slack/channel/C1', post('d1'), names))).outcome).toBe('refused');
  });
});

describe('looking for a delivery', () => {
  test('reads history page by page, and takes no copy that somebody else made', async () => {
    const first = await platform.post(CAB, post('d1'), names);
    for (let at = 0; at < 130; at += 1) fake.say(ANNA.user, 'cab', `noise ${at}`);
    fake.forgetNonces();
    const last = await platform.post(CAB, post('d1'), names);
    expect(await platform.find(CAB, 'd1', since())).toEqual([first, last]);
    expect(await platform.find(CAB, 'd2', since())).toEqual([]);
  });

  test('before it was sent finds nothing', async () => {
    await platform.post(CAB, post('d1'), names);
    expect(await platform.find(CAB, 'd1', new Date(Date.now() + 300_000))).toEqual([]);
  });

  test('where history cannot be read says so, and never "not there"', async () => {
    const silent = channelPlace('3002');
    await platform.post(silent, post('d1'), names);
    expect((await trouble(platform.find(silent, 'd1', since()))).outcome).toBe('refused');
  });
});

describe('an edit', () => {
  test('changes the card in place and calls nobody', async () => {
    const { externalId } = await platform.post(CAB, post('d1'), names);
    const changed = card('Decided', [controls({ label: 'Show', action: 'rfc.show', record: 'RFC-1' })]);
    await platform.edit(CAB, externalId, { delivery: 'd1', record: 'RFC-1', card: changed }, names);
    const [message] = fake.messages('cab');
    expect(message && textOf(message)).toBe('### Decided');
    expect(message?.edits).toHaveLength(1);
  });

  test('of a message that is gone is refused', async () => {
    expect(await trouble(platform.edit(CAB, '123', post('d1'), names))).toMatchObject({ outcome: 'refused' });
  });
});

describe('places and people', () => {
  test('a channel in which something is missing is refused by what is missing', async () => {
    fake.setChannel('cab', { botCanSend: false });
    const refusal = await platform.checkPlace(CAB);
    expect(refusal?.facts).toMatchObject({
      place: '#cab',
      why: 'I lack Send Messages there',
      step: expect.stringContaining('Permissions'),
    });
    fake.setChannel('cab', { botCanRead: false });
    expect((await platform.checkPlace(CAB))?.facts.why).toBe('I may not see the channel');
    expect(await platform.channel('3001')).toBe(CAB);
  });

  test('a person is found by their whole handle only, and a bot is told as one', async () => {
    fake.addUser({ id: '2100', name: 'annabel', displayName: 'anna' });
    fake.addUser({ id: '2101', name: 'robot', isBot: true });
    expect(await platform.describe('@Anna')).toMatchObject({ user: ANNA.user, name: 'Anna Visser', timeZone: 'UTC' });
    expect(await platform.describe('<@2100>')).toMatchObject({ handle: 'annabel' });
    expect(await platform.describe('ann')).toBeUndefined();
    expect(await platform.describe('robot')).toMatchObject({ bot: true });
    expect(await platform.describe('999')).toBeUndefined();
  });

  test('are checked many at once at the cost of one look at our roles, and say so when Discord does not answer', async () => {
    for (let at = 0; at < 8; at += 1) fake.addChannel({ id: String(4000 + at), name: `more-${at}` });
    const wanted = Array.from({ length: 8 }, (_, at) => channelPlace(String(4000 + at)));
    expect(await Promise.all(wanted.map((place) => platform.checkPlace(place)))).toEqual(wanted.map(() => undefined));
    fake.fail('GET /channels/:channel', 'reset-before');
    expect(await platform.checkPlace(CAB)).toMatchObject({ refused: 'place-closed', facts: { why: 'Discord does not answer' } });
  });

  test('a direct message is opened once, and refused for nobody', async () => {
    expect(await platform.openDirect(ANNA.user)).toBe(personPlace(ANNA.user));
    await platform.post(personPlace(ANNA.user), post('d1'), names);
    expect(fake.calls.filter(({ path }) => path === '/users/@me/channels')).toHaveLength(1);
    expect((await trouble(platform.openDirect('999'))).outcome).toBe('refused');
    expect(await platform.checkPlace(personPlace('999'))).toMatchObject({ refused: 'place-closed' });
  });

  test('permissions are counted as Discord counts them', () => {
    const roles = [
      { id: 'g', permissions: '48' },
      { id: 'r', permissions: '2' },
      { id: 'other', permissions: '64' },
    ];
    const standing = { bot: 'b', guild: 'g', member: { roles: ['r'] }, roles };
    const overwrite = (id: string, type: number, allow: string, deny: string) => ({ id, type, allow, deny });
    expect(permissionsOf({ ...standing, overwrites: [] })).toBe(50n);
    expect(permissionsOf({ ...standing, overwrites: [overwrite('g', 0, '0', '16'), overwrite('b', 1, '16', '2')] })).toBe(48n);
    expect(permissionsOf({ ...standing, overwrites: [overwrite('r', 0, '256', '32'), overwrite('other', 0, '0', '2')] })).toBe(
      274n,
    );
  });
});
