/** What people can say and press to raise, edit and take back an RFC (C1). */
import { type Card, card, text } from '../chat/card.ts';
import { time } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aRecord, button, type Conversation, command, privately } from '../chat/registry.ts';
import { timeWords } from '../chat/time-words.ts';
import type { RecordView } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { ballot } from './ballot.ts';
import { change } from './change.ts';
import { CLOSED } from './edit.ts';
import {
  alreadyFields,
  copyOf,
  editFields,
  editOf,
  emergencyFields,
  type FormAnswers,
  fieldsOf,
  initialOf,
  mended,
  rfcFields,
  type ShortAnswers,
  shortFieldsOf,
} from './forms.ts';
import { type Change, type ChangeEvent, type Fields, isTheirs, openReview, type Way } from './rfc.ts';
import { standsCard, whereItStands } from './rfc-card.ts';
import { present } from './round.ts';
import { labels, titled } from './words.ts';

export const rfc = aRecord('the RFC, for example RFC-1', 'RFC');

/** The RFC as it stands, or the refusal that there is none. */
export async function changeOf(c: Conversation, record: RecordId): Promise<Change | Refusal> {
  const view = await c.view(record);
  const found = view?.state(change);
  return found && found.revision > 0 ? found : refuse('unknown-record', { record });
}

/** The window with its day and zone, as the asker's own zone has it. */
const windowIn = ({ start, end }: Fields, zone: string): string =>
  end === undefined ? `from ${timeWords(start, zone)}` : `${timeWords(start, zone)} to ${timeWords(end, zone)}`;

const raise = (c: Conversation, way: Way, fields: Fields, reply: (view: RecordView) => Card): Promise<Reply> =>
  c.change({
    record: { raise: 'RFC' },
    part: change,
    command: { type: 'raise', way, fields },
    reply: ({ view }) => privately(reply(view)),
  });

async function raiseDraft(c: Conversation, answers: FormAnswers): Promise<Reply> {
  const fields = fieldsOf(answers, c.me);
  return (await mended(c, fields, 'ahead')) ?? raise(c, 'form', fields, (view) => draftCard(view, c.asker.timeZone));
}

const draftCard = (view: RecordView, zone: string): Card => {
  const { fields } = view.state(change);
  return card(
    `${view.id} is a draft: ${fields.title}`,
    [
      text('Window: ', windowIn(fields, zone), '.'),
      text(
        'You have its card in direct messages. When it is complete, press Submit there or say ',
        { code: `/rfc submit ${view.id}` },
        '.',
      ),
    ],
    { summary: `${view.id} is a draft. Window: ${windowIn(fields, zone)}. Submit it when it is complete.` },
  );
};

/** What whoever used a short form reads: where it went, or why it could not. */
const shortCard = (view: RecordView, zone: string): Card => {
  const rfc = view.state(change);
  const round = present(view.state(ballot));
  const went = round
    ? [
        text(
          `${round.board} votes in `,
          { place: round.place },
          ' until ',
          { time: round.deadline },
          '. Its members are asked now.',
        ),
      ]
    : whereItStands(view);
  return card(
    `${titled(view.id, rfc)}`,
    [
      text(rfc.way === 'already' ? 'Recorded as made at ' : 'Emergency change, start ', timeWords(rfc.fields.start, zone), '.'),
      ...went,
      text('Before it can be closed it needs a Risk and an End: ', { code: `/rfc edit ${view.id}` }, '.'),
    ],
    {
      tone: openReview(rfc)?.stuck ? 'warning' : 'info',
      summary: `${view.id} ${round ? `is with ${round.board}` : 'could not go to its board'}`,
    },
  );
};

const newRfc = command({
  name: 'rfc new',
  help: 'Raise a change: a draft that you submit when it is complete.',
  args: {},
  form: { title: 'New RFC', submit: 'Save draft', fields: rfcFields },
  run: (c, _values, answers) => raiseDraft(c, answers),
});

const copy = command({
  name: 'rfc copy',
  help: 'Raise a change like an earlier one, with another window.',
  args: { rfc },
  form: {
    title: 'Copy RFC',
    submit: 'Save draft',
    fields: rfcFields,
    initial: async (c, values) => {
      const found = await changeOf(c, values.rfc);
      return isRefusal(found) ? found : copyOf(found.fields, c.asker.timeZone);
    },
  },
  run: (c, _values, answers) => raiseDraft(c, answers),
});

async function raiseShort(c: Conversation, way: 'short' | 'already', answers: ShortAnswers): Promise<Reply> {
  const fields = shortFieldsOf(answers, c.me);
  const wrong = await mended(c, fields, way === 'short' ? 'ahead' : 'past', { links: 'incident' });
  return wrong ?? raise(c, way, fields, (view) => shortCard(view, c.asker.timeZone));
}

const emergency = command({
  name: 'rfc emergency',
  help: 'Ask the emergency board for a change at once; the rest of the form is asked for later.',
  args: {},
  form: { title: 'Emergency change', submit: 'Ask the ECAB', fields: emergencyFields },
  run: (c, _values, answers) => raiseShort(c, 'short', answers),
});

const already = command({
  name: 'rfc already',
  help: 'Record a change that was made before anybody could approve it.',
  args: {},
  form: { title: 'Change made already', submit: 'Record', fields: alreadyFields },
  run: (c, _values, answers) => raiseShort(c, 'already', answers),
});

/** Only whose RFC it is gets its form; what the RFC's state forbids is told before anything is written. */
async function editInitial(c: Conversation, record: RecordId) {
  const found = await changeOf(c, record);
  if (isRefusal(found)) return found;
  if (!isTheirs(found, c.me))
    return refuse('not-your-rfc', { record, people: [...new Set([found.requester, found.fields.owner])] });
  return CLOSED.has(found.status)
    ? refuse('rfc-closed', { record, status: found.status })
    : initialOf(found.fields, c.asker.timeZone);
}

async function saveEdit(c: Conversation, record: RecordId, answers: FormAnswers, submit: boolean): Promise<Reply> {
  const before = await changeOf(c, record);
  if (isRefusal(before)) return c.refused(before);
  const fields = editOf(answers, before.fields, before.requester, c.asker.timeZone);
  const added = (fields.links ?? []).filter((link) => !before.fields.links.includes(link));
  const wrong = await mended(c, { ...before.fields, ...fields, links: added, type: 'minor' }, 'any');
  return (
    wrong ??
    c.change({
      record,
      part: change,
      command: { type: 'edit', fields, submit },
      reply: ({ view, events }) => privately(editedReply(view, events, c.asker.timeZone)),
    })
  );
}

function editedReply(view: RecordView, events: readonly { readonly type: string }[], zone: string): Card {
  const found = view.state(change);
  // The journal's events of this part are those that its own rules made.
  const edit = events.find((event): event is Extract<ChangeEvent, { type: 'edited' }> => event.type === 'edited');
  const submitted = events.some(({ type }) => type === 'submitted');
  const title = titled(view.id, found);
  if (!edit && !submitted) return card(`Nothing changed: ${title}`, [text('It says what it said before.')]);
  return card(
    `${edit ? 'Saved' : 'Submitted'}: ${title}`,
    [
      text(
        ...(edit ? [`Changed: ${labels(edit.changed)}. `] : []),
        `Window: ${windowIn(found.fields, zone)}.`,
        ...(edit && edit.material.length > 0 && edit.was === 'voting' ? [' The ballot is void; its voters are told why.'] : []),
        ...(edit && edit.material.length > 0 && edit.was === 'approved' ? [' Its approval no longer holds.'] : []),
      ),
      ...whereItStands(view),
      ...(found.status === 'draft' ? [text('To submit it: ', { code: `/rfc submit ${view.id}` }, '.')] : []),
    ],
    { tone: 'info' },
  );
}

const editForm = { title: 'Edit RFC', fields: editFields } as const;

const edit = command({
  name: 'rfc edit',
  help: 'Change what an RFC says; what was voted on or approved may have to be again.',
  args: { rfc },
  form: { ...editForm, submit: 'Save', initial: (c, values) => editInitial(c, values.rfc) },
  run: (c, values, answers) => saveEdit(c, values.rfc, answers, false),
});

const pressEdit = button({
  name: 'rfc.edit',
  form: { ...editForm, submit: 'Save', initial: (c, { record }) => editInitial(c, record) },
  run: (c, { record }, answers) => saveEdit(c, record, answers, false),
});

const resubmit = button({
  name: 'rfc.resubmit',
  form: { ...editForm, submit: 'Save and submit', initial: (c, { record }) => editInitial(c, record) },
  run: (c, { record }, answers) => saveEdit(c, record, answers, true),
});

const move = button({
  name: 'rfc.move',
  form: {
    title: 'Move window',
    submit: 'Move',
    fields: { start: time('Start', { hint: 'the approval ends; it is reviewed and voted on again' }), end: time('End') },
    initial: async (c, { record }) => {
      const found = await editInitial(c, record);
      return isRefusal(found) ? found : { start: found.start ?? '', ...(found.end === undefined ? {} : { end: found.end }) };
    },
  },
  run: (c, { record }, { start, end }) =>
    c.change({
      record,
      part: change,
      command: { type: 'edit', fields: { start, end } },
      reply: ({ view, events }) => privately(editedReply(view, events, c.asker.timeZone)),
    }),
});

const send = (c: Conversation, record: RecordId, type: 'submit' | 'withdraw' | 'cancel'): Promise<Reply> =>
  c.change({ record, part: change, command: { type }, reply: ({ view }) => privately(standsCard(view)) });

const submit = command({
  name: 'rfc submit',
  help: 'Submit your draft: the change managers review it.',
  args: { rfc },
  run: (c, values) => send(c, values.rfc, 'submit'),
});

const withdraw = command({
  name: 'rfc withdraw',
  help: 'Take back your RFC before it is decided.',
  args: { rfc },
  run: (c, values) => send(c, values.rfc, 'withdraw'),
});

const cancel = command({
  name: 'rfc cancel',
  help: 'Cancel an approved RFC that has not started.',
  args: { rfc },
  run: (c, values) => send(c, values.rfc, 'cancel'),
});

export const raiseDoings = [
  newRfc,
  copy,
  emergency,
  already,
  edit,
  pressEdit,
  resubmit,
  move,
  submit,
  withdraw,
  cancel,
  button({ name: 'rfc.submit', run: (c, { record }) => send(c, record, 'submit') }),
  button({ name: 'rfc.withdraw', run: (c, { record }) => send(c, record, 'withdraw') }),
  button({ name: 'rfc.cancel', run: (c, { record }) => send(c, record, 'cancel') }),
];
