/** A form as Slack's dialog, and what was filled in as the answers that the dispatch reads. */
import type { types, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { LIMITS } from '../../src/chat/card.ts';
import { type Field, type Form, type RawAnswers, rawAnswers } from '../../src/chat/form.ts';
import { idsIn } from '../../src/chat/mentions.ts';
import { atMost, type Overflow, within } from '../../src/chat/overflow.ts';
import type { Names, ReplyAddress } from '../../src/chat/port.ts';
import { SLACK_LIMITS } from './limits.ts';

/** The `callback_id` of all our dialogs, and the `action_id` of all their fields. */
export const FORM = 'form';
const ANSWER = 'answer';

/** What a dialog carries along, so that its answers find their command and the reply its way back. */
const carried = z.object({
  doing: z.string(),
  input: rawAnswers,
  draft: z.string().optional(),
  step: z.number().optional(),
  address: z.record(z.string(), z.string()),
});
export type Carried = z.infer<typeof carried>;

/**
 * A form as one dialog. `address` is where it was asked for, and where what is said about it later goes.
 * Undefined when what it must carry along is more than Slack keeps for us.
 */
export function viewOf(form: Form, names: Names, overflow: Overflow, address: ReplyAddress): types.ModalView | undefined {
  const { doing, input: asked, draft, step } = form;
  const { trigger_id: _spent, ...kept } = address;
  const { response_url: _long, ...shorter } = kept;
  const more = { ...(draft === undefined ? {} : { draft }), ...(step === undefined ? {} : { step }) };
  const fitting = [kept, shorter]
    .map((from) => JSON.stringify({ doing, input: asked, ...more, address: from } satisfies Carried))
    .find(({ length }) => length <= SLACK_LIMITS.privateMetadata);
  if (fitting === undefined) return undefined;
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: fitting,
    title: plain(within(form.title, LIMITS.formTitle, 'The title of a form', overflow)),
    submit: plain(within(form.submit, LIMITS.formTitle, 'The button of a form', overflow)),
    close: plain('Cancel'),
    blocks: form.sections.flatMap(({ fields }) => fields.map((field) => input(field, names, overflow))),
  };
}

/** What our dialog carried along; undefined when it is none of ours. */
export function carriedIn(metadata: string): Carried | undefined {
  try {
    return carried.safeParse(JSON.parse(metadata)).data;
  } catch {
    return undefined;
  }
}

/** What stands in the fields: text, the value of a choice, user ids separated by commas. */
export function answersIn(state: ViewOutput['state']): RawAnswers {
  return Object.fromEntries(
    Object.entries(state.values).map(([name, block]) => {
      const field = block[ANSWER];
      const said =
        field?.selected_option?.value ?? field?.selected_user ?? field?.selected_users?.join(',') ?? field?.value ?? '';
      return [name, said];
    }),
  );
}

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });

function input(field: Field, names: Names, overflow: Overflow): types.InputBlock {
  const { element, hint } = elementOf(field, names, overflow);
  const hints = [field.hint, hint].filter((one) => one !== undefined).join(' ');
  return {
    type: 'input',
    block_id: field.name,
    label: plain(within(field.label, LIMITS.fieldLabel, `The label of ${field.name}`, overflow)),
    optional: field.optional,
    element,
    ...(hints === '' ? {} : { hint: plain(within(hints, SLACK_LIMITS.hint, `The hint of ${field.name}`, overflow)) }),
  };
}

interface Shown {
  readonly element: types.InputBlock['element'];
  readonly hint?: string;
}

/** What is written into fields that Slack has no picker for. */
const EXAMPLES = {
  time: 'now, in 30m, tomorrow 22:00 or 2027-01-31 22:00',
  span: '30m, 2h or 1d',
  records: 'INC-1, PRB-2',
  places: '#channel, @person or name@example.org',
} as const;

function elementOf(field: Field, names: Names, overflow: Overflow): Shown {
  switch (field.kind) {
    case 'line':
      return { element: textInput(field, overflow, {}) };
    case 'paragraph':
      return { element: textInput(field, overflow, { multiline: true }) };
    case 'time':
    case 'span':
    case 'records':
    case 'places':
      return { element: textInput(field, overflow, { placeholder: plain(EXAMPLES[field.kind]) }) };
    case 'choice':
      return { element: choice(field, overflow) };
    case 'person':
    case 'people':
      return picker(field, names, overflow);
    default:
      return field.kind satisfies never;
  }
}

function textInput(field: Field, overflow: Overflow, more: Partial<types.PlainTextInput>): types.PlainTextInput {
  const initial = field.initial ?? '';
  return {
    type: 'plain_text_input',
    action_id: ANSWER,
    ...(initial === ''
      ? {}
      : { initial_value: within(initial, SLACK_LIMITS.initialValue, `What stands in ${field.name}`, overflow) }),
    ...more,
  };
}

function choice(field: Field, overflow: Overflow): types.StaticSelect {
  const options = atMost(field.choices ?? [], LIMITS.options, `The choices of ${field.name}`, overflow).map(
    ({ value, label }) => ({
      text: plain(within(label, SLACK_LIMITS.optionLabel, `A choice of ${field.name}`, overflow)),
      value: within(value, SLACK_LIMITS.optionValue, `The value of a choice of ${field.name}`, overflow),
    }),
  );
  const initial = options.find(({ value }) => value === field.initial);
  return { type: 'static_select', action_id: ANSWER, options, ...(initial === undefined ? {} : { initial_option: initial }) };
}

/**
 * A picker of people. Who stands in it at first and has no account here cannot stand in Slack's picker; then it is a line of
 * text in which everybody stands by mention or id, so that nobody drops out of a form only because it was opened.
 */
function picker(field: Field, names: Names, overflow: Overflow): Shown {
  const people = idsIn(field.initial).map((id) => ({ id, ...names(id) }));
  const users = people.flatMap(({ user }) => (user === undefined ? [] : [user]));
  if (users.length < people.length) {
    const initial = people.map(({ id, user }) => (user === undefined ? id : `<@${user}>`)).join(', ');
    const elsewhere = people.filter(({ user }) => user === undefined).map(({ id, name }) => `${id} is ${name}`);
    return { element: textInput({ ...field, initial }, overflow, {}), hint: `${elsewhere.join(', ')}.` };
  }
  const [first] = users;
  if (field.kind === 'people')
    return {
      element: { type: 'multi_users_select', action_id: ANSWER, ...(first === undefined ? {} : { initial_users: users }) },
    };
  return { element: { type: 'users_select', action_id: ANSWER, ...(first === undefined ? {} : { initial_user: first }) } };
}
