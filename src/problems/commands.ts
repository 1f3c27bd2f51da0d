/** What people can say and press about problems. */
import { aRecord, command, privately, someRecords } from '../chat/registry.ts';
import { titlesOf, unknownAmong } from '../core/records.ts';
import { raisedDoings, recordCard, standingDoings } from '../incidents/index.ts';
import { PROBLEM_ROLES, problem } from './problem.ts';
import { shown } from './shown.ts';

const room = {
  root: 'problem',
  one: 'a problem',
  meaning: 'the cause behind incidents',
  kind: 'PRB',
  part: problem,
  roles: PROBLEM_ROLES,
  shown,
  next: (id: string) => ['Link the incidents that it causes: ', { code: `/problem link ${id} INC-1` }],
} as const;

const link = command({
  name: 'problem link',
  help: 'Link a problem with incidents, changes or other problems.',
  args: {
    record: aRecord('the problem, for example PRB-1', 'PRB'),
    records: someRecords('what to link it with, for example INC-1'),
  },
  run: async (c, { record, records }) => {
    const unknown = await unknownAmong(c.db, records, c.me);
    if (unknown) return c.refused(unknown);
    const titles = await titlesOf(c.db, records, c.me);
    return c.change({
      record,
      part: problem,
      command: { type: 'link', records },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});

export const doings = [...raisedDoings(room), link, ...standingDoings(room)];
