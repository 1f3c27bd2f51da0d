import { optionKind } from '../checks/commands.ts';
import { type Fields, fieldsOf, isFields, lengthOf, objectsOf, textOrEmpty } from '../world/json.ts';
import type { FakeChannel, FakeUser } from '../world/model.ts';
import { channelJson, memberJson, roleJson, userJson } from '../world/wire.ts';
import type { RegisteredCommand, World } from '../world/world.ts';

/** What a person can give for an option of a command or a field of a form. */
export type Given = string | number | boolean | FakeUser | FakeChannel;

/** The people, channels and roles that an interaction names, as the API sends them along. */
export interface Resolved {
  readonly users: Fields;
  readonly members: Fields;
  readonly channels: Fields;
  readonly roles: Fields;
}

/** An empty `resolved`. */
export function nothingResolved(): Resolved {
  return { users: {}, members: {}, channels: {}, roles: {} };
}

/** The `resolved` of an interaction's data, left out when it names nobody. */
export function resolvedPart(resolved: Resolved): Fields {
  const parts = Object.entries(resolved).filter(([, part]) => Object.keys(part).length > 0);
  return parts.length > 0 ? { resolved: Object.fromEntries(parts) } : {};
}

/** Turns a person into their id and notes them in `resolved`. */
export function resolveUser(world: World, given: Given, resolved: Resolved): string {
  const user = typeof given === 'object' && 'isBot' in given ? given : world.user(String(given));
  resolved.users[user.id] = userJson(user);
  const { user: _, ...member } = memberJson(user);
  if (user.isMember) resolved.members[user.id] = { ...member, permissions: '0' };
  return user.id;
}

/** Turns a channel into its id and notes it in `resolved`. */
export function resolveChannel(world: World, given: Given, resolved: Resolved): string {
  const channel = typeof given === 'object' && 'messages' in given ? given : world.channel(String(given));
  resolved.channels[channel.id] = { ...channelJson(world, channel), permissions: '0' };
  return channel.id;
}

/** Turns a role's id or name into its id and notes it in `resolved`; undefined when there is none. */
export function resolveRole(world: World, given: Given, resolved: Resolved): string | undefined {
  const role = [...world.roles.values()].find((each) => each.id === given || each.name === given);
  if (role) resolved.roles[role.id] = roleJson(role);
  return role?.id;
}

/** A person or a role, whichever it is. */
export function resolveMentionable(world: World, given: Given, resolved: Resolved): string {
  return resolveRole(world, given, resolved) ?? resolveUser(world, given, resolved);
}

/** What a person typed, matched with what was registered. */
interface Spoken {
  readonly command: RegisteredCommand;
  /** The subcommand and group around the options, innermost last. */
  readonly path: readonly Fields[];
  readonly declared: readonly Fields[];
}

/** Finds a command by its words: `rfc new`, `/problem list`. Throws when it was not registered. */
export function findSpoken(world: World, words: string): Spoken {
  const [name = '', ...rest] = words.replace(/^\//, '').trim().split(/\s+/);
  const all = [...world.commands.guild, ...world.commands.global].filter((each) => each.type === 1);
  const command = all.find((each) => each.name === name);
  if (!command) throw new Error(`No command /${name} is registered; there are: ${all.map((each) => each.name).join(', ')}`);
  const path: Fields[] = [];
  let declared = objectsOf(command.options);
  for (const word of rest) {
    const next = declared.find((option) => option.name === word && isNesting(option));
    if (!next) throw new Error(`/${name} has no subcommand ${word}; there are: ${names(declared)}`);
    path.push(next);
    declared = objectsOf(next.options);
  }
  if (declared.some(isNesting)) throw new Error(`/${words} cannot be said bare; it wants one of: ${names(declared)}`);
  return { command, path, declared };
}

/** The `data` of a command: its options in the tree that Discord sends. `focused` is the option being typed, for autocomplete. */
export function commandData(world: World, spoken: Spoken, given: Readonly<Record<string, Given>>, focused?: string): Fields {
  const resolved = nothingResolved();
  const { command, path, declared } = spoken;
  const unknown = Object.keys(given).filter((name) => !declared.some((option) => option.name === name));
  if (unknown.length > 0) throw new Error(`/${command.name} has no option ${unknown.join(', ')}; there are: ${names(declared)}`);
  let options: Fields[] = [];
  for (const option of declared) {
    const name = textOrEmpty(option.name);
    const value = given[name];
    if (value === undefined) {
      if (option.required === true && focused === undefined) throw new Error(`/${command.name} wants the option ${name}`);
    } else if (name === focused) {
      if (option.autocomplete !== true) throw new Error(`The option ${name} of /${command.name} offers no choices while typing`);
      options.push({ name, type: option.type, value, focused: true });
    } else {
      options.push({ name, type: option.type, value: valueFor(world, option, value, resolved) });
    }
  }
  for (const around of path.toReversed()) options = [{ name: around.name, type: around.type, options }];
  const guild = world.commands.guild.includes(command) ? { guild_id: world.options.guildId } : {};
  return { id: command.id, name: command.name, type: command.type, options, ...resolvedPart(resolved), ...guild };
}

function valueFor(world: World, option: Fields, given: Given, resolved: Resolved): string | number | boolean {
  switch (option.type) {
    case optionKind.user:
      return resolveUser(world, given, resolved);
    case optionKind.channel:
      return resolveChannel(world, given, resolved);
    case optionKind.role:
      return resolveRole(world, given, resolved) ?? refuse(option, `knows no role ${String(given)}`);
    case optionKind.mentionable:
      return resolveMentionable(world, given, resolved);
    case optionKind.boolean:
      return typeof given === 'boolean' ? given : refuse(option, 'wants true or false');
    case optionKind.integer:
    case optionKind.number:
      return numberOf(option, chosen(option, given));
    case optionKind.string:
      return textIn(option, chosen(option, given));
    default:
      return refuse(option, `is of a kind that the fake cannot fill in (${String(option.type)})`);
  }
}

/** The value of a choice that is named or given by value; without choices, the value itself. */
function chosen(option: Fields, given: Given): unknown {
  const choices = objectsOf(option.choices);
  if (choices.length === 0) return given;
  const choice = choices.find((each) => each.value === given || each.name === given);
  return choice ? choice.value : refuse(option, `has no choice ${String(given)}; there are: ${names(choices)}`);
}

function numberOf(option: Fields, value: unknown): number {
  const whole = option.type === optionKind.integer;
  if (typeof value !== 'number' || (whole && !Number.isInteger(value))) return refuse(option, 'wants a number');
  const { min_value: least, max_value: most } = option;
  if (typeof least === 'number' && value < least) return refuse(option, `wants ${least} or more`);
  if (typeof most === 'number' && value > most) return refuse(option, `wants ${most} or less`);
  return value;
}

function textIn(option: Fields, value: unknown): string {
  if (typeof value !== 'string') return refuse(option, 'wants text');
  const least = typeof option.min_length === 'number' ? option.min_length : 1;
  const most = typeof option.max_length === 'number' ? option.max_length : 6000;
  const length = lengthOf(value);
  return length < least || length > most ? refuse(option, `wants ${least} to ${most} characters`) : value;
}

function isNesting(option: Fields): boolean {
  return option.type === optionKind.subcommand || option.type === optionKind.group;
}

function names(options: readonly unknown[]): string {
  return options
    .filter(isFields)
    .map((option) => textOrEmpty(fieldsOf(option).name))
    .join(', ');
}

function refuse(option: Fields, why: string): never {
  throw new Error(`Discord would not send this: the option ${textOrEmpty(option.name)} ${why}`);
}
