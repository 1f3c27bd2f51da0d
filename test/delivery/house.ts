/** A small house on a database of its own: one part that counts, says and shows, and workers that deliver. */
import { randomBytes } from 'node:crypto';
import { type Card, card } from '../../src/chat/card.ts';
import type { Mechanism } from '../../src/chat/port.ts';
import type { RecordView } from '../../src/core/ask.ts';
import { when } from '../../src/core/ask.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { accept, BELLMAN, type Part } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { transactor } from '../../src/core/transact.ts';
import { connect } from '../../src/db/database.ts';
import type { Ending, Follow } from '../../src/delivery/follow.ts';
import { type Delivery, type DeliveryParts, type DeliveryWorker, deliveryWorker } from '../../src/delivery/index.ts';
import { freshDatabase } from '../support/database.ts';
import { BlindMechanism, MemoryPlatform } from './memory-platform.ts';

interface State {
  readonly count: number;
  readonly mayRelease: boolean;
  readonly heard: readonly string[];
}
type Command =
  | {
      readonly type: 'say';
      readonly place: string;
      readonly title: string;
      readonly urgency?: number;
      readonly update?: string;
      readonly live?: string;
    }
  | { readonly type: 'count' }
  | { readonly type: 'withdraw' }
  | { readonly type: 'hear'; readonly what: string };
type Event =
  | {
      readonly type: 'said';
      readonly place: string;
      readonly title: string;
      readonly urgency?: number;
      readonly update?: string;
      readonly live?: string;
    }
  | { readonly type: 'counted' }
  | { readonly type: 'withdrawn' }
  | { readonly type: 'heard'; readonly what: string };

export const talk: Part<State, Command, Event> = {
  name: 'talk',
  initial: { count: 0, mayRelease: true, heard: [] },
  heading: () => ({ title: 'Talk', status: 'open' }),
  decide: (_state, command) => {
    switch (command.type) {
      case 'say':
        return accept<Event>({ ...command, type: 'said' });
      case 'count':
        return accept<Event>({ type: 'counted' });
      case 'withdraw':
        return accept<Event>({ type: 'withdrawn' });
      case 'hear':
        return accept<Event>({ type: 'heard', what: command.what });
      default:
        return command satisfies never;
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'said':
        return state;
      case 'counted':
        return { ...state, count: state.count + 1 };
      case 'withdrawn':
        return { ...state, mayRelease: false };
      case 'heard':
        return { ...state, heard: [...state.heard, event.what] };
      default:
        return event satisfies never;
    }
  },
};

const reactions = [
  when<Event, 'said'>('talk', 'said', ({ place, title, urgency, update, live }) => [
    {
      ask: 'say',
      to: { place },
      content: card(title),
      ...(urgency === undefined ? {} : { urgency }),
      ...(update === undefined ? {} : { update }),
      ...(live === undefined ? {} : { live }),
    },
  ]),
  when<Event, 'counted'>('talk', 'counted', () => [{ ask: 'refresh', live: 'counter' }]),
];

export const counterCard = (view: RecordView): Card => card(`Counted ${view.state(talk).count}`);

/** Times so short that tests are quick, and yet in their order. */
export const QUICK = { timeout: 150, quiet: 100, lease: 400, twins: 300 } as const;

export async function openHouse() {
  const database = await freshDatabase();
  const db = connect(database.url, { pool: 12 });
  const transact = transactor({ db, house: house([talk as AnyPart], reactions), doorbell: silentDoorbell });
  const platform = new MemoryPlatform();
  const blind = new BlindMechanism();
  const workers: DeliveryWorker[] = [];
  const endings: { readonly delivery: Delivery; readonly ending: Ending }[] = [];
  const troubles: string[] = [];
  let follows: (delivery: Delivery, ending: Ending) => readonly Follow[] = () => [];

  const act = async (record: string, command: Command): Promise<void> => {
    const [outcome] = await transact([{ record, part: 'talk', command, by: BELLMAN }]);
    if (isRefusal(outcome)) throw new Error(outcome.refused);
  };
  return {
    db,
    transact,
    platform,
    blind,
    endings,
    troubles,
    database,
    act,
    followBy: (next: typeof follows) => {
      follows = next;
    },
    async raise(kind: 'RFC' | 'PRB' | 'INC' = 'RFC'): Promise<string> {
      const [outcome] = await transact([
        { record: { raise: kind }, part: 'talk', command: { type: 'hear', what: 'born' } as Command, by: BELLMAN },
      ]);
      if (!outcome || !('record' in outcome)) throw new Error('Nothing was raised');
      return outcome.record;
    },
    say: (record: string, place: string, title: string, more: { urgency?: number; update?: string; live?: string } = {}) =>
      act(record, { type: 'say', place, title, ...more }),
    worker(more: Partial<DeliveryParts> = {}): DeliveryWorker {
      const worker = deliveryWorker({
        db,
        mechanisms: new Map<string, Mechanism>([
          ['memory', platform],
          ['blind', blind],
        ]),
        render: (live, view) => (live === 'counter' ? counterCard(view) : undefined),
        names: async () => (person) => ({ name: person }),
        mayStillSend: (_delivery, view) => (view.state(talk).mayRelease ? undefined : 'It was withdrawn'),
        follows: (delivery, ending) => {
          endings.push({ delivery, ending });
          return follows(delivery, ending);
        },
        doorbell: silentDoorbell,
        onTrouble: (what, error) => troubles.push(`${what}: ${error instanceof Error ? error.message : error}`),
        times: QUICK,
        ...more,
      });
      // One that stands still at a step, as if it were dead, never ends what it began.
      if (!more.onStep) workers.push(worker);
      return worker;
    },
    async row(title: string) {
      const [row] = await db.sql<{ id: string; state: string; attempt: number; error: string | null; dirty: boolean }[]>`
        select id, state, attempt, error, dirty from bellman.delivery where content->>'title' = ${title}`;
      return row;
    },
    /** Whether everything is over: nothing waits, and no card is behind its record. */
    async nothingOpen(): Promise<boolean> {
      const [row] = await db.sql<{ n: number }[]>`
        select count(*)::int as n from bellman.delivery where state in ('waiting', 'sending', 'unknown') or state = 'sent' and dirty`;
      return row?.n === 0;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await db.close();
      await database.drop();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Waits until it is so, asking the worker to look whenever it is not. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  nudge: () => unknown = () => {},
  limit = 8000,
): Promise<void> {
  const end = Date.now() + limit;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It was not so within ${limit} ms: ${isSo}`);
    await nudge();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const somewhere = (): string => `memory/channel/${randomBytes(3).toString('hex')}`;
