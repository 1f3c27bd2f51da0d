/** Trying what should not work: what the person reads, and that nothing was changed. */
import assert from 'node:assert/strict';
import type { Database } from '../../src/db/database.ts';
import { type Seen, type Stage, timeless } from './stage.ts';

const PATIENCE = 8000;

/** What somebody is answered to something that they do: everything new that they alone read, as one text, times as `{time}`. */
export async function answerTo(stage: Stage, who: string, act: () => Promise<unknown>): Promise<string> {
  const known = new Set(stage.all(who, 'answer').map(({ id }) => id));
  const fresh = (): readonly Seen[] => stage.all(who, 'answer').filter(({ id }) => !known.has(id));
  await act();
  const end = Date.now() + PATIENCE;
  while (fresh().length === 0) {
    if (Date.now() > end) throw new Error(`${who} was not answered`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return fresh()
    .map(({ text }) => timeless(text))
    .join('\n');
}

/** Fails if anything is journaled or said to somebody because of what is done meanwhile. */
export async function changesNothing<T>(db: Database, act: () => Promise<T>): Promise<T> {
  const count = async () => {
    const [row] = await db.sql<{ entries: number; deliveries: number }[]>`
      select (select count(*)::int from bellman.journal) as entries, (select count(*)::int from bellman.delivery) as deliveries`;
    return row;
  };
  const before = await count();
  const done = await act();
  assert.deepEqual(await count(), before, 'Something was changed');
  return done;
}

/** An RFC that can be raised as it is. */
export const PLAIN_RFC = {
  Title: 'Move the archive',
  Description: 'The archive moves to the new disks.',
  Type: 'Minor',
  Priority: 'Low',
  Risk: 'None that is known.',
  'Backout plan': 'Mount the old disks.',
  Start: '2027-01-20 22:00',
  End: '2027-01-20 23:00',
} as const;

/** What a bank needs before it can vote. */
export const BOARD = [
  '/bellman role grant @neil change-manager',
  '/bellman role grant @jerry problem-manager',
  '/bellman board create CAB #cab',
  ...['charles', 'kevin', 'linda'].map((member) => `/bellman board add CAB @${member}`),
];
