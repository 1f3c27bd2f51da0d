/** What whoever calls presses: *Called*, or *No answer*. */
import { maybe, paragraph } from '../chat/form.ts';
import { button } from '../chat/registry.ts';
import { calls as callsPart } from './calls.ts';
import { done } from './showing.ts';

const called = button({
  name: 'comms.called',
  run: (c, { record, value }) =>
    c.change({
      record,
      part: callsPart,
      command: { type: 'called', call: value },
      reply: () => done('Call made', 'It is kept that you called, and the owner knows.'),
    }),
});

const noAnswer = button({
  name: 'comms.no-answer',
  form: {
    title: 'Nobody answered',
    submit: 'Keep',
    fields: { note: maybe(paragraph('Note', { hint: 'For example: engaged, or left word with the porter', most: 500 })) },
  },
  run: (c, { record, value }, { note }) =>
    c.change({
      record,
      part: callsPart,
      command: { type: 'no-answer', call: value, note },
      reply: ({ view }) =>
        view.state(callsPart).calls[value]?.status === 'failed'
          ? done('Given up', 'Nobody answered three times. The owner knows and has the text.')
          : done('Kept', 'I ask you again in ten minutes.'),
    }),
});

export const callButtons = [called, noAnswer];
