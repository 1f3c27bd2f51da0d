/**
 * A decision that an audience is asked for: a released update carries its options as buttons, and the first answer by somebody who
 * was told counts. Until then it is chased from the time by which it is needed. Pure. Source: design section 8; M6.
 */
import { HOUR, type Instant, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision as Decided, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { plan as planPart } from './part.ts';
import { noPlan } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** A decision that was asked for by a released update. */
export interface Decision extends Wanted {
  readonly line: string;
  readonly decided?: { readonly option: number; readonly by: PersonId; readonly at: Instant } | undefined;
  /** How often its owner heard that it is still open. */
  readonly chased: number;
  readonly since: Instant;
}

/** By the id of the update that asks. */
export type Decisions = Readonly<Record<string, Decision>>;

export type DecisionCommand =
  /** From the plan: an update that asks was released. */
  | ({ readonly type: 'ask-decision'; readonly update: string; readonly line: string } & Wanted)
  /** `told`: whether it was pressed where the update was said. */
  | { readonly type: 'decide'; readonly update: string; readonly option: number; readonly told: boolean }
  /** From a timer. */
  | { readonly type: 'chase-decision'; readonly update: string };

export type DecisionEvent =
  | {
      readonly type: 'decision-asked';
      readonly update: string;
      readonly line: string;
      readonly neededBy: Instant;
      readonly at: Instant;
      readonly words: { readonly question: string; readonly options: readonly string[] };
    }
  | {
      readonly type: 'decided';
      readonly update: string;
      readonly line: string;
      readonly option: number;
      readonly by: PersonId;
      readonly at: Instant;
      readonly late: boolean;
      readonly words: { readonly answer: string };
    }
  | {
      readonly type: 'decision-overdue';
      readonly update: string;
      readonly line: string;
      readonly at: Instant;
      readonly times: number;
    };

/** How long after each time that its owner heard of it the next one comes; the last gap repeats. */
const GAPS: readonly Span[] = [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];

/** When its owner is to hear that it is still open. */
export const nextReminder = ({ neededBy, chased, since }: Decision): Instant =>
  chased === 0 ? neededBy : since + (GAPS[Math.min(chased, GAPS.length) - 1] ?? HOUR);

/** What becomes of a decision. Refuses `unknown-decision`, `decided-already`, `not-the-audience`; an option that was decided by the same person stays. */
export function decideDecision(
  decisions: Decisions,
  command: DecisionCommand,
  { actor, now, other }: Context,
): Decided<DecisionEvent> {
  const asked = decisions[command.update];
  switch (command.type) {
    case 'ask-decision': {
      const { update, line, neededBy, question, options } = command;
      return asked ? accept() : accept({ type: 'decision-asked', update, line, neededBy, at: now, words: { question, options } });
    }
    case 'decide': {
      const answer = asked?.options[command.option];
      if (!asked || answer === undefined) return refuse('unknown-decision', { update: command.update });
      const { decided, line } = asked;
      if (decided) {
        const what = asked.options[decided.option] ?? '';
        return refuse('decided-already', {
          what,
          by: decided.by,
          at: decided.at,
          mine: decided.by === actor.person ? 'yes' : 'no',
        });
      }
      const { outcomes } = other(planPart) ?? noPlan;
      const outcome = outcomes[command.update];
      if (outcome?.stopped !== undefined || outcome?.corrected?.what === 'retraction')
        return refuse('unknown-decision', { update: command.update });
      if (!command.told) return refuse('not-the-audience', { line });
      const { update, option } = command;
      return accept({
        type: 'decided',
        update,
        line,
        option,
        by: actor.person,
        at: now,
        late: now > asked.neededBy,
        words: { answer },
      });
    }
    case 'chase-decision': {
      if (!asked || asked.decided || now < nextReminder(asked)) return accept();
      return accept({ type: 'decision-overdue', update: command.update, line: asked.line, at: now, times: asked.chased + 1 });
    }
    default:
      return command satisfies never;
  }
}

/** The decisions after an event. */
export function evolveDecisions(decisions: Decisions, event: DecisionEvent): Decisions {
  const asked = decisions[event.update];
  const changed = (change: Partial<Decision>): Decisions =>
    asked ? { ...decisions, [event.update]: { ...asked, ...change } } : decisions;
  switch (event.type) {
    case 'decision-asked': {
      const { line, neededBy, at, words } = event;
      return { ...decisions, [event.update]: { ...words, line, neededBy, chased: 0, since: at } };
    }
    case 'decided':
      return changed({ decided: { option: event.option, by: event.by, at: event.at } });
    case 'decision-overdue':
      return changed({ chased: event.times, since: event.at });
    default:
      return event satisfies never;
  }
}
