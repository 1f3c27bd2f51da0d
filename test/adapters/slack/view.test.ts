import { describe, expect, test } from 'vitest';
import { answersIn, carriedIn, viewOf } from '../../../adapters/slack/view.ts';
import type { Field, Form } from '../../../src/chat/form.ts';
import { throwing } from '../../../src/chat/overflow.ts';
import type { Names } from '../../../src/chat/port.ts';
import { viewProblems } from '../../fakes/slack/check-view.ts';
import type { Json } from '../../fakes/slack/json.ts';

const names: Names = (person) => (person === 'p9' ? { name: 'Elke' } : { name: person, user: `U${person.slice(1)}` });
const address = { at: 'slack/channel/C1', channel: 'C1', user: 'U1', trigger_id: 't1', response_url: 'https://hooks.example/1' };
const form = (...fields: Field[]): Form => ({
  doing: 'rfc new',
  input: { record: 'RFC-7' },
  title: 'New RFC',
  submit: 'Send',
  sections: fields.map((field) => ({ title: '', fields: [field] })),
});
const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name: 'f',
  label: 'Label',
  kind,
  optional: false,
  ...more,
});
const view = (...fields: Field[]) => {
  const made = viewOf(form(...fields), names, throwing, address);
  expect(viewProblems(JSON.parse(JSON.stringify(made)) as Json, 'modal')).toEqual([]);
  return made;
};
const element = (given: Field) => {
  const [block] = view(given)?.blocks ?? [];
  return block && 'element' in block ? block.element : undefined;
};

describe('a form on Slack', () => {
  test('shows all sections in one dialog, its fields under their labels', () => {
    const made = view(
      field('line', { name: 'title', label: 'Title' }),
      field('paragraph', { name: 'why', label: 'Why', optional: true, hint: 'In a sentence.' }),
    );
    expect(made).toMatchObject({ title: { text: 'New RFC' }, submit: { text: 'Send' } });
    expect(made?.blocks).toMatchObject([
      { type: 'input', block_id: 'title', label: { text: 'Title' }, optional: false, element: { type: 'plain_text_input' } },
      { type: 'input', block_id: 'why', optional: true, hint: { text: 'In a sentence.' }, element: { multiline: true } },
    ]);
  });

  test('carries what it is about and where it was asked for, without the spent trigger', () => {
    const { trigger_id: _, ...kept } = address;
    expect(carriedIn(view(field('line'))?.private_metadata ?? '')).toEqual({
      doing: 'rfc new',
      input: { record: 'RFC-7' },
      address: kept,
    });
  });

  test('leaves out the response address when it would carry too much, and is none when it still does', () => {
    const carrying = (length: number) =>
      viewOf({ ...form(field('line')), input: { reason: 'x'.repeat(length) } }, names, throwing, {
        ...address,
        response_url: `https://hooks.example/${'y'.repeat(200)}`,
      });
    expect(carriedIn(carrying(2800)?.private_metadata ?? '')?.address).not.toHaveProperty('response_url');
    expect(carrying(3000)).toBeUndefined();
  });

  test.each(['', '{}', 'x', '{"doing":1,"input":{},"address":{}}'])('takes %j for no metadata of ours', (metadata) => {
    expect(carriedIn(metadata)).toBeUndefined();
  });

  test('has pickers for choices and people, with what stands in them at first', () => {
    const choices = [
      { value: 'minor', label: 'Minor' },
      { value: 'major', label: 'Major' },
    ];
    expect(element(field('choice', { choices, initial: 'major' }))).toMatchObject({
      type: 'static_select',
      options: [{ value: 'minor' }, { value: 'major' }],
      initial_option: { value: 'major' },
    });
    expect(element(field('person', { initial: 'p1' }))).toMatchObject({ type: 'users_select', initial_user: 'U1' });
    expect(element(field('people', { initial: 'p1, p2' }))).toMatchObject({ initial_users: ['U1', 'U2'] });
    expect(element(field('person'))).not.toHaveProperty('initial_user');
  });

  test('loses nobody who has no account here: the field is a line then', () => {
    const [block] = view(field('people', { initial: 'p1,p9', hint: 'Who reads it.' }))?.blocks ?? [];
    expect(block).toMatchObject({
      hint: { text: 'Who reads it. p9 is Elke.' },
      element: { type: 'plain_text_input', initial_value: '<@U1>, p9' },
    });
  });

  test('shows an example where something has to be written in a certain way', () => {
    expect(element(field('time'))).toMatchObject({ placeholder: { text: 'now, in 30m, tomorrow 22:00 or 2027-01-31 22:00' } });
    expect(element(field('places', { initial: '#cab' }))).toMatchObject({ initial_value: '#cab' });
  });

  test('refuses in tests what is too long for it', () => {
    expect(() => view(field('line', { label: 'L'.repeat(46) }))).toThrow('The label of f has 46, and 45 fit');
    const many = Array.from({ length: 26 }, (_, at) => ({ value: `v${at}`, label: `L${at}` }));
    expect(() => view(field('choice', { choices: many }))).toThrow('The choices of f has 26, and 25 fit');
  });
});

describe('what was filled in', () => {
  const values = (state: object) => answersIn({ values: { f: { answer: state } } } as unknown as Parameters<typeof answersIn>[0]);

  test.each([
    ['text', { type: 'plain_text_input', value: ' as written ' }, ' as written '],
    ['nothing', { type: 'plain_text_input', value: null }, ''],
    ['a choice', { type: 'static_select', selected_option: { value: 'minor' } }, 'minor'],
    ['no choice', { type: 'static_select', selected_option: null }, ''],
    ['a person', { type: 'users_select', selected_user: 'U1' }, 'U1'],
    ['people', { type: 'multi_users_select', selected_users: ['U1', 'U2'] }, 'U1,U2'],
  ])('is read: %s', (_what, state, said) => {
    expect(values(state)).toEqual({ f: said });
  });
});
