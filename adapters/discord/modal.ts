/** A section of a form as a Discord modal, and what was filled in as raw answers. Pure. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  ComponentType,
  type ModalSubmitComponent,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { shortened } from '../../src/chat/card.ts';
import { type Field, type FieldKind, type Form, LIMITS_OF_FIELDS, type RawAnswers } from '../../src/chat/form.ts';
import { idsIn } from '../../src/chat/mentions.ts';
import { atMost, type Overflow, within } from '../../src/chat/overflow.ts';
import type { Names } from '../../src/chat/port.ts';
import { modalKey } from './keys.ts';
import { DISCORD_LIMITS } from './limits.ts';

/** What is written where, for kinds of text that have a way to be written. */
const EXAMPLES: Partial<Record<FieldKind, string>> = {
  time: 'now, in 30m, tomorrow 22:00 or 2027-01-31 22:00',
  span: '30m, 2h or 1d',
  records: 'RFC-1, INC-2',
  places: '#channel, @person or an e-mail address',
};

/** How long lists of records and places may be. */
const LIST_LENGTH = 1000;

/** The step of the form that is to be asked now: its fields, with what stands in them at first. */
export function modal(form: Form, names: Names, overflow: Overflow): APIModalInteractionResponseCallbackData {
  const section = form.sections[(form.step ?? 1) - 1];
  const title = form.sections.length > 1 && section ? `${form.title} (${section.title})` : form.title;
  const fields = atMost(section?.fields ?? [], DISCORD_LIMITS.fieldsAModal, 'a section of a form', overflow);
  return {
    custom_id: within(modalKey(form), DISCORD_LIMITS.customId, 'the key of a form', overflow),
    title: within(title, DISCORD_LIMITS.modalTitle, 'the title of a form', overflow),
    components: fields.map((field) => labelled(field, names, overflow)),
  };
}

function labelled(field: Field, names: Names, overflow: Overflow): APILabelComponent {
  const { description, component } = input(field, names);
  return {
    type: ComponentType.Label,
    label: within(field.label, DISCORD_LIMITS.fieldLabel, 'the label of a field', overflow),
    component,
    ...(description === undefined ? {} : { description: shortened(description, DISCORD_LIMITS.description) }),
  };
}

interface Input {
  readonly component: APILabelComponent['component'];
  readonly description?: string | undefined;
}

function input(field: Field, names: Names): Input {
  switch (field.kind) {
    case 'person':
    case 'people':
      return people(field, names);
    case 'choice':
      return choice(field);
    case 'paragraph':
      return { component: textInput(field, field.most ?? LIMITS_OF_FIELDS.paragraph, TextInputStyle.Paragraph) };
    case 'line':
      return { component: textInput(field, field.most ?? LIMITS_OF_FIELDS.line) };
    case 'time':
    case 'span':
      return { component: textInput(field, field.most ?? LIMITS_OF_FIELDS.line) };
    case 'records':
    case 'places':
      return { component: textInput(field, field.most ?? LIST_LENGTH) };
    default:
      return field.kind satisfies never;
  }
}

function textInput({ name, kind, optional, hint, initial = '' }: Field, most: number, style = TextInputStyle.Short) {
  const placeholder = hint ?? EXAMPLES[kind];
  // What stands in the field is never cut: where it is too long already, the person sees all of it, and is told when sending.
  const length = Math.min(Math.max(most, initial.length), DISCORD_LIMITS.textInput);
  return {
    type: ComponentType.TextInput as const,
    custom_id: name,
    style,
    required: !optional,
    max_length: length,
    ...(initial === '' ? {} : { value: shortened(initial, DISCORD_LIMITS.textInput) }),
    ...(placeholder === undefined ? {} : { placeholder: shortened(placeholder, DISCORD_LIMITS.placeholder) }),
  };
}

function choice(field: Field): Input {
  const { name, choices = [], optional, hint, initial } = field;
  if (choices.length === 0 || choices.length > DISCORD_LIMITS.options)
    return {
      component: textInput(field, LIMITS_OF_FIELDS.line),
      description: choices.map(({ label }) => label).join(', ') || undefined,
    };
  const chosen = choices.find(({ value }) => value === initial) ?? choices.find(({ label }) => label === initial);
  return {
    description: hint,
    component: {
      type: ComponentType.StringSelect,
      custom_id: name,
      required: !optional,
      min_values: optional ? 0 : 1,
      max_values: 1,
      options: choices.map((one) => ({
        value: one.value,
        label: shortened(one.label, DISCORD_LIMITS.optionText),
        default: one === chosen,
      })),
    },
  };
}

/**
 * People are chosen from the server's members. Discord cannot show somebody who is not on it, so a field in which such a person
 * stands is text, with their name beside it: leaving it as it is keeps them.
 */
function people(field: Field, names: Names): Input {
  const standing = idsIn(field.initial).map((id) => ({ id, user: userIn(id, names), name: names(id).name }));
  const most = field.kind === 'person' ? 1 : DISCORD_LIMITS.options;
  const elsewhere = standing.filter(({ user }) => user === undefined);
  if (elsewhere.length > 0 || standing.length > most) {
    const initial = standing.map(({ id, user }) => (user === undefined ? id : `<@${user}>`)).join(', ');
    const who = elsewhere.map(({ id, name }) => `${id} is ${name}`).join(', ');
    return {
      component: textInput({ ...field, initial }, LIST_LENGTH),
      description: who === '' ? undefined : `${who}, not on Discord`,
    };
  }
  return {
    description: field.hint,
    component: {
      type: ComponentType.UserSelect,
      custom_id: field.name,
      required: !field.optional,
      min_values: field.optional ? 0 : 1,
      max_values: most,
      default_values: standing.map(({ user = '' }) => ({ id: user, type: SelectMenuDefaultValueType.User })),
    },
  };
}

/** The user of somebody in a field: one of our own person ids, or a mention from an earlier step. */
function userIn(id: string, names: Names): string | undefined {
  const [, mentioned] = /^<@!?(\d+)>$/u.exec(id) ?? [];
  return mentioned ?? names(id).user;
}

/** What was filled in, by the names of the fields: chosen people as mentions, separated by commas. */
export function answersIn(submission: Pick<APIModalSubmission, 'components'>): RawAnswers {
  const parts = submission.components.flatMap((part) => {
    if ('component' in part) return [part.component];
    return 'components' in part ? part.components : [];
  });
  return Object.fromEntries(parts.map((part) => [part.custom_id, answer(part)]));
}

function answer(part: ModalSubmitComponent): string {
  switch (part.type) {
    case ComponentType.TextInput:
      return part.value;
    case ComponentType.UserSelect:
      return part.values.map((user) => `<@${user}>`).join(',');
    case ComponentType.StringSelect:
      return part.values.join(',');
    default:
      // Our forms have no other fields.
      return '';
  }
}
