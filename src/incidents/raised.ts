/** What incidents and problems have in common: somebody raises one, what was said can be edited, and it stands open or resolved (P1, P5). */

import { type Classified, type Classify, classify } from '../core/classify.ts';
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type DataClass, type Decision, type PersonId, type Reader, USUAL_CLASS } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { fromEvent, type Intake, type IntakeEvent, noIntake, sameIntake, toEvent } from './intake.ts';
import { type Priority, priorityOf } from './priority.ts';
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
  /** As it was weighed when it was raised or edited last; absent in earlier versions: the usual one. */
  readonly priority?: Priority | undefined;
  readonly standing: Standing;
  /** How far it may be known; absent: as records usually are. */
  readonly class?: DataClass;
}

export type RaisedCommand =
  /** `source`: where a problem came from (P4). */
  | { readonly type: 'raise'; readonly intake: Intake; readonly class?: DataClass; readonly source?: string }
  | { readonly type: 'edit'; readonly intake: Intake }
  | Classify
  | StandingCommand;

/** `weighed`: its priority is another one; absent in events of earlier versions. */
export type Edited = {
  readonly type: 'edited';
  readonly renamed: boolean;
  readonly weighed?: boolean | undefined;
  readonly priority?: Priority | undefined;
} & IntakeEvent;

export type RaisedEvent =
  | ({
      readonly type: 'raised';
      readonly by: PersonId;
      readonly at: Instant;
      readonly class?: DataClass;
      readonly priority?: Priority;
    } & IntakeEvent)
  | Edited
  | Classified
  | StandingEvent;

/** Before anybody raised it. */
export const notRaised: Raised = { intake: noIntake, standing: newStanding };

/** Refuses `unknown-record` before it is raised, and what `classify` and `decideStanding` refuse. Raising it again changes nothing. */
export function decideRaised(
  state: Raised,
  command: RaisedCommand,
  roles: StandingRoles,
  context: Context,
): Decision<RaisedEvent> {
  const { raised, standing } = state;
  if (command.type === 'raise') {
    const guarded = command.class === undefined ? {} : { class: command.class };
    const by = { by: context.actor.person, at: context.now };
    return raised
      ? accept()
      : accept({ type: 'raised', ...by, ...guarded, priority: weigh(command.intake, context), ...toEvent(command.intake) });
  }
  if (!raised) return refuse('unknown-record', { record: context.record });
  if (command.type === 'classify') {
    const whose = { own: [raised.by, standing.owner], managing: roles.reads };
    return classify(state.class ?? USUAL_CLASS, command.class, whose, context);
  }
  return command.type === 'edit'
    ? edit(state, command.intake, raised.by, roles, context)
    : decideStanding(standing, command, { roles, reporter: raised.by }, context);
}

/** By whoever raised it, its owner, and those who manage such records. Refuses `not-yours`, `is-resolved`. */
function edit(state: Raised, wanted: Intake, reporter: PersonId, roles: StandingRoles, context: Context): Decision<Edited> {
  const { intake, standing } = state;
  const refused = context.actor.person === reporter ? undefined : mayManage(standing, roles, context);
  if (refused) return refused;
  if (standing.status === 'resolved' && !roles.mendsResolved)
    return refuse('is-resolved', { record: context.record, at: standing.resolvedAt ?? 0 });
  const priority = weigh(wanted, context);
  const weighed = priority !== weightOf(state);
  if (sameIntake(intake, wanted) && !weighed) return accept();
  return accept({ type: 'edited', renamed: wanted.title !== intake.title, weighed, priority, ...toEvent(wanted) });
}

const weigh = ({ impact, urgency }: Intake, { org }: Pick<Context, 'org'>): Priority =>
  priorityOf(impact, urgency, org.priorities);

/** The priority of a record; another matrix holds for it from its next edit. */
export const weightOf = ({ priority, intake }: Pick<Raised, 'priority' | 'intake'>): Priority =>
  priority ?? priorityOf(intake.impact, intake.urgency);

/** Who may read one while it is private: whoever raised it, owns it or is asked to, and those who manage such records. */
export const readersOf = ({ raised, standing }: Raised, { reads }: Pick<StandingRoles, 'reads'>): readonly Reader[] => [
  ...[raised?.by, standing.owner, standing.proposed?.to].filter((person) => person !== undefined),
  ...reads,
];

/** How it is after an event. */
export function evolveRaised<S extends Raised>(state: S, event: RaisedEvent): S {
  switch (event.type) {
    case 'raised':
      return {
        ...state,
        raised: { by: event.by, at: event.at },
        intake: fromEvent(event),
        priority: event.priority,
        ...(event.class === undefined ? {} : { class: event.class }),
      };
    case 'classified':
      return { ...state, class: event.class };
    case 'edited':
      return { ...state, intake: fromEvent(event), priority: event.priority };
    default:
      return { ...state, standing: evolveStanding(state.standing, event) };
  }
}
