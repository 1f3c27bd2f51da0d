/** Sending each review's timeline to its people before the meeting. */
import { history } from '../core/history.ts';
import { BELLMAN } from '../core/record.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import { timelineOf } from './agenda.ts';
import { type ReviewCommand, review, TIMELINE_BEFORE } from './review.ts';
import { unprepared } from './store.ts';

/** Looks which timelines are due, a day before their meeting; one that was not sent, because a process ended, is sent by the next look. */
export async function circulateTimelines(db: Database, transact: Transact): Promise<void> {
  for (const { id, state, now } of await unprepared(db)) {
    if (now < state.when - TIMELINE_BEFORE) continue;
    // As whoever called the meeting may read it: what they may not know of does not reach their guests.
    const entries = await history(db, state.of, state.by);
    const command: ReviewCommand = { type: 'circulate', timeline: timelineOf(state.kind, entries) };
    await transact([{ record: id, part: review.name, command, by: BELLMAN }]);
  }
}
