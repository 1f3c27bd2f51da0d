/** Audiences: where a new plan's lines go at first, who releases and writes them, and how often they are due (M1 to M5). */
import { MINUTE, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision, holdersOf, type Org, type PersonId, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

/** The six audiences that every organisation has (M2). */
export const AUDIENCES = ['senior-management', 'all-staff', 'customers', 'working-staff', 'press', 'emergency-services'] as const;
export type AudienceKey = (typeof AUDIENCES)[number];

/** An audience as people write it: `Senior management` is `senior-management`. */
export const audienceKey = (said: string): string =>
  said
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/gu, '-');

export type AudienceCommand =
  | { readonly type: 'set-places'; readonly audience: string; readonly places: readonly string[] }
  | { readonly type: 'set-releasers'; readonly audience: string; readonly people: readonly PersonId[] }
  | { readonly type: 'set-author'; readonly audience: string; readonly person: PersonId }
  | { readonly type: 'set-cadence'; readonly audience: string; readonly cadence: Span };

/** Places are `words`: an e-mail address among them is somebody's, and can be erased. */
export type AudienceEvent =
  | { readonly type: 'places-set'; readonly audience: string; readonly words: { readonly places: readonly string[] } }
  | { readonly type: 'releasers-set'; readonly audience: string; readonly people: readonly PersonId[] }
  | { readonly type: 'author-set'; readonly audience: string; readonly person: PersonId }
  | { readonly type: 'cadence-set'; readonly audience: string; readonly cadence: Span };

const SHORTEST_CADENCE: Span = MINUTE;

/** Refuses `role-needed`, `unknown-audience`, `cadence-too-short`, `own-release-right` (nobody makes themselves a releaser). */
export function decideAudience(_state: unknown, command: AudienceCommand, context: Context): Decision<AudienceEvent> {
  const lacking = requireRole(context, 'admin', 'communications');
  if (lacking) return lacking;
  const { audience } = command;
  if (!AUDIENCES.some((key) => key === audience)) return refuse('unknown-audience', { audience, audiences: [...AUDIENCES] });
  switch (command.type) {
    case 'set-places':
      return accept({ type: 'places-set', audience, words: { places: command.places } });
    case 'set-releasers':
      if (command.people.includes(context.actor.person) && !context.actor.roles.has('admin')) {
        return refuse('own-release-right', { audience, holders: holdersOf(context.org, 'admin') });
      }
      return accept({ type: 'releasers-set', audience, people: command.people });
    case 'set-author':
      return accept({ type: 'author-set', audience, person: command.person });
    case 'set-cadence':
      return command.cadence >= SHORTEST_CADENCE
        ? accept({ type: 'cadence-set', audience, cadence: command.cadence })
        : refuse('cadence-too-short');
    default:
      return command satisfies never;
  }
}

type Audiences = Org['audiences'];

/** The audiences after an event. */
export function evolveAudience(audiences: Audiences, event: AudienceEvent): Audiences {
  const before = audiences[event.audience] ?? { key: event.audience, places: [], releasers: [] };
  switch (event.type) {
    case 'places-set':
      return { ...audiences, [event.audience]: { ...before, places: event.words.places } };
    case 'releasers-set':
      return { ...audiences, [event.audience]: { ...before, releasers: event.people } };
    case 'author-set':
      return { ...audiences, [event.audience]: { ...before, author: event.person } };
    case 'cadence-set':
      return { ...audiences, [event.audience]: { ...before, cadence: event.cadence } };
    default:
      return event satisfies never;
  }
}
