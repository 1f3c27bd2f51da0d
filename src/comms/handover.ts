/** Handing over what somebody has to do on a plan: its texts, its questions, its clocks; the receiver accepts. Pure. */
import { accept, type Context, type Decision, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { withLine } from './evolve-update.ts';
import type { HandoverCommand, HandoverEvent } from './handover-event.ts';
import { authorOf, type Line, type Update, writerOf } from './line.ts';
import type { Plan } from './plan.ts';
import { updatesOf } from './update.ts';

/** What somebody has to do on a plan. */
export interface Duties {
  /** They answer for the plan: overdue updates, questions, what did not arrive. */
  readonly owner: boolean;
  /** The lines whose author they are, and that still tell somebody something. */
  readonly lines: readonly Line[];
  /** The texts for which they are waited for now. */
  readonly texts: readonly Update[];
}

/** What somebody has to do on a plan now. */
export function dutiesOf(plan: Plan, person: PersonId): Duties {
  const open = plan.lines.filter(({ status }) => status !== 'closed');
  return {
    owner: plan.owner === person,
    lines: open.filter((line) => authorOf(line, plan) === person),
    texts: plan.lines.flatMap((line) =>
      updatesOf(line).filter(
        (update) => (update.status === 'drafting' || update.status === 'upcoming') && writerOf(line, plan, update) === person,
      ),
    ),
  };
}

const hasNone = ({ owner, lines, texts }: Duties): boolean => !owner && lines.length === 0 && texts.length === 0;

/**
 * Asks somebody to take over, or takes over. Refuses `no-plan`, `nothing-to-hand-over`, `handover-to-self`, `cannot-take-over`
 * (they have left), `not-handed-to-you`. What was answered already changes nothing.
 */
export function decideHandover(plan: Plan, command: HandoverCommand, { actor, org, record }: Context): Decision<HandoverEvent> {
  if (plan.status === 'none') return refuse('no-plan', { record });
  const me = actor.person;
  switch (command.type) {
    case 'hand-over': {
      if (hasNone(dutiesOf(plan, me))) return refuse('nothing-to-hand-over', { record });
      if (command.to === me) return refuse('handover-to-self');
      if (org.inactive?.includes(command.to)) return refuse('cannot-take-over', { person: command.to });
      return plan.handovers?.[me] === command.to ? accept() : accept({ type: 'handover-asked', from: me, to: command.to });
    }
    case 'answer-handover': {
      const to = plan.handovers?.[command.from];
      if (to === undefined) return refuse('no-handover', { record });
      if (to !== me) return refuse('not-handed-to-you', { person: to });
      return accept({ type: command.takes ? 'handed-over' : 'handover-declined', from: command.from, to });
    }
    default:
      return command satisfies never;
  }
}

/** The plan after such an event. The record keeps its owner; the duties of the plan's are the receiver's. */
export function evolveHandover(plan: Plan, event: HandoverEvent): Plan {
  const { from, to } = event;
  const { [from]: _answered, ...others } = plan.handovers ?? {};
  switch (event.type) {
    case 'handover-asked':
      return { ...plan, handovers: { ...plan.handovers, [from]: to } };
    case 'handover-declined':
      return { ...plan, handovers: others };
    case 'handed-over': {
      const moved = plan.lines.reduce(
        (next, { audience }) => withLine(next, audience, (line) => handed(line, plan, from, to)),
        plan,
      );
      return { ...moved, handovers: others, owner: plan.owner === from ? to : plan.owner };
    }
    default:
      return event satisfies never;
  }
}

function handed(line: Line, plan: Plan, from: PersonId, to: PersonId): Line {
  const taken = (update: Update): Update => {
    const waits = update.status === 'drafting' || update.status === 'upcoming';
    const theirs = update.takenBy === from || (update.draft?.by === from && update.takenBy === undefined);
    return waits && theirs && writerOf(line, plan, update) === from ? { ...update, takenBy: to } : update;
  };
  return {
    ...line,
    ...(line.author === from ? { author: to } : {}),
    ...(line.update ? { update: taken(line.update) } : {}),
    ...(line.beside ? { beside: line.beside.map(taken) } : {}),
  };
}
