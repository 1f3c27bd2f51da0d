/** What people can say and press about incidents. */
import type { Reply } from '../chat/port.ts';
import { type Conversation, openly } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { raisedCard } from './cards.ts';
import { INCIDENT_ROLES, incident } from './incident.ts';
import type { Intake } from './intake.ts';
import { raisedDoings } from './raised-commands.ts';
import { shown } from './shown.ts';
import { standingDoings } from './standing-commands.ts';

/** It happened again: an incident of its own, linked with the problem from its first moment. */
const itIs = (c: Conversation, problem: RecordId, intake: Intake): Promise<Reply> =>
  c.change({
    record: { raise: 'INC' },
    part: incident,
    command: { type: 'raise-as', problem, intake },
    reply: ({ view }) =>
      openly(raisedCard(shown(view), [`It belongs to ${problem}: `, { code: `/problem show ${problem}` }, ' has what helps.'])),
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
  next: (id: string) => ['See where it stands: ', { code: `/incident show ${id}` }],
} as const;

export const doings = [...raisedDoings(room), ...standingDoings(room)];
