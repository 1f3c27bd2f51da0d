/** Whom a place of a line stands for: an audience's list is told one by one, its stored members in one statement. Pure. */
import { type Place, placeOf, placeParts } from '../chat/port.ts';
import type { Recipient } from '../core/ask.ts';
import { contentHash } from '../core/journal.ts';
import type { Audience, AudienceList, Org } from '../core/record.ts';
import { membersIn, peopleIn } from './audiences.ts';

/** The one stored version of a group that a line names itself: its members are kept under the group's own place. */
export const GROUP_VERSION = 1;

/** What the rules of lists need of the organisation. */
export type Lists = Pick<Org, 'audiences' | 'roles' | 'boards'>;

/** The place that stands for an audience's list. */
export const listPlace = (audience: string): Place => placeOf({ platform: 'list', kind: 'audience', id: audience });

/** Where a new plan tells an audience: its places, and its list if it has one. */
export const startPlaces = ({ key, places, list }: Pick<Audience, 'key' | 'places' | 'list'>): readonly Place[] => [
  ...new Set([...places, ...(list ? [listPlace(key)] : [])]),
];

/** The list that a place stands for: `undefined` where it is no list, `'none'` where its audience has none any more. */
export function listAt(place: Place, org: Lists): AudienceList | 'none' | undefined {
  const { platform, kind, id } = placeParts(place);
  if (platform !== 'list' || kind !== 'audience') return undefined;
  return org.audiences[id]?.list ?? 'none';
}

/** Everybody whom these places stand for; `except`: places that the same words reach on another way. */
export function recipientsOf(places: readonly Place[], org: Lists, except: readonly Place[] = []): readonly Recipient[] {
  return places.flatMap((place): readonly Recipient[] => {
    const list = listAt(place, org);
    const others = except.length > 0 ? { except } : {};
    if (placeParts(place).kind === 'group') return [{ list: place, version: GROUP_VERSION, ...others }];
    if (list === undefined) return [{ place }];
    if (list === 'none') return [];
    if (list.version === 0) return membersIn(list, org).map((person) => ({ person }));
    return [{ list: placeParts(place).id, version: list.version, ...others }];
  });
}

/**
 * What changes whenever other people would be told than those who were looked at: for the hash that a releaser agrees to. Empty
 * where no place is a list.
 */
export function listMark(places: readonly Place[], org: Lists): string {
  const marks = places.flatMap((place) => {
    const list = listAt(place, org);
    if (list === undefined) return [];
    if (list === 'none') return [`${place} none`];
    return [`${place} ${list.kind} ${list.of} ${list.version > 0 ? list.version : membersIn(list, org).join(' ')}`];
  });
  return marks.length === 0 ? '' : contentHash(marks).slice(0, 16);
}

/** The lists among these places that nobody is on. */
export const emptyLists = (places: readonly Place[], org: Lists): readonly string[] =>
  places.flatMap((place) => {
    const list = listAt(place, org);
    if (list === undefined) return [];
    return list === 'none' || peopleIn(list, org) === 0 ? [placeParts(place).id] : [];
  });
