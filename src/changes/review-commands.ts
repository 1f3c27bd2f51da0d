/** What change managers press on the card of an RFC that waits for them (C2). */
import { card, text } from '../chat/card.ts';
import { choice, line, maybe, paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, privately } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import { change } from './change.ts';
import { LABELS } from './fields.ts';
import { madeReviewCard } from './notice-cards.ts';
import { changeOf } from './raise.ts';
import { agreedCard } from './review-card.ts';
import { CHANGE_TYPES, type ChangeCommand, PRIORITIES } from './rfc.ts';
import { titled } from './words.ts';

const RIGHT = { right: ['change-manager'] } as const;

const decide = (c: Conversation, record: RecordId, command: ChangeCommand, shown = agreedCard): Promise<Reply> =>
  c.change({ record, part: change, command, reply: ({ view }) => privately(shown(view)) });

const agree = button({
  ...RIGHT,
  name: 'rfc.agree',
  run: (c, { record, value }) => decide(c, record, { type: 'agree', revision: Number(value) }),
});

const confirm = button({
  ...RIGHT,
  name: 'rfc.confirm',
  form: {
    title: 'Standard change',
    submit: 'Agree',
    fields: { reference: maybe(line('Pre-approval reference', { hint: 'left empty, it becomes minor and is voted on' })) },
  },
  run: (c, { record, value }, { reference }) =>
    decide(c, record, { type: 'agree', revision: Number(value), ...(reference === undefined ? {} : { reference }) }),
});

const reclassify = button({
  ...RIGHT,
  name: 'rfc.change',
  form: {
    title: 'Change and agree',
    submit: 'Change and agree',
    fields: {
      priority: choice(LABELS.priority, PRIORITIES),
      category: maybe(line(LABELS.category)),
      type: maybe(choice(LABELS.type, CHANGE_TYPES)),
    },
    initial: async (c, { record }) => {
      const found = await changeOf(c, record);
      if (isRefusal(found)) return found;
      const { priority, category, type } = found.fields;
      return { priority, category, type };
    },
  },
  run: (c, { record, value }, { priority, category = '', type }) => {
    const fields = { priority, category, ...(type === undefined ? {} : { type }) };
    return decide(c, record, { type: 'reclassify', revision: Number(value), fields });
  },
});

const sentBackCard = (view: RecordView) =>
  card(`Sent back: ${titled(view.id, view.state(change))}`, [
    text('Its requester is told what is missing and can submit it again.'),
  ]);

const sendBack = button({
  ...RIGHT,
  name: 'rfc.send-back',
  form: { title: 'Send back', submit: 'Send back', fields: { missing: paragraph('What is missing') } },
  run: (c, { record, value }, { missing }) =>
    decide(c, record, { type: 'send-back', revision: Number(value), missing }, sentBackCard),
});

const openAgain = button({
  ...RIGHT,
  name: 'rfc.open-again',
  run: (c, { record }) => decide(c, record, { type: 'open-again' }),
});

const reviewed = button({
  ...RIGHT,
  name: 'rfc.made-review',
  form: { title: 'Review', submit: 'Record', fields: { findings: paragraph('What the review found') } },
  run: (c, { record }, { findings }) => decide(c, record, { type: 'review-made', findings }, madeReviewCard),
});

export const reviewDoings = [agree, confirm, reclassify, sendBack, openAgain, reviewed];
