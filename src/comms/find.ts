/** Finding in a plan what a command or a button is about, or why it is not there. Pure; for the rules and for what is only shown. */
import type { Context } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { draftHash, HASH_ON_BUTTON, type Line, type Update } from './line.ts';
import type { Plan } from './plan.ts';
import { preparedIn } from './update.ts';

/** The line of an audience. Refuses `unknown-line`. */
export const lineIn = (plan: Plan, audience: string): Line | Refusal =>
  plan.lines.find((one) => one.audience === audience) ??
  refuse('unknown-line', { line: audience, lines: plan.lines.map((one) => one.audience) });

/** The update that is being prepared, with its line. Refuses `update-over`, `unknown-update`. */
export function updateIn(plan: Plan, id: string): { readonly line: Line; readonly update: Update } | Refusal {
  const found = preparedIn(plan, id);
  if (found) return found;
  const outcome = plan.outcomes[id];
  return outcome
    ? refuse('update-over', {
        line: outcome.line,
        what: outcome.what,
        at: outcome.at,
        by: outcome.by,
        ...(outcome.upd === undefined ? {} : { upd: outcome.upd }),
      })
    : refuse('unknown-update', { update: id });
}

/** Whether what leaves is still what somebody saw, by the part of its hash that a button carries. Refuses `draft-changed`. */
export function changedSince(line: Line, update: Update, seen: string): Refusal | undefined {
  if (seen.length === HASH_ON_BUTTON && draftHash(line, update).startsWith(seen)) return undefined;
  return refuse('draft-changed', { line: line.audience, at: update.draft?.at ?? 0, by: update.draft?.by ?? '' });
}

/** The line, unless there is no plan, no such line, or nothing more to say on it. Refuses `no-plan`, `unknown-line`, `line-closed`. */
export function lineStillOpen(plan: Plan, audience: string, { record }: Pick<Context, 'record'>): Line | Refusal {
  if (plan.status === 'none') return refuse('no-plan', { record });
  const line = lineIn(plan, audience);
  return !isRefusal(line) && line.status === 'closed' ? refuse('line-closed', { line: audience, record }) : line;
}

/** Why there is nothing to write, release or skip on a line. */
export const nothingDue = (line: Line, { record }: Pick<Context, 'record'>): Refusal =>
  refuse(line.status === 'active' ? 'nothing-due' : 'line-not-started', { line: line.audience, record });

/** Why an update cannot be changed any more, unless its release is taken back. Refuses `update-leaving`. */
export const whileLeaving = (line: Line, update: Update | undefined): Refusal | undefined =>
  update?.leaving && refuse('update-leaving', { line: line.audience, by: update.leaving.by, at: update.leaving.leaves });

/** The update that a command names, or what is due next on its line. Refuses `no-plan`, `unknown-line`, `line-closed`, `nothing-due`, `line-not-started`, `update-over`, `unknown-update`. */
export function wantedIn(
  plan: Plan,
  { line: audience, update: id }: { readonly line: string; readonly update?: string | undefined },
  context: Pick<Context, 'record'>,
): { readonly line: Line; readonly update: Update } | Refusal {
  if (plan.status === 'none') return refuse('no-plan', { record: context.record });
  if (id !== undefined) return updateIn(plan, id);
  const line = lineStillOpen(plan, audience, context);
  if (isRefusal(line)) return line;
  return line.update ? { line, update: line.update } : nothingDue(line, context);
}
