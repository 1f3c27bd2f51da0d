import { ComponentType, TextInputStyle } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttonKey, modalKey, openedOf, pressOf } from '../../../adapters/discord/keys.ts';
import { answersIn, modal } from '../../../adapters/discord/modal.ts';
import type { Field, Form } from '../../../src/chat/form.ts';
import { throwing } from '../../../src/chat/overflow.ts';

const names = (person: string) => (person === 'p1' ? { name: 'Anna', user: '2001' } : { name: 'Elke' });
const field = (more: Partial<Field>): Field => ({ name: 'x', label: 'X', kind: 'line', optional: false, ...more });
const formOf = (...fields: readonly Field[]): Form => ({
  doing: 'rfc edit',
  input: { record: 'RFC-1' },
  title: 'Edit',
  submit: 'Save',
  sections: [{ title: '1 of 1', fields }],
});
const shown = (one: Field) => {
  const [part] = modal(formOf(one), names, throwing).components;
  if (part?.type !== ComponentType.Label) throw new Error('Not a label');
  return part;
};

describe('keys', () => {
  test('a button’s key comes back as it was, whatever its value', () => {
    const press = { action: 'form.open', record: '', value: 'rfc link RFC-1 "a|b"' };
    expect(pressOf(buttonKey(press))).toEqual(press);
    expect(pressOf('x|RFC-1')).toEqual({ action: 'x', record: 'RFC-1' });
  });

  test('a form’s key carries what it is about, or where that is kept', () => {
    const input = { record: 'RFC-1', value: 'a&b=c|d é' };
    expect(openedOf(modalKey({ doing: 'ballot.reject', input }))).toEqual({ doing: 'ballot.reject', input, step: 1 });
    expect(openedOf(modalKey({ doing: 'rfc new', input, draft: 'abc', step: 3 }))).toEqual({
      doing: 'rfc new',
      input: {},
      draft: 'abc',
      step: 3,
    });
  });
});

describe('a field', () => {
  test('of text has its length, its hint, and what stands in it', () => {
    expect(shown(field({ hint: 'In one line.' })).component).toEqual({
      type: ComponentType.TextInput,
      custom_id: 'x',
      style: TextInputStyle.Short,
      required: true,
      max_length: 150,
      placeholder: 'In one line.',
    });
    expect(shown(field({ kind: 'paragraph', optional: true, initial: 'so far' })).component).toMatchObject({
      style: TextInputStyle.Paragraph,
      required: false,
      value: 'so far',
      max_length: 3000,
    });
    expect(shown(field({ kind: 'time' })).component).toMatchObject({ placeholder: expect.stringContaining('tomorrow 22:00') });
  });

  test('that stands too long already is shown whole', () => {
    expect(shown(field({ initial: 'a'.repeat(200) })).component).toMatchObject({ value: 'a'.repeat(200), max_length: 200 });
  });

  test('of choices is a list, of very many a text that names them', () => {
    const choices = [
      { value: 'low', label: 'Low' },
      { value: 'high', label: 'High' },
    ];
    expect(shown(field({ kind: 'choice', choices, initial: 'high' })).component).toMatchObject({
      type: ComponentType.StringSelect,
      min_values: 1,
      options: [
        { value: 'low', default: false },
        { value: 'high', default: true },
      ],
    });
    const many = Array.from({ length: 30 }, (_, at) => ({ value: `v${at}`, label: `V${at}` }));
    const part = shown(field({ kind: 'choice', choices: many }));
    expect(part.component.type).toBe(ComponentType.TextInput);
    expect(part.description).toContain('V0, V1');
    expect(part.description?.length).toBeLessThanOrEqual(100);
  });

  test('of people is chosen from the server; those who stand in it are chosen already, by person or by mention', () => {
    expect(shown(field({ kind: 'people', optional: true, initial: 'p1, <@2002>' })).component).toMatchObject({
      type: ComponentType.UserSelect,
      min_values: 0,
      max_values: 25,
      default_values: [
        { id: '2001', type: 'user' },
        { id: '2002', type: 'user' },
      ],
    });
    expect(shown(field({ kind: 'person' })).component).toMatchObject({ min_values: 1, max_values: 1 });
  });

  test('in which somebody stands who is not on Discord is text, so that leaving it keeps them', () => {
    const part = shown(field({ kind: 'people', initial: 'p1,p9' }));
    expect(part.component).toMatchObject({ type: ComponentType.TextInput, value: '<@2001>, p9' });
    expect(part.description).toBe('p9 is Elke, not on Discord');
  });

  test('over a limit is a mistake in tests', () => {
    expect(() => shown(field({ label: 'L'.repeat(46) }))).toThrow('45 fit');
    expect(() => modal({ ...formOf(), input: { text: 'x'.repeat(100) } }, names, throwing)).toThrow('100 fit');
  });
});

test('what was filled in comes back as raw answers', () => {
  const label = (component: object) => ({ type: ComponentType.Label as const, id: 1, component });
  const submission = {
    components: [
      label({ type: ComponentType.TextInput, custom_id: 'title', value: ' a ', id: 2 }),
      label({ type: ComponentType.UserSelect, custom_id: 'people', values: ['1', '2'], id: 3 }),
      label({ type: ComponentType.StringSelect, custom_id: 'kind', values: [], id: 4 }),
    ],
  } as Parameters<typeof answersIn>[0];
  expect(answersIn(submission)).toEqual({ title: ' a ', people: '<@1>,<@2>', kind: '' });
});
