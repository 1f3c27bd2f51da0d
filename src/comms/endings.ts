/** What follows when a delivery ends otherwise than sent: the plan knows, and somebody is told (design sections 5 and 8). */
import type { Card } from '../chat/card.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import type { Ending, Follow } from '../delivery/index.ts';
import { alarmAbout } from '../people/index.ts';
import { isMarked } from './exercise-reactions.ts';
import { TOO_OPEN } from './guarding.ts';
import { plan } from './part.ts';
import type { AfterCommand } from './plan-command.ts';

interface Ended {
  readonly record: string;
  readonly place: string;
  readonly update: string | null;
  /** Whose direct messages the place is, where that is known. */
  readonly person?: PersonId | undefined;
  /** Whether only the record's own people may know of it. */
  readonly hidden?: boolean | undefined;
  /** Where an update goes when it does not reach that place, and what was to be said. */
  readonly instead?: { readonly place: string; readonly content: Card; readonly urgency: number } | undefined;
}

/** Records that can have a plan. */
const PLANNED = /^(PRB|INC|RFC|REL)-/u;

const toPlan = (record: string, command: AfterCommand): Follow => ({ do: 'command', record, part: plan.name, command });

/** An alarm about a record. Of a private one (`hidden`) admins hear that there is trouble, and who can see what it is (S3). */
export function alarmFor(record: RecordId, what: Parameters<typeof alarmAbout>[1], detail: string, hidden: boolean) {
  if (!hidden) return alarmAbout(record, what, detail);
  return alarmAbout('a private record', what, 'What it was stands with its own people. Whoever holds security sees them.');
}

/** Nothing that fails does so in silence: the owner of its plan is told, and the admins of what cannot mend itself. */
export function whatFollows(ended: Ended, ending: Ending): readonly Follow[] {
  const { record, place, update, person } = ended;
  const alarm = (what: Parameters<typeof alarmAbout>[1], detail: string): Follow => ({
    do: 'command',
    ...alarmFor(record, what, detail, ended.hidden ?? false),
  });
  // An exercise wakes nobody by another way.
  const instead = ended.instead && isMarked(ended.instead.content) ? undefined : ended.instead;
  const missed = (unsure: boolean, why: string): readonly Follow[] => [
    ...(update !== null
      ? [toPlan(record, { type: 'undelivered', update, place, unsure, why, ...(unsure ? {} : { instead: instead?.place }) })]
      : []),
    ...(update !== null && !unsure && instead !== undefined
      ? [{ do: 'say', record, to: instead.place, content: instead.content, urgency: instead.urgency, update } as const]
      : []),
    ...(update === null && !unsure && PLANNED.test(record) && /^[^/]+\/person\//u.test(place)
      ? [toPlan(record, { type: 'undelivered', place, person, unsure, why })]
      : []),
  ];
  // That an address outside does not take an update is the owner's to know; there may be thousands.
  const outside = update !== null && /^[^/]+\/address\//u.test(place);
  const raised = (what: 'delivery-failed' | 'delivery-unsure', detail: string): readonly Follow[] =>
    outside ? [] : [alarm(what, detail)];
  switch (ending.is) {
    case 'sent':
    case 'unknown':
      return [];
    case 'cancelled':
      if (update === null) return [];
      // Where only this place may not have it, the others still get it.
      return ending.why === TOO_OPEN
        ? [
            toPlan(record, {
              type: 'undelivered',
              update,
              place,
              unsure: false,
              why: 'that place is less guarded than the update',
            }),
          ]
        : [toPlan(record, { type: 'stopped', update, why: ending.why })];
    case 'failed':
      return [...missed(false, ending.why), ...raised('delivery-failed', `${place} was not reached: ${ending.why}`)];
    case 'held up':
      return update === null
        ? []
        : [toPlan(record, { type: 'undelivered', update, place, unsure: false, held: true, why: ending.why })];
    case 'unsure':
      return [
        ...missed(true, ending.why),
        ...raised('delivery-unsure', `${place} may or may not have been reached: ${ending.why}`),
      ];
    case 'twins removed':
      return [alarm('janitor-removed-twins', `${ending.count} repeated at ${place} and removed`)];
    default:
      return ending satisfies never;
  }
}
