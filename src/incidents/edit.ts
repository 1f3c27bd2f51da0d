/** Changing what was said when an incident or a problem was raised. */
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { type Intake, type IntakeEvent, sameIntake, toEvent } from './intake.ts';
import { mayManage, type Standing, type StandingRoles } from './standing.ts';

export type Edited = { readonly type: 'edited'; readonly renamed: boolean } & IntakeEvent;

interface Editable {
  readonly intake: Intake;
  readonly standing: Standing;
  readonly reporter: PersonId;
  readonly roles: StandingRoles;
}

/** Whoever raised it, its owner, and those who manage such records. Refuses `not-yours`, `is-resolved`. */
export function decideEdit({ intake, standing, reporter, roles }: Editable, wanted: Intake, context: Context): Decision<Edited> {
  const refused = context.actor.person === reporter ? undefined : mayManage(standing, roles, context);
  if (refused) return refused;
  if (standing.status === 'resolved') return refuse('is-resolved', { record: context.record, at: standing.resolvedAt ?? 0 });
  if (sameIntake(intake, wanted)) return accept();
  return accept({ type: 'edited', renamed: wanted.title !== intake.title, ...toEvent(wanted) });
}
