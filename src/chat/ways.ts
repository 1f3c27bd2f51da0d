/** Ways out that are no chat: their places, and how people call them. */
import type { PersonId } from '../core/record.ts';
import { type Names, type Place, placeOf, placeParts } from './port.ts';

/** The public status page, and the page of press statements. */
export const STATUS_PAGE: Place = 'status/channel/main';
export const PRESS_PAGE: Place = 'press/channel/main';

/** A call that somebody makes by hand. */
export interface Call {
  readonly number: string;
  /** Who calls. */
  readonly person: PersonId;
}

/** The place of such a call. */
export const callPlace = ({ number, person }: Call): Place =>
  placeOf({ platform: 'call', kind: 'address', id: `${number};${person}` });

/** The call that a place is; undefined for any other place. */
export function callAt(place: Place): Call | undefined {
  const [, number, person] = /^call\/address\/([^;]+);(.+)$/u.exec(place) ?? [];
  return number !== undefined && person !== undefined ? { number, person } : undefined;
}

/** How people call the places of ways that are no chat. */
const LABELS: Readonly<Record<string, (id: string) => string>> = {
  status: () => 'the status page',
  press: () => 'the press page',
  list: (id) => `the list ${id}`,
  email: (id) => id,
  // The path of a webhook's address is often its secret.
  webhook: (id) => `the webhook at ${URL.canParse(id) ? new URL(id).host : id}`,
};

/** How people call a place that no chat platform shows in its own way; undefined for channels, people, threads and groups. */
export function wayLabel(place: Place, names: Names): string | undefined {
  const call = callAt(place);
  if (call) return `a call to ${call.number} by ${names(call.person).name}`;
  const { platform, id } = placeParts(place);
  return LABELS[platform]?.(id);
}

/** How a chat's place is called by whoever is not there: `#cab`, `@kevin`, `a thread in #ops`. */
export function chatLabel(place: Place): string {
  const { kind, id } = placeParts(place);
  switch (kind) {
    case 'channel':
      return `#${id}`;
    case 'person':
      return `@${id}`;
    case 'thread':
      return `a thread in #${id}`;
    case 'group':
      return `the members of @${id}`;
    case 'address':
    case 'audience':
      return id;
    default:
      return kind satisfies never;
  }
}

/** What a place is written like where people fill it in; `here`: the platform where they do. */
export function typedPlace(place: Place, here: string): string {
  const { platform, kind, id } = placeParts(place);
  const call = callAt(place);
  if (call) return `call:${call.number}:${call.person}`;
  if (kind === 'address') return id;
  if (kind === 'audience') return `list:${id}`;
  if (place === STATUS_PAGE || place === PRESS_PAGE) return platform;
  if (platform !== here) return place;
  switch (kind) {
    case 'channel':
      return `#${id}`;
    case 'person':
      return `@${id}`;
    case 'thread':
      return `thread:#${id}`;
    case 'group':
      return `group:${id}`;
    default:
      return kind satisfies never;
  }
}
