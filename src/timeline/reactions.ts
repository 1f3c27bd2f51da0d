/** What follows: channels that become a record's own, and messages that are kept, are found again. */

import { type PlanEvent, plan } from '../comms/index.ts';
import type { Ask, Reaction } from '../core/ask.ts';
import { when } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { type IncidentEvent, incident } from '../incidents/index.ts';
import { timelineMessages, timelinePlaces } from './store.ts';
import { type TimelineEvent, timeline } from './timeline.ts';

const belongs = (place: string | undefined, record: RecordId): readonly Ask[] =>
  place === undefined ? [] : [{ ask: 'project', into: timelinePlaces.name, row: { id: `${place} ${record}`, place, record } }];

export const reactions: readonly Reaction[] = [
  when<PlanEvent, 'begun'>(plan.name, 'begun', ({ words }, { id }) => belongs(words.place, id)),
  when<PlanEvent, 'board-kept'>(plan.name, 'board-kept', ({ words }, { id }) => belongs(words.place, id)),
  when<IncidentEvent, 'channel-made'>(incident.name, 'channel-made', ({ words }, { id }) => belongs(words.place, id)),
  when<TimelineEvent, 'message-kept'>(timeline.name, 'message-kept', ({ message }, { id }) => [
    { ask: 'project', into: timelineMessages.name, row: { message, record: id } },
  ]),
];
