/** What people can say and press about incidents. */
import type { Reply } from '../chat/port.ts';
import { type Conversation, openly, privately } from '../chat/registry.ts';
import { isPrivate } from '../core/reading.ts';
import type { RecordId } from '../core/record.ts';
import { raisedCard } from './cards.ts';
import { closingDoings } from './closing-commands.ts';
import { INCIDENT_ROLES, incident } from './incident.ts';
import type { Raising } from './intake.ts';
import { priorityDoings } from './priority-commands.ts';
import { raisedDoings } from './raised-commands.ts';
import { shown } from './shown.ts';
import { standingDoings } from './standing-commands.ts';
import { workDoings } from './work-commands.ts';

/** It happened again: an incident of its own, linked with the problem from its first moment. */
const itIs = (c: Conversation, problem: RecordId, raising: Raising): Promise<Reply> =>
  c.change({
    record: { raise: 'INC' },
    part: incident,
    command: { type: 'raise-as', problem, ...raising },
    reply: ({ view }) => {
      const told = raisedCard(shown(view), [
        `It belongs to ${problem}: `,
        { code: `/problem show ${problem}` },
        ' has what helps.',
      ]);
      return isPrivate(view.class) ? privately(told) : openly(told);
    },
  });

const room = {
  root: 'incident',
  one: 'an incident',
  meaning: 'something does not work',
  kind: 'INC',
  part: incident,
  roles: INCIDENT_ROLES,
  shown,
  itIs,
  raisedBy: ['new', 'declare'],
  shortcut: {
    id: 'raise_incident',
    label: 'Raise an incident',
    help: 'Raise an incident; the message stands in its details',
    field: 'details',
  },
  next: (id: string) => ['See where it stands: ', { code: `/incident show ${id}` }],
} as const;

export const doings = [...raisedDoings(room), ...workDoings, ...standingDoings(room), ...closingDoings, ...priorityDoings];
