/** An update as a row for lists and figures, from the plan as it stands. */
import type { Ask } from '../core/ask.ts';
import type { RecordId, Role } from '../core/record.ts';
import { writerOf } from './line.ts';
import type { Plan } from './plan.ts';
import { momentOf, projected, type UpdateRow } from './store.ts';
import { updateOf } from './update.ts';

const COMMUNICATIONS: Role = 'communications';
const MENDED = { correction: 'corrected', retraction: 'retracted' } as const;

/** What keeps these updates in their rows; an id that the plan does not know keeps nothing. */
export const rowsOf = (record: RecordId, plan: Plan, ids: readonly string[]): readonly Ask[] =>
  [...new Set(ids)].flatMap((id) => {
    const row = rowOf(record, plan, id);
    return row ? [projected(row)] : [];
  });

function rowOf(recordId: RecordId, plan: Plan, id: string): UpdateRow | undefined {
  for (const line of plan.lines) {
    const update = updateOf(line, id);
    if (!update) continue;
    // One that stands by is due only when the line's own update is late.
    if (update.phase === 'holding') return undefined;
    const { phase, status, due } = update;
    const waits = status === 'awaiting release' || status === 'leaving';
    // A role is kept as the role, so that whoever holds it now is waited for. Nobody is while the line is paused.
    const whom = waits ? (line.releasers ?? [COMMUNICATIONS]) : [writerOf(line, plan, update)];
    const waitsFor = line.paused ? [] : whom;
    return { id, recordId, audience: line.audience, phase, outcome: status, dueAt: momentOf(due), waitsFor };
  }
  const outcome = plan.outcomes[id];
  if (!outcome) return undefined;
  const { line, what, at, by, upd, late, stopped, corrected, held } = outcome;
  return {
    id,
    recordId,
    audience: line,
    ...(held ? { phase: 'holding' } : {}),
    outcome: corrected ? MENDED[corrected.what] : stopped === undefined ? what : 'stopped',
    by,
    ...(upd === undefined ? {} : { number: Number(upd.slice(upd.indexOf('-') + 1)) }),
    ...(what === 'released' ? { releasedAt: momentOf(at), late: late ?? false } : {}),
  };
}
