/** What incidents and problems have in common: somebody raises one, what was said can be edited, and it stands open or resolved (P1, P5). */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { fromEvent, type Intake, type IntakeEvent, noIntake, sameIntake, toEvent } from './intake.ts';
import {
  decideStanding,
  evolveStanding,
  mayManage,
  newStanding,
  type Standing,
  type StandingCommand,
  type StandingEvent,
  type StandingRoles,
} from './standing.ts';

export interface Raised {
  /** Absent: it was never raised. */
  readonly raised?: { readonly by: PersonId; readonly at: Instant };
  readonly intake: Intake;
  readonly standing: Standing;
}

export type RaisedCommand =
  | { readonly type: 'raise'; readonly intake: Intake }
  | { readonly type: 'edit'; readonly intake: Intake }
  | StandingCommand;

export type Edited = { readonly type: 'edited'; readonly renamed: boolean } & IntakeEvent;

export type RaisedEvent =
  | ({ readonly type: 'raised'; readonly by: PersonId; readonly at: Instant } & IntakeEvent)
  | Edited
  | StandingEvent;

/** Before anybody raised it. */
export const notRaised: Raised = { intake: noIntake, standing: newStanding };

/** Refuses `unknown-record` before it is raised, and what `decideStanding` refuses. Raising it again changes nothing. */
export function decideRaised(
  state: Raised,
  command: RaisedCommand,
  roles: StandingRoles,
  context: Context,
): Decision<RaisedEvent> {
  const { raised, standing } = state;
  if (command.type === 'raise')
    return raised ? accept() : accept({ type: 'raised', by: context.actor.person, at: context.now, ...toEvent(command.intake) });
  if (!raised) return refuse('unknown-record', { record: context.record });
  return command.type === 'edit'
    ? edit(state, command.intake, raised.by, roles, context)
    : decideStanding(standing, command, { roles, reporter: raised.by }, context);
}

/** By whoever raised it, its owner, and those who manage such records. Refuses `not-yours`, `is-resolved`. */
function edit(
  { intake, standing }: Raised,
  wanted: Intake,
  reporter: PersonId,
  roles: StandingRoles,
  context: Context,
): Decision<Edited> {
  const refused = context.actor.person === reporter ? undefined : mayManage(standing, roles, context);
  if (refused) return refused;
  if (standing.status === 'resolved') return refuse('is-resolved', { record: context.record, at: standing.resolvedAt ?? 0 });
  if (sameIntake(intake, wanted)) return accept();
  return accept({ type: 'edited', renamed: wanted.title !== intake.title, ...toEvent(wanted) });
}

/** How it is after an event. */
export function evolveRaised<S extends Raised>(state: S, event: RaisedEvent): S {
  switch (event.type) {
    case 'raised':
      return { ...state, raised: { by: event.by, at: event.at }, intake: fromEvent(event) };
    case 'edited':
      return { ...state, intake: fromEvent(event) };
    default:
      return { ...state, standing: evolveStanding(state.standing, event) };
  }
}
