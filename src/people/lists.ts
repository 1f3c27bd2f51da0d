/** Whom a place of a line stands for: an audience's list is told one by one, its stored members in one statement. Pure. */
import { type Place, placeOf, placeParts } from '../chat/port.ts';
import type { Recipient } from '../core/ask.ts';
import type { Audience, AudienceList, Org } from '../core/record.ts';
import { listSize, membersIn } from './audiences.ts';

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
function listAt(place: Place, org: Lists): AudienceList | 'none' | undefined {
  return isList(place) ? (org.audiences[placeParts(place).id]?.list ?? 'none') : undefined;
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

/** Whether a place stands for an audience's list. */
export const isList = (place: Place): boolean => place.startsWith(listPlace(''));

/** What differs whenever another list, or another version of it, is in force. Who holds a role is known when it is told. */
export const listMark = ({ kind, of, version }: AudienceList): string => `${kind} ${of} ${version}`;

/** The lists among these places that nobody is on. */
export const emptyLists = (places: readonly Place[], org: Lists): readonly string[] =>
  places.flatMap((place) => {
    const list = listAt(place, org);
    if (list === undefined) return [];
    return list === 'none' || listSize(list, org) === 0 ? [placeParts(place).id] : [];
  });
