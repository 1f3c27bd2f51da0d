/** What people can say and press about incidents. */
import { INCIDENT_ROLES, incident } from './incident.ts';
import { raisedDoings } from './raised-commands.ts';
import { shown } from './shown.ts';
import { standingDoings } from './standing-commands.ts';

const room = {
  root: 'incident',
  one: 'an incident',
  meaning: 'something does not work',
  kind: 'INC',
  part: incident,
  roles: INCIDENT_ROLES,
  shown,
  next: (id: string) => ['See where it stands: ', { code: `/incident show ${id}` }],
} as const;

export const doings = [...raisedDoings(room), ...standingDoings(room)];
