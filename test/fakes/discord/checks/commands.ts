import { type Fields, fieldsOf, lengthOf, listOf, textOrEmpty } from '../world/json.ts';
import { Form, type Path } from './form.ts';

const COMMANDS = 100;
const CONTEXT_COMMANDS = 15;
const NAME = 32;
const DESCRIPTION = 100;
const OPTIONS = 25;
const CHOICES = 25;
const CHOICE = 100;
const IN_ALL = 8000;
const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** The numbers by which Discord's API calls the kinds of options. */
export const optionKind = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

const SLASH = 1;

/** Checks a whole list of commands, as `PUT .../commands` takes it. */
export function checkCommands(commands: readonly unknown[]): void {
  const form = new Form();
  const names = new Set<string>();
  const slashes = commands.filter((each) => (fieldsOf(each).type ?? SLASH) === SLASH).length;
  if (slashes > COMMANDS || commands.length - slashes > 2 * CONTEXT_COMMANDS) {
    form.wrong([], 'APPLICATION_COMMANDS_MAX', `Maximum number of application commands reached (${COMMANDS}).`);
  }
  for (const [index, each] of commands.entries()) {
    const command = fieldsOf(each);
    checkCommand(form, command, [index]);
    const key = `${String(command.type ?? SLASH)} ${textOrEmpty(command.name)}`;
    if (names.has(key)) {
      form.wrong([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    names.add(key);
  }
  form.done();
}

/** Checks one command, as `POST .../commands` takes it. */
export function checkOneCommand(command: Fields): void {
  const form = new Form();
  checkCommand(form, command, []);
  form.done();
}

function checkCommand(form: Form, command: Fields, path: Path): void {
  if ((command.type ?? SLASH) !== SLASH) {
    form.text(command.name, [...path, 'name'], 1, NAME);
    if (command.description) form.wrong([...path, 'description'], 'BASE_TYPE_MUST_BE_EMPTY', 'Must be empty');
    return;
  }
  checkName(form, command, path);
  form.text(command.description, [...path, 'description'], 1, DESCRIPTION);
  checkOptions(form, command.options, path, 0);
  if (countText(command) > IN_ALL) {
    form.wrong(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${IN_ALL})`);
  }
}

function checkName(form: Form, named: Fields, path: Path): void {
  const name = form.text(named.name, [...path, 'name'], 1, NAME);
  if (name === undefined) return;
  if (!SLASH_NAME.test(name) || name !== name.toLowerCase()) {
    form.wrong([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

/** Depth 0 is the command itself, 1 a group, 2 a subcommand. */
function checkOptions(form: Form, value: unknown, path: Path, depth: number): void {
  const options = form.list(value, [...path, 'options'], 0, OPTIONS).map(fieldsOf);
  const nested = options.filter((option) => isNesting(option.type));
  if (nested.length > 0 && nested.length < options.length) {
    const message = 'Sub-commands and sub-command groups cannot be mixed with other options';
    form.wrong([...path, 'options'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
  }
  const names = new Set<unknown>();
  let optionalSeen = false;
  for (const [index, option] of options.entries()) {
    const here = [...path, 'options', index];
    checkName(form, option, here);
    form.text(option.description, [...here, 'description'], 1, DESCRIPTION);
    form.whole(option.type ?? Number.NaN, [...here, 'type'], 1, optionKind.attachment);
    if (names.has(option.name)) {
      form.wrong([...here, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
    }
    names.add(option.name);
    if (isNesting(option.type)) {
      checkNesting(form, option, here, depth);
    } else {
      if (depth === 1) form.wrong([...here, 'type'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group holds sub-commands');
      if (option.required === true && optionalSeen) {
        const message = 'Required options must be placed before non-required options';
        form.wrong(here, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
      }
      optionalSeen ||= option.required !== true;
      checkValues(form, option, here);
    }
  }
}

function checkNesting(form: Form, option: Fields, path: Path, depth: number): void {
  const isGroup = option.type === optionKind.group;
  if (depth === 2 || (isGroup && depth > 0)) {
    form.wrong([...path, 'type'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-command option type is invalid here');
    return;
  }
  if (isGroup && listOf(option.options).length === 0) {
    form.wrong([...path, 'options'], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  checkOptions(form, option.options, path, isGroup ? 1 : 2);
}

function checkValues(form: Form, option: Fields, path: Path): void {
  const choices = form.list(option.choices, [...path, 'choices'], 0, CHOICES).map(fieldsOf);
  const names = new Set<unknown>();
  for (const [index, choice] of choices.entries()) {
    const here = [...path, 'choices', index];
    form.text(choice.name, [...here, 'name'], 1, CHOICE);
    if (option.type === optionKind.string) form.text(choice.value, [...here, 'value'], 1, CHOICE);
    if (names.has(choice.name)) {
      form.wrong(
        [...here, 'name'],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
        'Option choice name already exists',
      );
    }
    names.add(choice.name);
  }
  if (choices.length > 0 && option.autocomplete === true) {
    const message = 'Choices and autocomplete are mutually exclusive';
    form.wrong(path, 'APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED', message);
  }
  form.whole(option.min_length, [...path, 'min_length'], 0, 6000);
  form.whole(option.max_length, [...path, 'max_length'], 1, 6000);
}

function isNesting(type: unknown): boolean {
  return type === optionKind.subcommand || type === optionKind.group;
}

/** Discord counts the names, descriptions and choice values of a command and of everything in it. */
function countText(part: Fields): number {
  const own = [part.name, part.description, part.value].reduce<number>((sum, text) => sum + lengthOf(textOrEmpty(text)), 0);
  const inner = [...listOf(part.options), ...listOf(part.choices)].map(fieldsOf);
  return inner.reduce((sum, each) => sum + countText(each), own);
}
