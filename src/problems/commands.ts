/** What people can say and press about problems. */
import { foreseen } from '../chat/foreseen.ts';
import { paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aRecord, type Conversation, command, privately, someRecords } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { titlesOf, unknownAmong } from '../core/records.ts';
import { type Raising, raisedDoings, recordCard, standingDoings } from '../incidents/index.ts';
import { analysisDoings } from './analysis-commands.ts';
import { edit } from './edit-commands.ts';
import { endingDoings } from './ending-commands.ts';
import { escalationDoings } from './escalation-commands.ts';
import { evidenceDoings } from './evidence-commands.ts';
import { look } from './look.ts';
import { PROBLEM_ROLES, problem } from './problem.ts';
import { SOURCES } from './record.ts';
import { serviceLevelDoings } from './service-level-commands.ts';
import { shown } from './shown.ts';

/** No problem of its own: the one that is known is counted once more, and shows what helps. */
const itIs = async (c: Conversation, of: RecordId, { intake }: Raising): Promise<Reply> => {
  const before = await c.view(of);
  const titles = await titlesOf(c.db, before ? shown(before).links : [], c.me);
  return c.change({
    record: of,
    part: problem,
    command: { type: 'report-again', title: intake.title, details: intake.details },
    reply: ({ view }) => privately(recordCard(shown(view), titles)),
  });
};

const room = {
  root: 'problem',
  one: 'a problem',
  meaning: 'the cause behind incidents',
  kind: 'PRB',
  part: problem,
  roles: PROBLEM_ROLES,
  shown,
  itIs,
  raisedBy: ['new'],
  sources: SOURCES,
  look,
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
    const before = await c.view(record);
    const titles = await titlesOf(c.db, [...(before ? shown(before).links : []), ...records], c.me);
    return c.change({
      record,
      part: problem,
      command: { type: 'link', records },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});

const workaround = command({
  name: 'problem workaround',
  help: 'Say what helps until a problem is mended; its incidents are told at once.',
  args: { record: aRecord('the problem, for example PRB-1', 'PRB') },
  form: {
    title: 'Workaround',
    submit: 'Save',
    fields: { workaround: paragraph('Workaround', { hint: 'What people can do meanwhile, step by step' }) },
    initial: async (c, { record }) => {
      const before = (await c.view(record))?.state(problem).workaround ?? '';
      return (await foreseen(c, record, problem, { type: 'workaround', workaround: before })) ?? { workaround: before };
    },
  },
  run: async (c, { record }, answers) => {
    const before = await c.view(record);
    const titles = await titlesOf(c.db, before ? shown(before).links : [], c.me);
    return c.change({
      record,
      part: problem,
      command: { type: 'workaround', ...answers },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});

/** More is kept of a problem than of an incident, so that it has an edit of its own. */
const shared = raisedDoings(room).filter(({ name }) => name !== edit.name);

export const doings = [
  ...shared,
  edit,
  link,
  workaround,
  ...endingDoings,
  ...escalationDoings,
  ...analysisDoings,
  ...evidenceDoings,
  ...standingDoings(room),
  ...serviceLevelDoings,
];
