/** What people can say and press once an RFC is approved: start, done, failed, longer, back out (C10). */
import { paragraph, time } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, command, perhaps, privately, theRest } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { change } from './change.ts';
import { rfc } from './raise.ts';
import type { ChangeCommand } from './rfc.ts';
import { rfcCard } from './rfc-card.ts';

const work = (c: Conversation, record: RecordId, wanted: ChangeCommand): Promise<Reply> =>
  c.change({ record, part: change, command: wanted, reply: ({ view }) => privately(rfcCard(view)) });

const start = command({
  name: 'rfc start',
  help: 'Start the work on an approved RFC.',
  args: { rfc },
  run: (c, values) => work(c, values.rfc, { type: 'start' }),
});

const done = command({
  name: 'rfc done',
  help: 'Say that the change is made and works.',
  args: { rfc },
  run: (c, values) => work(c, values.rfc, { type: 'done' }),
});

const failed = command({
  name: 'rfc failed',
  help: 'Say that the change failed; it can then be backed out.',
  args: { rfc, reason: perhaps(theRest('what happened')) },
  run: (c, { rfc: record, reason = '' }) => work(c, record, { type: 'failed', reason }),
});

const backout = command({
  name: 'rfc backout',
  help: 'Record that the change was taken back, and why.',
  args: { rfc, reason: theRest('the reason') },
  run: (c, { rfc: record, reason }) => work(c, record, { type: 'back-out', reason }),
});

const pressFailed = button({
  name: 'rfc.failed',
  form: { title: 'Failed', submit: 'Record', fields: { reason: paragraph('What happened') } },
  run: (c, { record }, { reason }) => work(c, record, { type: 'failed', reason }),
});

const pressBackOut = button({
  name: 'rfc.back-out',
  form: { title: 'Back out', submit: 'Record', fields: { reason: paragraph('Reason') } },
  run: (c, { record }, { reason }) => work(c, record, { type: 'back-out', reason }),
});

const extend = button({
  name: 'rfc.extend',
  form: { title: 'Need longer', submit: 'Save', fields: { end: time('New end', { hint: 'in 2h, tomorrow 06:00' }) } },
  run: (c, { record }, { end }) => work(c, record, { type: 'extend', end }),
});

export const workDoings = [
  start,
  done,
  failed,
  backout,
  pressFailed,
  pressBackOut,
  extend,
  button({ name: 'rfc.start', run: (c, { record }) => work(c, record, { type: 'start' }) }),
  button({ name: 'rfc.done', run: (c, { record }) => work(c, record, { type: 'done' }) }),
];
