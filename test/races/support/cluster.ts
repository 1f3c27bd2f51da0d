/** Four Bellmans that talk and one that works, on one database: what people do at the same moment is spread over the four. */
import { expect } from 'vitest';
import { expectInTime } from '../../crash/support/in-time.ts';
import { type Installation, install, type Wanted } from '../../crash/support/installation.ts';
import type { Raw, Sent } from '../../fakes/slack/fake-slack.ts';
import { eventually } from '../../support/bellman.ts';

const TALKERS = 4;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9/slack/events';
/** What a process logs when somebody was failed, or something given up. What is tried again by itself is no such thing. */
const FAILED = /A request failed|given up|is parked|deadlock|uncaught/iu;
const OUR_FAULT = /failed on our side/u;

export interface Cluster extends Installation {
  /** The same as `fake`, for what is prepared: it is written down as Slack would send it, and not sent. */
  readonly prepared: (act: () => Promise<Sent>) => Promise<Raw>;
  /** Sends all at the same moment, each to the next of the four; `from` is the first one's. */
  readonly together: (raws: readonly Raw[], from?: number) => Promise<readonly Sent[]>;
  /** Waits until nothing that was received waits for its turn. */
  readonly allDone: () => Promise<void>;
  /** Everybody was answered, nobody that something failed on our side, and no process gave anything up. */
  readonly expectNobodyHurt: (sent: readonly Sent[]) => void;
  /** Everybody was answered inside three seconds; of processes that have just begun it is only printed. */
  readonly expectInTime: (sent: readonly Sent[], cold?: boolean) => void;
}

export async function openCluster(wanted: Wanted): Promise<Cluster> {
  const here = await install(wanted);
  // Room for what a moved clock makes due: the clock is a row, so that a test can move it.
  await here.db.sql`insert into bellman.clock (base, started_at, rate) values (clock_timestamp(), clock_timestamp(), 1)`;
  const worker = here.begin(undefined, { BELLMAN_ROLE: 'worker' });
  await worker.ready();
  const talkers = Array.from({ length: TALKERS }, () => here.begin(undefined, { BELLMAN_ROLE: 'bot' }));
  const urls = await Promise.all(talkers.map(async ({ ready }) => `${await ready()}/slack/events`));
  const urlOf = (at: number): string => urls[at % TALKERS] ?? '';
  const { fake } = here;
  fake.sendTo(urlOf(0));
  return {
    ...here,
    async prepared(act) {
      fake.sendTo(NOWHERE);
      const acting = act();
      fake.sendTo(urlOf(0));
      return (await acting).raw;
    },
    async together(raws, from = 0) {
      const all = raws.map((raw, at) => {
        fake.sendTo(urlOf(from + at));
        return fake.replay(raw);
      });
      fake.sendTo(urlOf(0));
      return Promise.all(all);
    },
    async allDone() {
      await eventually(
        'all requests to be done',
        async () => (await here.db.sql`select key from bellman.inbound where state = 'pending'`).length === 0,
        20_000,
      );
    },
    expectNobodyHurt(sent) {
      expect(sent.filter(({ status }) => status !== 200).map(({ failed, raw }) => ({ failed, ...raw.payload }))).toEqual([]);
      expect(sent.filter(({ body }) => OUR_FAULT.test(body))).toEqual([]);
      const read = [...wanted.handles.flatMap((handle) => here.answers(handle)), ...here.said().map((said) => fake.read(said))];
      expect(read.filter((words) => OUR_FAULT.test(words))).toEqual([]);
      for (const one of [worker, ...talkers]) {
        expect(one.child.exitCode).toBeNull();
        expect(one.output()).not.toMatch(FAILED);
      }
    },
    expectInTime: (sent, cold) =>
      expectInTime(
        sent.map(({ ms }) => ms),
        cold,
      ),
  };
}
