/** What changes are made of: one command on one record as it comes in, and what became of it. */
import type { Accepted } from './apply.ts';
import type { Instant } from './instant.ts';
import type { BELLMAN, RecordId, RecordKind, Role, Typed } from './record.ts';
import type { Refusal } from './refusal.ts';

/** Somebody as a platform names them. */
export interface IdentityRef {
  readonly platform: string;
  readonly user: string;
}

/** One command on one record, as it comes in. */
export interface Change {
  readonly record: RecordId | { readonly raise: RecordKind };
  readonly part: string;
  readonly command: Typed;
  readonly by: IdentityRef | typeof BELLMAN;
  /** Any of these roles is needed, besides what the part's own rules ask; none: only the rules. */
  readonly right?: readonly Role[];
  /** They were told something of the record that they may answer, even where they may not know of the record itself. */
  readonly told?: boolean;
  /** The request that this answers: a repeat of it is answered, not done again. */
  readonly inbound?: { readonly key: string; readonly reply: (outcome: Accepted | Refusal) => object };
  /** The timer that asks for it: if it was moved or taken away meanwhile, nothing happens. */
  readonly timer?: { readonly key: string; readonly dueAt: Instant };
}

/** What became of a change. `repeated` carries the reply that the first request got. */
export type Outcome = Accepted | Refusal | { readonly repeated: object } | { readonly superseded: true };

/** Decides changes in one transaction; an outcome for each, in their order. */
export type Transact = (changes: readonly Change[]) => Promise<readonly Outcome[]>;
