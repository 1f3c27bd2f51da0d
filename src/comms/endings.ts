/** What follows when a delivery ends otherwise than sent: the plan knows, and somebody is told (design sections 5 and 8). */
import { ORG, type PersonId, type Typed } from '../core/record.ts';
import type { Ending, Follow } from '../delivery/index.ts';
import { plan } from './part.ts';
import type { AfterCommand } from './plan.ts';

interface Ended {
  readonly record: string;
  readonly place: string;
  readonly update: string | null;
  /** Whose direct messages the place is, where that is known. */
  readonly person?: PersonId | undefined;
}

/** Records that can have a plan. */
const PLANNED = /^(PRB|INC)-/u;

const alarm = (about: string, detail: string): Follow => {
  const command: Typed & { alarm: string; about: string; detail: string } = {
    type: 'raise-alarm',
    alarm: 'delivery-failed',
    about,
    detail,
  };
  return { do: 'command', record: ORG, part: 'org', command };
};

const toPlan = (record: string, command: AfterCommand): Follow => ({ do: 'command', record, part: plan.name, command });

/** Nothing that fails does so in silence: the owner of its plan is told, and the admins of what cannot mend itself. */
export function whatFollows({ record, place, update, person }: Ended, ending: Ending): readonly Follow[] {
  const missed = (unsure: boolean, why: string): readonly Follow[] => [
    ...(update !== null ? [toPlan(record, { type: 'undelivered', update, place, unsure, why })] : []),
    ...(update === null && !unsure && PLANNED.test(record) && /^[^/]+\/person\//u.test(place)
      ? [toPlan(record, { type: 'undelivered', place, person, unsure, why })]
      : []),
  ];
  switch (ending.is) {
    case 'sent':
    case 'unknown':
      return [];
    case 'cancelled':
      return update === null ? [] : [toPlan(record, { type: 'stopped', update, why: ending.why })];
    case 'failed':
      return [...missed(false, ending.why), alarm(record, `${place} was not reached: ${ending.why}`)];
    case 'unsure':
      return [...missed(true, ending.why), alarm(record, `${place} may or may not have been reached: ${ending.why}`)];
    case 'twins removed':
      return [alarm(record, `${ending.count} repeated at ${place} and removed`)];
    default:
      return ending satisfies never;
  }
}
