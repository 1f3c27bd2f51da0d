import { compact, isObject, type Json, type JsonObject, object, objects, text, words } from './json.ts';

/** What a test may put into a field: text, several values, a number, yes or no, or nothing. */
export type Value = string | number | boolean | null | readonly string[];

/** One thing in a view that a person can fill in, choose or press. */
export type Field = {
  readonly label: string;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: JsonObject;
  readonly input: boolean;
  readonly optional: boolean;
};

/** Looks people and channels up by name, as the pickers of Slack do. */
export type Directory = { user(name: string): string; channel(name: string): string };

/** Everything in these blocks that can be filled in, chosen or pressed, in reading order. */
export function fieldsOf(blocks: readonly JsonObject[]): Field[] {
  return blocks.flatMap((block) => {
    const input = block.type === 'input';
    const elements = input
      ? objects([object(block.element)])
      : [...objects([block.accessory ?? null]), ...(block.type === 'actions' ? objects(block.elements) : [])];
    return elements
      .filter((element) => text(element.action_id) !== '' && element.type !== 'image')
      .map((element) => ({
        label: input ? words(block.label) : words(element.text) || words(element.placeholder) || words(block.text),
        blockId: text(block.block_id),
        actionId: text(element.action_id),
        element,
        input,
        optional: block.optional === true,
      }));
  });
}

/** The field with this label, action id or block id; a label that several have is refused. */
export function fieldNamed(fields: readonly Field[], name: string): Field {
  const labelled = fields.filter((field) => field.label === name);
  if (labelled.length > 1) throw new Error(`${labelled.length} fields are labelled "${name}": name one by its action_id`);
  const found = labelled[0] ?? fields.find((field) => field.actionId === name) ?? fields.find((field) => field.blockId === name);
  if (found !== undefined) return found;
  const known = fields.map((field) => `"${field.label}" (${field.actionId})`).join(', ');
  throw new Error(`Nothing here is called "${name}". There is: ${known || 'nothing at all'}`);
}

function optionsOf(element: JsonObject): JsonObject[] {
  return [...objects(element.options), ...objects(element.option_groups).flatMap((group) => objects(group.options))];
}

function optionNamed(element: JsonObject, name: string): JsonObject {
  const options = optionsOf(element);
  const found = options.find((option) => words(option.text) === name) ?? options.find((option) => text(option.value) === name);
  if (found !== undefined) return found;
  // The options of an external select come from the app; a test picks one by naming it.
  if (text(element.type).includes('external_select')) return { text: { type: 'plain_text', text: name }, value: name };
  throw new Error(`No option "${name}". There is: ${options.map((option) => `"${words(option.text)}"`).join(', ')}`);
}

function richText(value: string): JsonObject {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: value }] }] };
}

function many(value: Value): string[] {
  if (value === null || value === false || value === '') return [];
  return typeof value === 'object' ? [...value] : [String(value)];
}

/** What the state of the element is when a person puts the value into it. */
export function typed(element: JsonObject, value: Value, directory: Directory): JsonObject {
  const type = text(element.type);
  const values = many(value);
  const first = values[0];
  const user = (name: string) => directory.user(name);
  const channel = (name: string) => directory.channel(name);
  const one = (key: string, pick: (name: string) => Json): JsonObject => ({
    type,
    [key]: first === undefined ? null : pick(first),
  });
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
    case 'overflow':
      return one('selected_option', (name) => optionNamed(element, name));
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: values.map((name) => optionNamed(element, name)) };
    case 'checkboxes':
      // A single box is ticked with `true`, as there is nothing to choose between.
      return { type, selected_options: value === true ? optionsOf(element) : values.map((name) => optionNamed(element, name)) };
    case 'users_select':
      return one('selected_user', user);
    case 'multi_users_select':
      return { type, selected_users: values.map(user) };
    case 'conversations_select':
      return one('selected_conversation', channel);
    case 'multi_conversations_select':
      return { type, selected_conversations: values.map(channel) };
    case 'channels_select':
      return one('selected_channel', channel);
    case 'multi_channels_select':
      return { type, selected_channels: values.map(channel) };
    case 'datepicker':
      return one('selected_date', (name) => name);
    case 'timepicker':
      return one('selected_time', (name) => name);
    case 'datetimepicker':
      return one('selected_date_time', Number);
    case 'rich_text_input':
      return first === undefined ? { type } : { type, rich_text_value: richText(first) };
    case 'file_input':
      return { type, files: values.map((id) => ({ id })) };
    default:
      return { type, value: first ?? null };
  }
}

/** The state that the element has when the view opens. */
export function initial(element: JsonObject, openedIn?: string): JsonObject {
  const type = text(element.type);
  const here = element.default_to_current_conversation === true ? openedIn : undefined;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
      return { type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? here ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? (here === undefined ? [] : [here]) };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'rich_text_input':
      return compact({ type, rich_text_value: element.initial_value });
    case 'file_input':
      return { type, files: [] };
    default:
      return { type, value: element.initial_value ?? null };
  }
}

function isEmpty(state: JsonObject): boolean {
  const values = Object.entries(state).flatMap(([key, value]) => (key === 'type' ? [] : [value]));
  return values.every((value) => value === null || value === '' || (Array.isArray(value) && value.length === 0));
}

/** Why Slack itself would not send the form with this state of the field; undefined when it would. */
export function unsendable(field: Field, state: JsonObject): string | undefined {
  if (!field.input) return undefined;
  if (isEmpty(state)) return field.optional ? undefined : `"${field.label}" is required`;
  const value = text(state.value);
  const least = Number(field.element.min_length ?? 0);
  const most = Number(field.element.max_length ?? 3000);
  if (value.length > most) return `"${field.label}" takes at most ${most} characters, not ${value.length}`;
  if (value.length < least) return `"${field.label}" needs at least ${least} characters, not ${value.length}`;
  return undefined;
}

/** What is left of earlier typing when a view changes: Slack keeps it where block and action ids are the same. */
export function keptState(fields: readonly Field[], before: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const field of fields) {
    const state = object(before[field.blockId])[field.actionId];
    if (isObject(state) && state.type === field.element.type)
      kept[field.blockId] = { ...object(kept[field.blockId]), [field.actionId]: state };
  }
  return kept;
}
