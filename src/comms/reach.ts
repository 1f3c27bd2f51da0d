/** How many a line's update reaches, from what the plan remembers: "3 channels, 214 people, 1 call". Without a query. Pure. */
import type { Words } from '../chat/card.ts';
import { placeParts } from '../chat/port.ts';
import { isList } from '../people/index.ts';
import { type Contacts, toldOf } from './contacts.ts';
import type { Line } from './line.ts';
import type { Plan } from './plan.ts';

/** What is reached, most needed first; each as one and as several are called. */
const NAMES = {
  channels: ['channel', 'channels'],
  people: ['person', 'people'],
  groups: ['group', 'groups'],
  calls: ['call', 'calls'],
  pages: ['public page', 'public pages'],
  systems: ['system', 'systems'],
} as const;
type Reached = keyof typeof NAMES;

export type Reach = Readonly<Record<Reached, number>>;

/** By platform, for those that are one kind of place only; else by the kind of place. */
const BY_PLATFORM: Readonly<Record<string, Reached>> = { status: 'pages', press: 'pages', webhook: 'systems', call: 'calls' };
const BY_KIND: Readonly<Record<string, Reached>> = { channel: 'channels', thread: 'channels', group: 'groups' };

/** How many a line reaches; somebody who is reached by two ways is counted twice, and told once. */
export function reachOf(line: Pick<Line, 'audience' | 'places'>, { lists = {} }: Pick<Plan, 'lists'>, contacts: Contacts): Reach {
  const reach: Record<Reached, number> = { channels: 0, people: 0, groups: 0, calls: 0, pages: 0, systems: 0 };
  for (const place of line.places) {
    const { platform, kind, id } = placeParts(place);
    if (isList(place)) reach.people += lists[id]?.people ?? 0;
    else reach[BY_PLATFORM[platform] ?? BY_KIND[kind] ?? 'people'] += 1;
  }
  reach.people += toldOf(contacts, line.audience).length;
  return reach;
}

/** `3 channels, 214 people, 1 call`; nothing reached is `nobody`. */
export function reachFigures(reach: Reach): string {
  // The keys of the names are what can be reached.
  const parts = (Object.keys(NAMES) as Reached[]).flatMap((what) => {
    const count = reach[what];
    return count === 0 ? [] : [`${count} ${NAMES[what][count === 1 ? 0 : 1]}`];
  });
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}

/** The same for whoever releases: with the lists that nobody is on, and the way to mend them. */
export function reachWords(line: Line, plan: Pick<Plan, 'lists'>, contacts: Contacts): Words {
  const empty = line.places.filter(isList).flatMap((place) => {
    const { id } = placeParts(place);
    return plan.lists?.[id]?.people ? [] : [id];
  });
  return [
    reachFigures(reachOf(line, plan, contacts)),
    ...empty.flatMap((key): Words => [`. Nobody is on the list of ${key}: `, { code: `/bellman audience list ${key} fixed @x` }]),
  ];
}
