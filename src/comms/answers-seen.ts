/**
 * *Seen*: counted once a person and update. A press writes one row and waits for no record; every few seconds what was pressed is
 * summed, and the sum enters the record once, so that five hundred readers in a minute cost a few edits of the board.
 */
import { card, text } from '../chat/card.ts';
import { button, type Conversation, privately } from '../chat/registry.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import { type AnswersCommand, answers } from './answers.ts';
import { markCounted, noteSeen, uncountedSeen, wasSaidAt } from './answers-store.ts';
import { plan as planPart } from './part.ts';

/** Why somebody may not answer an update: it was not said where they are, and they do not know of it otherwise. */
async function notTold(c: Conversation, record: RecordId, update: string): Promise<Refusal | undefined> {
  if (await wasSaidAt(c.db, record, update, c.at)) return undefined;
  const view = await c.view(record);
  if (!view) return refuse('unknown-record', { record });
  return view.state(planPart).outcomes[update]?.what === 'released' ? undefined : refuse('unknown-update', { update });
}

/** The button under an update. */
export const seen = button({
  name: 'comms.seen',
  run: async (c, { record, value: update }) => {
    const refused = await notTold(c, record, update);
    if (refused) return c.refused(refused);
    const by = { platform: c.asker.platform, user: c.asker.user };
    const first = await noteSeen(c.db, { record, update, person: c.me, by });
    return privately(
      first
        ? card('Seen', [text('Noted: you have seen this update.')], { tone: 'success' })
        : card('You had seen it', [text('That you have seen this update was noted before; you count once.')]),
    );
  },
});

/** Brings the sums of what was pressed into their records. What fails is summed again the next time. */
export async function countSeen(db: Database, transact: Transact): Promise<void> {
  for (const { record, update, seen: sum, of, fresh } of await uncountedSeen(db)) {
    const command: AnswersCommand = { type: 'count-seen', update, seen: sum, ...(of === null ? {} : { of }) };
    await transact([{ record, part: answers.name, command, by: BELLMAN }]);
    await markCounted(db, { update, fresh });
  }
}
