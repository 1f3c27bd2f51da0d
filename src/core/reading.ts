/** Who may read a record, and where it may be said: everybody and everywhere, unless it is private or confidential (S3). Pure. */
import type { Recipient } from './ask.ts';
import type { AnyPart, States } from './house.ts';
import { stateOf } from './house.ts';
import type { Instant } from './instant.ts';
import { classOfPlace } from './place-class.ts';
import { BELLMAN, type DataClass, isAbove, type Org, type PersonId, type Reader, type Role, USUAL_CLASS } from './record.ts';

/** How far a record may be known, and by whom while that is not everybody. */
export interface Guarded {
  readonly class: DataClass;
  /** Its own people, and the roles whose holders are. */
  readonly people: readonly Reader[];
}

/** Whether only its own people may know of it. */
export const isPrivate = (of: DataClass): boolean => isAbove(of, USUAL_CLASS);

/** Reads every private record, so that a breach never stays with those whom it concerns. */
const ALWAYS: Role = 'security';

/** As what somebody reads: themselves, each role that they hold now, and whoever delegated to them. The same as `bellman.standing` in SQL. */
export function standing(person: PersonId, { roles, delegations }: Pick<Org, 'roles' | 'delegations'>, now: Instant) {
  const held = Object.entries(roles).flatMap(([role, holders]) => (holders?.includes(person) ? [role] : []));
  const givers = Object.entries(delegations).flatMap(([giver, { to, until }]) => (to === person && until > now ? [giver] : []));
  return new Set<Reader>([person, ...held, ...givers]);
}

/** Whether somebody may know of a record at all. To whoever may not, it does not exist. */
export function mayRead(record: Guarded, person: PersonId, org: Pick<Org, 'roles' | 'delegations'>, now: Instant): boolean {
  if (!isPrivate(record.class) || person === BELLMAN) return true;
  const as = standing(person, org, now);
  return record.people.some((reader) => as.has(reader));
}

/** Whether what is of this class may be said at a place. */
export const maySayAt = (of: DataClass, place: string, org: Pick<Org, 'placeClasses'>): boolean =>
  !isAbove(of, classOfPlace(place, org));

/** Whether something about a record may be said to somebody or at a place. What its lines carry is judged by the lines' own classes. */
export function mayHear(record: Guarded, to: Recipient, org: Org, now: Instant): boolean {
  if (!isPrivate(record.class)) return true;
  if ('person' in to) return mayRead(record, to.person, org, now);
  return 'place' in to && maySayAt(record.class, to.place, org);
}

/** How a record is guarded, from the states of its parts: the class by the part that names it, the people by all of them. */
export function guardedOf(part: (name: string) => AnyPart, states: States): Guarded {
  const parts = Object.keys(states).map(part);
  const of = classOf(parts, states);
  return { class: of, people: isPrivate(of) ? peopleOf(parts, states) : [] };
}

function classOf(parts: readonly AnyPart[], states: States): DataClass {
  const heading = parts.find((one) => one.heading);
  return heading?.heading?.(stateOf(states)(heading)).class ?? USUAL_CLASS;
}

const peopleOf = (parts: readonly AnyPart[], states: States): readonly Reader[] => [
  ...new Set<Reader>([...parts.flatMap((one) => one.people?.(stateOf(states)(one)) ?? []), ALWAYS]),
];
