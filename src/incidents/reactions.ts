/** What follows from an incident's events. */
import { type Reaction, when } from '../core/ask.ts';
import { newCard } from './cards.ts';
import { type IncidentEvent, incident } from './incident.ts';
import { shown } from './shown.ts';
import { standingReactions } from './standing-reactions.ts';

export const reactions: readonly Reaction[] = [
  when<IncidentEvent, 'raised'>(incident.name, 'raised', (event, view, { org }) => {
    // The service desk takes it; where there is none, the incident managers do.
    const desk = org.roles['service-desk'] ?? [];
    const told = desk.length > 0 ? desk : (org.roles['incident-manager'] ?? []);
    return told
      .filter((person) => person !== event.by)
      .map((person) => ({ ask: 'say', to: { person }, content: newCard(shown(view)) }));
  }),
  ...standingReactions({ root: 'incident', shown }),
];
