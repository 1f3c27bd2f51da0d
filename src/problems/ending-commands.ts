/** What people can say and press about a problem that is left open, a change that was to cure it, and its end (P12 to P14). */
import { type Card, card, controls, text, type Words } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { choice, paragraph, time } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aRecord, button, type Conversation, command, privately, someRecords } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { recordCard } from '../incidents/index.ts';
import { problem } from './problem.ts';
import { CLOSURES, type Judgement } from './record.ts';
import { shown } from './shown.ts';

const record = aRecord('the problem, for example PRB-1', 'PRB');
const said = (title: string, ...words: Words): Reply => privately(card(title, [text(...words)]));

const unlink = command({
  name: 'problem unlink',
  help: 'Take away what a problem was linked with by mistake.',
  args: { record, records: someRecords('what to unlink, for example INC-1') },
  run: async (c, { record: id, records }) => {
    const before = await c.view(id);
    const titles = await titlesOf(c.db, before ? shown(before).links : [], c.me);
    return c.change({
      record: id,
      part: problem,
      command: { type: 'unlink', records },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});

const defer = command({
  name: 'problem defer',
  help: 'Leave a problem open on purpose, with the reason and when it is looked at again.',
  args: { record },
  form: {
    title: 'Leave open',
    submit: 'Save',
    fields: {
      reason: paragraph('Reason', { hint: 'The system is switched off in March' }),
      review: time('Review on', { hint: '2027-03-01, in 4w' }),
    },
    initial: async (c, { record: id }) =>
      (await foreseen(c, id, problem, { type: 'defer', reason: '', review: Number.MAX_SAFE_INTEGER })) ?? {},
  },
  run: (c, { record: id }, answers) =>
    c.change({
      record: id,
      part: problem,
      command: { type: 'defer', ...answers },
      reply: ({ view }) =>
        said(
          `${id} is left open`,
          'It is looked at again ',
          { time: answers.review },
          `. If nobody does, ${view.state(problem).standing.owner === undefined ? 'the problem managers are' : 'its owner is'} reminded.`,
        ),
    }),
});

/** Asks what becomes of a change; who may decide is checked when it is decided. */
const outcomeCard = (id: RecordId, rfc: RecordId, title: string, last: Judgement | undefined): Card =>
  card(
    `Did ${rfc} cure ${id}?`,
    [
      text(
        { bold: `${rfc} ${title}` },
        '. If it did not, take it back or keep it; the reason is recorded, and its owner is told.',
      ),
      ...(last
        ? [
            text(
              'Decided before ',
              { time: last.at },
              ' by ',
              { person: last.by },
              `: ${last.outcome === 'keep' ? 'keep' : 'back out'}. ${last.reason}`,
            ),
          ]
        : []),
      controls(
        { label: 'Back out', action: 'problem.back-out', record: id, value: rfc, style: 'danger' },
        { label: 'Keep', action: 'problem.keep', record: id, value: rfc },
      ),
    ],
    { tone: 'warning', summary: `Did ${rfc} cure ${id}? Back out or keep it.` },
  );

const outcome = command({
  name: 'problem outcome',
  help: 'Decide whether a change that was to cure a problem is backed out or kept.',
  args: { record, rfc: aRecord('the change, for example RFC-1', 'RFC') },
  run: async (c, { record: id, rfc }) => {
    const refused = await foreseen(c, id, problem, { type: 'judge', rfc, outcome: 'keep', reason: '' });
    if (refused) return c.refused(refused);
    const last = (await c.view(id))?.state(problem).judged?.findLast((one) => one.rfc === rfc);
    const title = (await titlesOf(c.db, [rfc], c.me)).get(rfc) ?? '';
    return privately(outcomeCard(id, rfc, title, last));
  },
});

const judging = (name: string, label: string, verdict: Judgement['outcome']) =>
  button({
    name: `problem.${name}`,
    form: {
      title: label,
      submit: label,
      fields: { reason: paragraph('Reason') },
      initial: async (c, { record: id, value: rfc }) =>
        (await foreseen(c, id, problem, { type: 'judge', rfc, outcome: verdict, reason: '' })) ?? {},
    },
    run: (c: Conversation, { record: id, value: rfc }, { reason }) =>
      c.change({
        record: id,
        part: problem,
        command: { type: 'judge', rfc, outcome: verdict, reason },
        reply: () =>
          said(
            `${rfc} is ${verdict === 'keep' ? 'kept' : 'to be backed out'}`,
            verdict === 'keep' ? 'Its owner is told.' : 'Its owner is told, and records it when it is taken back.',
          ),
      }),
  });

const close = command({
  name: 'problem close',
  help: 'Close a resolved problem; its open incidents are told what solved it, and closed.',
  args: { record },
  form: {
    title: 'Close problem',
    submit: 'Close',
    fields: { category: choice('Closure category', CLOSURES) },
    initial: async (c, { record: id }) => {
      if (!(await c.view(id))) return refuse('unknown-record', { record: id });
      // What the fewest things are needed for: what it really is, the form says.
      return (await foreseen(c, id, problem, { type: 'close', category: 'not-a-problem' })) ?? {};
    },
  },
  run: (c, { record: id }, { category }) =>
    c.change({
      record: id,
      part: problem,
      command: { type: 'close', category },
      reply: () => said(`${id} is closed`, 'Incidents of it that are still open are told what solved it, and closed.'),
    }),
});

export const endingDoings = [
  unlink,
  defer,
  outcome,
  judging('back-out', 'Back out', 'back-out'),
  judging('keep', 'Keep', 'keep'),
  close,
];
