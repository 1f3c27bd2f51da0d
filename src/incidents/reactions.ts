/** What follows from an incident's events. */
import { type Reaction, tell, when } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { holdersOf } from '../core/record.ts';
import { newCard, workaroundCard } from './cards.ts';
import { type IncidentEvent, incident } from './incident.ts';
import { shown } from './shown.ts';
import { standingReactions } from './standing-reactions.ts';

export const reactions: readonly Reaction[] = [
  when<IncidentEvent, 'raised'>(incident.name, 'raised', (event, view, { org }) => {
    // The service desk takes it; where there is none, the incident managers do, and a private one is theirs and security's.
    const desk = isPrivate(view.class) ? [] : holdersOf(org, 'service-desk');
    const managers = holdersOf(org, 'incident-manager', ...(isPrivate(view.class) ? (['security'] as const) : []));
    const told = desk.length > 0 ? desk : managers;
    return tell(
      told.filter((person) => person !== event.by),
      newCard(shown(view)),
    );
  }),
  when<IncidentEvent, 'workaround-offered'>(incident.name, 'workaround-offered', ({ problem, words }, view) => {
    const { raised, standing } = view.state(incident);
    const people = [raised?.by, standing.owner].filter((person) => person !== undefined);
    return tell(people, workaroundCard(shown(view), problem, words.workaround));
  }),
  ...standingReactions({ root: 'incident', shown }),
];
