/** How far a record may be known, changed at any time: raised by those whose it is, lowered only by those who answer for such records (S3). Pure. */
import {
  accept,
  BELLMAN,
  type Context,
  type DataClass,
  type Decision,
  holdersOf,
  isAbove,
  type PersonId,
  type Role,
} from './record.ts';
import { refuse } from './refusal.ts';

export type Classify = { readonly type: 'classify'; readonly class: DataClass };
export type Classified = {
  readonly type: 'classified';
  readonly class: DataClass;
  readonly before: DataClass;
  readonly by: PersonId;
};

/** Whose the record is, and who manages such records. */
interface Whose {
  readonly own: readonly (PersonId | undefined)[];
  readonly managing: readonly Role[];
}

/** Decides another class for a record. Refuses `may-not-classify` and, to those who may only raise it, `may-not-lower` (fact `people`: who may). */
export function classify(before: DataClass, wanted: DataClass, { own, managing }: Whose, context: Context): Decision<Classified> {
  const { actor, org, record } = context;
  const roles: readonly Role[] = [...managing, 'security'];
  const manages = actor.person === BELLMAN || roles.some((role) => actor.roles.has(role));
  const people = holdersOf(org, ...roles);
  if (!manages && !own.includes(actor.person)) {
    return refuse('may-not-classify', { record, people: [...new Set([...own.filter((one) => one !== undefined), ...people])] });
  }
  if (wanted === before) return accept();
  if (isAbove(before, wanted) && !manages) return refuse('may-not-lower', { record, class: before, people });
  return accept({ type: 'classified', class: wanted, before, by: actor.person });
}
