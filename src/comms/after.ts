/** What can still become of an update that was released: stopped, not arrived, perhaps arrived (design sections 5 and 8). Pure. */
import { accept, type Context, type Decision } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import type { Plan } from './plan.ts';
import type { AfterCommand } from './plan-command.ts';
import type { AfterEvent } from './plan-event.ts';

/** Of the places that an update did not reach, so many are named; the others are counted. */
const MISSED_KEPT = 10;

/** Refuses `not-your-plan`, `nothing-unsure`. What is known already changes nothing. */
export function decideAfter(plan: Plan, command: AfterCommand, { actor, record }: Context): Decision<AfterEvent> {
  if (plan.status === 'none') return command.type === 'settle' ? refuse('no-plan', { record }) : accept();
  const { update } = command;
  const outcome = update === undefined ? undefined : plan.outcomes[update];
  switch (command.type) {
    case 'stopped':
      return outcome?.what === 'released' && outcome.stopped === undefined
        ? accept({ type: 'stopped', line: outcome.line, update: command.update, why: command.why })
        : accept();
    case 'undelivered': {
      const instead = command.instead === undefined ? {} : { instead: command.instead };
      const words = { place: command.place, why: command.why, ...instead };
      if (outcome && update !== undefined && command.held) {
        // One place is enough to look after it.
        if (outcome.heldUp !== undefined) return accept();
        return accept({ type: 'undelivered', line: outcome.line, update, unsure: false, held: true, words });
      }
      if (outcome && update !== undefined) {
        return accept({ type: 'undelivered', line: outcome.line, update, unsure: command.unsure, words });
      }
      return plan.unreached?.includes(command.place) ? accept() : accept({ type: 'unreached', person: command.person, words });
    }
    case 'settle':
      if (!outcome?.unsure?.length) return refuse('nothing-unsure', { record });
      if (actor.person !== plan.owner && !outcome.by.includes(actor.person)) {
        return refuse('not-your-plan', { people: [...new Set([plan.owner, ...outcome.by])] });
      }
      return accept({ type: 'settled', line: outcome.line, update: command.update, by: actor.person, again: command.again });
    default:
      return command satisfies never;
  }
}

/** The plan after such an event. */
export function evolveAfter(plan: Plan, event: AfterEvent): Plan {
  if (event.type === 'unreached') return { ...plan, unreached: [...(plan.unreached ?? []), event.words.place] };
  const outcome = plan.outcomes[event.update];
  if (!outcome) return plan;
  const changed = (change: object): Plan => ({
    ...plan,
    outcomes: { ...plan.outcomes, [event.update]: { ...outcome, ...change } },
  });
  switch (event.type) {
    case 'stopped':
      return changed({ stopped: event.why });
    case 'undelivered':
      if (event.held) return changed({ heldUp: event.words.place });
      return changed(
        event.unsure
          ? { unsure: [...new Set([...(outcome.unsure ?? []), event.words.place])] }
          : {
              // A bounce decides what was unsure.
              ...(outcome.unsure ? { unsure: outcome.unsure.filter((place) => place !== event.words.place) } : {}),
              missed: [...(outcome.missed ?? []), event.words].slice(0, MISSED_KEPT),
              missedCount: (outcome.missedCount ?? 0) + 1,
            },
      );
    case 'settled':
      return changed({ unsure: [], again: event.again });
    default:
      return event satisfies never;
  }
}
