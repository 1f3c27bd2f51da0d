/** Finding in a plan what a command or a button is about, or why it is not there. Pure; for the rules and for what is only shown. */
import { type Refusal, refuse } from '../core/refusal.ts';
import { draftHash, HASH_ON_BUTTON, type Line, type Update } from './line.ts';
import type { Plan } from './plan.ts';

/** The line of an audience. Refuses `unknown-line`. */
export const lineIn = (plan: Plan, audience: string): Line | Refusal =>
  plan.lines.find((one) => one.audience === audience) ??
  refuse('unknown-line', { line: audience, lines: plan.lines.map((one) => one.audience) });

/** The update that is being prepared, with its line. Refuses `update-over`, `unknown-update`. */
export function updateIn(plan: Plan, id: string): { readonly line: Line; readonly update: Update } | Refusal {
  for (const line of plan.lines) if (line.update?.id === id) return { line, update: line.update };
  const outcome = plan.outcomes[id];
  return outcome
    ? refuse('update-over', { line: outcome.line, what: outcome.what, at: outcome.at, by: outcome.by })
    : refuse('unknown-update', { update: id });
}

/** Whether what leaves is still what somebody saw, by the part of its hash that a button carries. Refuses `draft-changed`. */
export function changedSince(line: Line, update: Update, seen: string): Refusal | undefined {
  if (seen.length === HASH_ON_BUTTON && draftHash(line, update).startsWith(seen)) return undefined;
  return refuse('draft-changed', { line: line.audience, at: update.draft?.at ?? 0, by: update.draft?.by ?? '' });
}
