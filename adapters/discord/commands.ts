/** Discord's application commands, made from the registry; and a command that somebody said, as the registry knows it. Pure. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  type APIChatInputApplicationCommandInteractionData,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import { shortened } from '../../src/chat/card.ts';
import type { RawAnswers } from '../../src/chat/form.ts';
import type { Argument, Command, Registry } from '../../src/chat/registry.ts';
import { DISCORD_LIMITS } from './limits.ts';

type SaidBody = RESTPostAPIChatInputApplicationCommandsJSONBody;
type MenuBody = RESTPostAPIContextMenuApplicationCommandsJSONBody;
export type CommandBody = SaidBody | MenuBody;

/** Channels in which something can be said. */
export const TALKING = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

/** Whether something can be said in a channel of this type. */
export const canTalkIn = (type: ChannelType): boolean => TALKING.some((one) => one === type);

/** Characters that an argument's text may have. */
const LONGEST_VALUE = 3000;

/**
 * All commands as Discord registers them: `rfc new` is a subcommand, `bellman role grant` one in a group. In a server only where
 * `everywhere` is false, else in direct messages too. Throws on a name of more than three words, which Discord cannot hold.
 */
export function commandBodies(registry: Registry, everywhere: boolean): SaidBody[] {
  return registry.roots.map((root) => {
    const mine = registry.commands.filter(({ name }) => name === root || name.startsWith(`${root} `));
    const bare = mine.find(({ name }) => name === root);
    return {
      type: ApplicationCommandType.ChatInput,
      name: root,
      description: bare ? described(bare.help) : `What Bellman does after /${root}`,
      options: bare ? optionsOf(bare) : below(mine),
      ...contexts(everywhere),
    };
  });
}

/** What stands in the menu of any message. */
export const menuBodies = (registry: Registry, everywhere: boolean): MenuBody[] =>
  registry.shortcuts.map(({ label }) => ({ type: ApplicationCommandType.Message, name: label, ...contexts(everywhere) }));

const contexts = (everywhere: boolean) =>
  everywhere ? { contexts: [InteractionContextType.Guild, InteractionContextType.BotDM] } : {};

function below(
  commands: readonly Command[],
): (APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption)[] {
  const made = new Map<string, APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption>();
  for (const command of commands) {
    const [root = '', second = '', third, ...more] = command.name.split(' ');
    if (more.length > 0) throw new Error(`/${command.name} has more than three words; Discord holds three`);
    if (third === undefined) made.set(second, subcommand(second, command));
    else {
      const known = made.get(second);
      const group = known?.type === ApplicationCommandOptionType.SubcommandGroup ? known : groupOf(root, second);
      group.options?.push(subcommand(third, command));
      made.set(second, group);
    }
  }
  return [...made.values()];
}

const groupOf = (root: string, name: string): APIApplicationCommandSubcommandGroupOption => ({
  type: ApplicationCommandOptionType.SubcommandGroup,
  name,
  description: `What Bellman does after /${root} ${name}`,
  options: [],
});

const subcommand = (name: string, command: Command): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name,
  description: described(command.help),
  options: optionsOf(command),
});

/** Discord wants the required ones first; the values come back by name. */
function optionsOf({ args }: Command): APIApplicationCommandBasicOption[] {
  const all = Object.entries(args);
  return [...all.filter(([, { optional }]) => !optional), ...all.filter(([, { optional }]) => optional)].map(([name, argument]) =>
    optionOf(name, argument),
  );
}

function optionOf(name: string, argument: Argument<unknown>): APIApplicationCommandBasicOption {
  const shared = { name: optionName(name), description: described(argument.help), required: !argument.optional };
  switch (argument.kind) {
    case 'person':
      return { ...shared, type: ApplicationCommandOptionType.User };
    case 'channel':
      return { ...shared, type: ApplicationCommandOptionType.Channel, channel_types: [...TALKING] };
    case 'choice':
      return { ...shared, type: ApplicationCommandOptionType.String, ...choicesOf(argument) };
    case 'audience':
      return { ...shared, type: ApplicationCommandOptionType.String, autocomplete: true };
    case 'record':
    case 'records':
    case 'people':
    case 'destination':
    case 'destinations':
    case 'word':
    case 'text':
    case 'time':
    case 'span':
      return { ...shared, type: ApplicationCommandOptionType.String, max_length: LONGEST_VALUE };
    default:
      return argument.kind satisfies never;
  }
}

/** More choices than Discord lists are written as text; the registry's own check says what is allowed. */
function choicesOf({ choices = [] }: Argument<unknown>) {
  if (choices.length === 0 || choices.length > DISCORD_LIMITS.options) return {};
  return { choices: choices.map((value) => ({ name: value, value })) };
}

/** `dueAt` is `due-at` in Discord, which knows no capitals. */
const optionName = (argument: string): string => argument.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

const described = (help: string): string =>
  shortened(help.charAt(0).toUpperCase() + help.slice(1), DISCORD_LIMITS.description) || 'Bellman';

/** What somebody said: the command's name, and its arguments as text, people and channels as mentions. */
export function saidCommand(
  data: Pick<APIChatInputApplicationCommandInteractionData, 'name' | 'options'>,
  registry: Registry,
): { readonly name: string; readonly input: RawAnswers } {
  const words = [data.name];
  let options: readonly APIApplicationCommandInteractionDataOption[] = data.options ?? [];
  for (let nested = nestedIn(options); nested; nested = nestedIn(options)) {
    words.push(nested.name);
    options = nested.options ?? [];
  }
  const name = words.join(' ');
  const given = new Map(options.map((option) => [option.name, option]));
  const input: Record<string, string> = {};
  for (const argument of Object.keys(registry.command(name)?.args ?? {})) {
    const option = given.get(optionName(argument));
    // What is nested was unfolded above.
    if (option) input[argument] = written(option as APIApplicationCommandInteractionDataBasicOption);
  }
  return { name, input };
}

function nestedIn(options: readonly APIApplicationCommandInteractionDataOption[]) {
  const [first] = options;
  return first?.type === ApplicationCommandOptionType.Subcommand || first?.type === ApplicationCommandOptionType.SubcommandGroup
    ? first
    : undefined;
}

function written(option: APIApplicationCommandInteractionDataBasicOption): string {
  if (option.type === ApplicationCommandOptionType.User) return `<@${option.value}>`;
  if (option.type === ApplicationCommandOptionType.Channel) return `<#${option.value}>`;
  return String(option.value).trim();
}

/** The command as a line of words, for a button that opens its form: what has blanks in quotes. */
export function lineOf(name: string, input: RawAnswers, registry: Registry): string {
  const values = Object.entries(registry.command(name)?.args ?? {}).flatMap(([argument, { keyword }]) => {
    const value = input[argument];
    if (value === undefined) return [];
    return [...(keyword ? [keyword] : []), /\s/u.test(value) ? `"${value.replaceAll('"', "'")}"` : value];
  });
  return [name, ...values].join(' ');
}

/** Whether what is registered is what we would register: compared in what we set, since Discord adds more. */
export function sameCommands(registered: readonly unknown[], wanted: readonly CommandBody[]): boolean {
  const shape = (commands: readonly unknown[]) => JSON.stringify(commands.map((one) => shapeOf(one)).sort(byName));
  return shape(registered) === shape(wanted);
}

interface Shape {
  readonly name: string;
  readonly rest: readonly unknown[];
}

const byName = (a: Shape, b: Shape): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function shapeOf(thing: unknown): Shape {
  const { name, description, type, required, options, choices, contexts, max_length, channel_types, autocomplete } =
    thing as Partial<Record<string, unknown>>;
  const parts = (list: unknown) => (Array.isArray(list) ? list : []);
  return {
    name: String(name),
    rest: [
      // Discord gives what stands in the menu of messages an empty one.
      description ?? '',
      type ?? ApplicationCommandType.ChatInput,
      required === true,
      autocomplete === true,
      max_length ?? null,
      [...parts(channel_types)].sort(),
      contexts === undefined || contexts === null ? null : [...parts(contexts)].sort(),
      parts(choices).map(({ name: label, value }: { name: unknown; value: unknown }) => [label, value]),
      parts(options).map((option) => shapeOf(option)),
    ],
  };
}
