/**
 * Help from outside the usual support: a virtual team, the vendor, and the problem manager as arbitrator (P11, P18). Pure. What goes
 * to a vendor is kept as it was sent, numbered, and is never sent incomplete.
 */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type PersonId, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { mayManage } from '../incidents/index.ts';
import { PROBLEM_ROLES, problem } from './problem.ts';

/** What a vendor needs to know, in the order in which it is read. */
export const VENDOR_FIELDS = ['vendor', 'point', 'description', 'errors', 'tried', 'documents', 'tools'] as const;
export type VendorField = (typeof VENDOR_FIELDS)[number];

/** What somebody wrote for the vendor. */
export type ForVendor = Readonly<Record<VendorField, string>>;

export interface Sent extends ForVendor {
  readonly number: number;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Arbitration {
  readonly question: string;
  readonly decision: string;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface Escalation {
  readonly sent: readonly Sent[];
  /** The virtual team, in the order in which they were invited. */
  readonly team: readonly PersonId[];
  readonly arbitrations: readonly Arbitration[];
}

export type EscalationCommand =
  | { readonly type: 'send'; readonly said: Partial<ForVendor> }
  | { readonly type: 'invite'; readonly people: readonly PersonId[] }
  | { readonly type: 'arbitrate'; readonly question: string; readonly decision: string };

interface Done {
  readonly by: PersonId;
  readonly at: Instant;
}

export type EscalationEvent =
  | ({ readonly type: 'sent'; readonly number: number; readonly words: ForVendor } & Done)
  | ({ readonly type: 'invited'; readonly people: readonly PersonId[] } & Done)
  | ({ readonly type: 'arbitrated'; readonly words: { readonly question: string; readonly decision: string } } & Done);

/** Refuses `unknown-record`, `is-resolved`, `not-yours`, `escalation-incomplete` (fact `missing`), and for arbitration `role-needed`. */
export const escalation: Part<Escalation, EscalationCommand, EscalationEvent> = {
  name: 'escalation',
  initial: { sent: [], team: [], arbitrations: [] },
  people: ({ team }) => team,
  decide(state, command, context): Decision<EscalationEvent> {
    const { record, actor, now } = context;
    const of = context.other(problem);
    if (!of?.raised) return refuse('unknown-record', { record });
    const done = { by: actor.person, at: now };
    // Who is right is decided by a problem manager, whatever others own or how the problem stands.
    if (command.type === 'arbitrate') {
      const { question, decision } = command;
      return requireRole(context, 'problem-manager') ?? accept({ type: 'arbitrated', words: { question, decision }, ...done });
    }
    const refused = mayManage(of.standing, PROBLEM_ROLES, context);
    if (refused) return refused;
    if (of.standing.status === 'resolved') return refuse('is-resolved', { record, at: of.standing.resolvedAt ?? 0 });
    switch (command.type) {
      case 'send':
        return send(state, command.said, context);
      case 'invite': {
        const people = command.people.filter((person) => !state.team.includes(person));
        return people.length === 0 ? accept() : accept({ type: 'invited', people, ...done });
      }
      default:
        return command satisfies never;
    }
  },
  evolve(state, event): Escalation {
    switch (event.type) {
      case 'sent': {
        const { number, by, at, words } = event;
        return { ...state, sent: [...state.sent, { ...words, number, by, at }] };
      }
      case 'invited':
        return { ...state, team: [...state.team, ...event.people] };
      case 'arbitrated': {
        const { by, at, words } = event;
        return { ...state, arbitrations: [...state.arbitrations, { ...words, by, at }] };
      }
      default:
        return event satisfies never;
    }
  },
};

function send({ sent }: Escalation, said: Partial<ForVendor>, { record, actor, now }: Context): Decision<EscalationEvent> {
  const missing = VENDOR_FIELDS.filter((field) => (said[field] ?? '').trim() === '');
  if (missing.length > 0) return refuse('escalation-incomplete', { record, missing });
  const words = Object.fromEntries(VENDOR_FIELDS.map((field) => [field, (said[field] ?? '').trim()])) as ForVendor;
  return accept({ type: 'sent', number: sent.length + 1, by: actor.person, at: now, words });
}
