/** The console's places, and how the dispatch knows its people. */
import { type Asker, type Place, placeOf, placeParts } from '../../src/chat/port.ts';

export const CONSOLE = 'console';

/** The direct messages of somebody with Bellman. */
export const directOf = (handle: string): Place => placeOf({ platform: CONSOLE, kind: 'person', id: handle });
/** A channel of the console. */
export const channelOf = (name: string): Place => placeOf({ platform: CONSOLE, kind: 'channel', id: name });

/** A group of the console: those who do the same. */
export const groupOf = (name: string): Place => placeOf({ platform: CONSOLE, kind: 'group', id: name });
/** `@Customer service` is the group `customer-service`. */
export const groupName = (said: string): string =>
  said
    .trim()
    .replace(/^@/, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
/** Who is in a group: those whose title says so. */
export const inGroup = <P extends { readonly title: string }>(people: readonly P[], name: string): readonly P[] =>
  people.filter(({ title }) => title !== '' && groupName(title) === name);

/** Who and what the console has at the moment. */
export interface Inhabitants {
  readonly channels: () => readonly string[];
  readonly person: (handle: string) => unknown;
}

/** Whether a place is one of the console's. */
export function exists(place: Place, { channels, person }: Inhabitants): boolean {
  const { platform, kind, id } = placeParts(place);
  if (platform !== CONSOLE) return false;
  return kind === 'channel' ? channels().includes(id) : kind === 'person' && person(id) !== undefined;
}

/** Whether somebody may read what stands at a place: channels are open, direct messages are one person's. */
export function mayRead(handle: string, place: Place, only?: string): boolean {
  if (only !== undefined && only !== handle) return false;
  const { kind, id } = placeParts(place);
  return kind !== 'person' || id === handle;
}

/** Somebody of the console as the dispatch knows people; the zone is the browser's, where it told. */
export const askerOf = (person: { readonly handle: string; readonly name: string }, timeZone = 'UTC'): Asker => ({
  platform: CONSOLE,
  user: person.handle,
  handle: person.handle,
  name: person.name,
  timeZone,
  bot: false,
  guest: false,
});
