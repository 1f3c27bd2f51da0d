/**
 * The evidence log of an incident or a problem behind which there may be intent: what was kept, by whom, when, where, and its
 * checksum (P9). Nothing in it is ever changed or taken out; the journal holds each item. Pure.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, holdersOf, type Part, type PersonId, type Role } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { incident } from '../incidents/index.ts';
import { problem } from './problem.ts';

export interface Item {
  readonly number: number;
  readonly what: string;
  /** Where it is kept. */
  readonly kept: string;
  /** Text that is kept here as it is. */
  readonly content?: string | undefined;
  /** SHA-256 in lower-case hex: of the text, or of a file that is kept elsewhere. */
  readonly sha256: string;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Evidence {
  readonly items: readonly Item[];
}

/** What somebody hands in; one of text and checksum is needed. */
export interface Handed {
  readonly what: string;
  readonly kept: string;
  readonly content?: string | undefined;
  readonly sha256?: string | undefined;
}

export type EvidenceCommand = { readonly type: 'add'; readonly item: Handed };

export type EvidenceEvent = {
  readonly type: 'kept';
  readonly number: number;
  readonly by: PersonId;
  readonly at: Instant;
  /** Stays in the chain when the words are erased. */
  readonly sha256: string;
  readonly words: { readonly what: string; readonly kept: string; readonly content?: string | undefined };
};

/** Those who besides the owner see and add evidence. */
export const GUARDIANS: readonly Role[] = ['security', 'problem-manager', 'incident-manager'];

/** The checksum of a text, as it is kept. */
export const checksum = (content: string): string => createHash('sha256').update(content, 'utf8').digest('hex');

/** Whether somebody sees and adds evidence of a record. Refuses `evidence-guarded`. */
export function mayTouch(owner: PersonId | undefined, { actor, org }: Pick<Context, 'actor' | 'org'>): Refusal | undefined {
  if (actor.person === owner || GUARDIANS.some((role) => actor.roles.has(role))) return undefined;
  const people = [...new Set([...(owner === undefined ? [] : [owner]), ...holdersOf(org, ...GUARDIANS)])];
  return refuse('evidence-guarded', { people });
}

/** The rules. Refuses `unknown-record`, `evidence-guarded`, `no-checksum`, `wrong-checksum`, `other-checksum`. */
export const evidence: Part<Evidence, EvidenceCommand, EvidenceEvent> = {
  name: 'evidence',
  initial: { items: [] },
  decide({ items }, { item }, context): Decision<EvidenceEvent> {
    const of = context.other(problem) ?? context.other(incident);
    if (!of?.raised) return refuse('unknown-record', { record: context.record });
    const refused = mayTouch(of.standing.owner, context);
    if (refused) return refused;
    const { what, kept, content } = item;
    const said = item.sha256?.trim().toLowerCase();
    if (said !== undefined && !/^[0-9a-f]{64}$/u.test(said)) return refuse('wrong-checksum', { said });
    const own = content === undefined ? undefined : checksum(content);
    if (own !== undefined && said !== undefined && own !== said) return refuse('other-checksum', { said, own });
    const sha256 = own ?? said;
    if (sha256 === undefined) return refuse('no-checksum');
    return accept({
      type: 'kept',
      number: items.length + 1,
      by: context.actor.person,
      at: context.now,
      sha256,
      words: { what, kept, content },
    });
  },
  evolve: ({ items }, { number, by, at, sha256, words }): Evidence => ({
    items: [...items, { number, ...words, sha256, by, at }],
  }),
};
