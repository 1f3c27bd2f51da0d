/** Audiences: where a new plan's lines go at first, who releases and writes them, and how often they are due (M1 to M5). */
import { type Cadence, shortestGap } from '../core/cadence.ts';
import { MINUTE, type Span } from '../core/instant.ts';
import type { Quiet } from '../core/quiet.ts';
import {
  type Audience,
  type AudienceList,
  accept,
  type Context,
  type DataClass,
  type Decision,
  holdersOf,
  type Org,
  type PersonId,
  requireRole,
} from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { languageOf, zoneOf } from './locale.ts';

/** The six audiences that every organisation has (M2). */
export const AUDIENCES = ['senior-management', 'all-staff', 'customers', 'working-staff', 'press', 'emergency-services'] as const;
export type AudienceKey = (typeof AUDIENCES)[number];

/** The board of a plan has no room for more lines than this. */
export const MOST_AUDIENCES = 12;
const KEY = /^[a-z][a-z0-9-]{0,39}$/u;
const LONGEST_LABEL = 60;

const isOfTheSix = (audience: string): boolean => AUDIENCES.some((key) => key === audience);

/** What can be set of an audience besides places, people and cadence; what is left out stays. */
export interface AudienceSettings {
  readonly label?: string | undefined;
  readonly class?: DataClass | undefined;
  readonly urgency?: number | undefined;
  readonly zone?: string | undefined;
  readonly language?: string | undefined;
}

export type AudienceCommand =
  | { readonly type: 'add-audience'; readonly audience: string; readonly label: string }
  | ({ readonly type: 'arrange-audience'; readonly audience: string } & AudienceSettings)
  | { readonly type: 'retire-audience'; readonly audience: string }
  | { readonly type: 'set-places'; readonly audience: string; readonly places: readonly string[] }
  | { readonly type: 'set-releasers'; readonly audience: string; readonly people: readonly PersonId[] }
  | { readonly type: 'set-author'; readonly audience: string; readonly person: PersonId }
  | { readonly type: 'set-cadence'; readonly audience: string; readonly cadence: Cadence }
  /** Without hours it is told at all times. */
  | { readonly type: 'set-quiet'; readonly audience: string; readonly quiet?: Quiet | undefined }
  /** `after`: the version that was in force when this one was made; 0 for none. */
  | { readonly type: 'set-list'; readonly audience: string; readonly list: AudienceList; readonly after: number }
  | { readonly type: 'drop-list'; readonly audience: string };

/** What a look at the groups of lists found: each list as it is now, and the version that was looked at. */
export type RefreshCommand = {
  readonly type: 'refresh-lists';
  readonly lists: readonly { readonly audience: string; readonly list: AudienceList; readonly after: number }[];
};

/** Places are `words`: an e-mail address among them is somebody's, and can be erased. */
export type AudienceEvent =
  | { readonly type: 'audience-added'; readonly audience: string; readonly label: string }
  | ({ readonly type: 'audience-arranged'; readonly audience: string } & AudienceSettings)
  | { readonly type: 'audience-retired'; readonly audience: string }
  | { readonly type: 'places-set'; readonly audience: string; readonly words: { readonly places: readonly string[] } }
  | { readonly type: 'releasers-set'; readonly audience: string; readonly people: readonly PersonId[] }
  | { readonly type: 'author-set'; readonly audience: string; readonly person: PersonId }
  | { readonly type: 'cadence-set'; readonly audience: string; readonly cadence: Cadence }
  | { readonly type: 'quiet-set'; readonly audience: string; readonly quiet?: Quiet | undefined }
  | { readonly type: 'list-set'; readonly audience: string; readonly list: AudienceList }
  | { readonly type: 'list-dropped'; readonly audience: string };

const SHORTEST_CADENCE: Span = MINUTE;
/** Who helps in danger is told at every hour. */
const NEVER_QUIET: AudienceKey = 'emergency-services';

/** The audiences that new plans have: the six, then the organisation's own in the order in which they were added. */
export const audiencesOf = (org: Pick<Org, 'audiences'>): readonly string[] => [
  ...AUDIENCES,
  ...Object.values(org.audiences).flatMap(({ key, retired }) => (isOfTheSix(key) || retired ? [] : [key])),
];

/**
 * Refuses `role-needed`, `unknown-audience`, `audience-exists`, `wrong-audience-key`, `wrong-label`, `too-many-audiences`,
 * `one-of-the-six`, `wrong-zone`, `wrong-language`, `cadence-too-short`, `never-quiet`, `own-release-right` (nobody makes themselves a releaser),
 * `unknown-board`, `nobody-in-list`, `list-outdated`.
 */
export function decideAudience(_state: unknown, command: AudienceCommand, context: Context): Decision<AudienceEvent> {
  const lacking = requireRole(context, 'admin', 'communications');
  if (lacking) return lacking;
  const { audience } = command;
  if (command.type === 'add-audience') return added(command, context.org);
  const keys = audiencesOf(context.org);
  if (!keys.includes(audience)) return refuse('unknown-audience', { audience, audiences: [...keys] });
  const known: Partial<Audience> = context.org.audiences[audience] ?? {};
  switch (command.type) {
    case 'arrange-audience':
      return arranged(command, known);
    case 'retire-audience':
      return isOfTheSix(audience) ? refuse('one-of-the-six', { audience }) : accept({ type: 'audience-retired', audience });
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
      return (shortestGap(command.cadence) ?? SHORTEST_CADENCE) >= SHORTEST_CADENCE
        ? accept({ type: 'cadence-set', audience, cadence: command.cadence })
        : refuse('cadence-too-short');
    case 'set-quiet':
      if (audience === NEVER_QUIET && command.quiet) return refuse('never-quiet', { audience });
      return accept({ type: 'quiet-set', audience, ...(command.quiet ? { quiet: command.quiet } : {}) });
    case 'set-list':
      return listed(command, known.list, context);
    case 'drop-list':
      return known.list ? accept({ type: 'list-dropped', audience }) : accept();
    default:
      return command satisfies never;
  }
}

function added({ audience, label }: Extract<AudienceCommand, { type: 'add-audience' }>, org: Org): Decision<AudienceEvent> {
  const keys = audiencesOf(org);
  if (keys.includes(audience)) return refuse('audience-exists', { audience });
  if (!KEY.test(audience)) return refuse('wrong-audience-key', { said: audience });
  const wrong = wrongLabel(label);
  if (wrong) return wrong;
  if (keys.length >= MOST_AUDIENCES) return refuse('too-many-audiences', { most: MOST_AUDIENCES });
  return accept({ type: 'audience-added', audience, label: label.trim() });
}

const wrongLabel = (label: string): Refusal | undefined =>
  label.trim() === '' || label.trim().length > LONGEST_LABEL ? refuse('wrong-label', { most: LONGEST_LABEL }) : undefined;

/** What of the wishes differs: a form gives back what it showed. */
function arranged(
  { audience, ...wishes }: Extract<AudienceCommand, { type: 'arrange-audience' }>,
  known: Partial<Audience>,
): Decision<AudienceEvent> {
  const wrong = wishes.label === undefined ? undefined : wrongLabel(wishes.label);
  if (wrong) return wrong;
  const zone = wishes.zone === undefined ? undefined : zoneOf(wishes.zone);
  if (wishes.zone !== undefined && zone === undefined) return refuse('wrong-zone', { said: wishes.zone });
  const language = wishes.language === undefined ? undefined : languageOf(wishes.language);
  if (wishes.language !== undefined && language === undefined) return refuse('wrong-language', { said: wishes.language });
  const wanted: AudienceSettings = { label: wishes.label?.trim(), class: wishes.class, urgency: wishes.urgency, zone, language };
  // The keys of the settings are those of the audience.
  const names = Object.keys(wanted) as (keyof AudienceSettings)[];
  const differing = names.filter((name) => wanted[name] !== undefined && wanted[name] !== known[name]);
  if (differing.length === 0) return accept();
  return accept({
    type: 'audience-arranged',
    audience,
    ...Object.fromEntries(differing.map((name) => [name, wanted[name]])),
  });
}

function listed(
  { audience, list, after }: Extract<AudienceCommand, { type: 'set-list' }>,
  known: AudienceList | undefined,
  { org }: Context,
): Decision<AudienceEvent> {
  if (list.kind === 'board' && !org.boards[list.of]) {
    return refuse('unknown-board', { board: list.of, boards: Object.keys(org.boards).join(', ') });
  }
  if (sameList(list, known)) return accept();
  const stored = list.version > 0;
  if (stored && after !== (known?.version ?? 0)) return refuse('list-outdated', { audience });
  if (listSize(list, org) === 0) {
    return refuse('nobody-in-list', { audience, kind: list.kind, of: list.of });
  }
  return accept({ type: 'list-set', audience, list });
}

/** The members of a list that is read from the organisation itself: the holders of a role, a board. */
export const membersIn = ({ kind, of }: AudienceList, org: Pick<Org, 'roles' | 'boards'>): readonly PersonId[] =>
  kind === 'board'
    ? (org.boards[of]?.members ?? [])
    : // A role that is none has no holders.
      ((org.roles as Readonly<Record<string, readonly PersonId[] | undefined>>)[kind === 'role' ? of : ''] ?? []);

/** How many a list reaches, as far as the organisation knows. */
export const listSize = (list: AudienceList, org: Pick<Org, 'roles' | 'boards'>): number =>
  list.version > 0 ? list.count : membersIn(list, org).length;

const sameList = (list: AudienceList, known: AudienceList | undefined): boolean =>
  list.kind === known?.kind && list.of === known.of && list.version === known.version && list.count === known.count;

/** Puts in force what was found; a list that was changed meanwhile stays as it is. Refuses `role-needed`. */
export function decideRefresh({ lists }: RefreshCommand, context: Context): Decision<AudienceEvent> {
  const lacking = requireRole(context, 'admin', 'communications');
  if (lacking) return lacking;
  return lists.flatMap(({ audience, list, after }): AudienceEvent[] => {
    const known = context.org.audiences[audience]?.list;
    const same = known?.version === after && known.kind === list.kind && known.of === list.of;
    return same && !sameList(list, known) ? [{ type: 'list-set', audience, list }] : [];
  });
}

type Audiences = Org['audiences'];

/** The audiences after an event. */
export function evolveAudience(audiences: Audiences, event: AudienceEvent): Audiences {
  const before = audiences[event.audience] ?? { key: event.audience, places: [], releasers: [] };
  const changed = (change: Partial<Audience>): Audiences => ({ ...audiences, [event.audience]: { ...before, ...change } });
  switch (event.type) {
    case 'audience-added':
      return changed({ label: event.label, retired: false });
    case 'audience-arranged': {
      const { type: _type, audience: _audience, ...settings } = event;
      return changed(settings as Partial<Audience>);
    }
    case 'audience-retired':
      return changed({ retired: true });
    case 'places-set':
      return changed({ places: event.words.places });
    case 'releasers-set':
      return changed({ releasers: event.people });
    case 'author-set':
      return changed({ author: event.person });
    case 'cadence-set':
      return changed({ cadence: event.cadence });
    case 'quiet-set': {
      const { quiet: _quiet, ...rest } = before;
      return { ...audiences, [event.audience]: event.quiet ? { ...rest, quiet: event.quiet } : rest };
    }
    case 'list-set':
      return changed({ list: event.list });
    case 'list-dropped': {
      const { list: _list, ...without } = before;
      return { ...audiences, [event.audience]: without };
    }
    default:
      return event satisfies never;
  }
}
