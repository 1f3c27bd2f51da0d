/** What can be said next: completion of commands and their arguments, made from the registry. */
import { type Argument, type Command, type Registry, usage } from '../../src/chat/registry.ts';

/** One thing to choose. `text` is the whole line as it stands when it is chosen. */
export interface Completion {
  readonly text: string;
  readonly label: string;
  /** How a command's arguments are written; empty where there are none. */
  readonly args: string;
  readonly help: string;
}

export interface Completions {
  readonly items: readonly Completion[];
  /** How the command that was begun is written, and what comes next. */
  readonly hint: string;
}

/** What the console knows that can stand in an argument. */
export interface Known {
  readonly people: readonly { readonly handle: string; readonly name: string; readonly title: string }[];
  readonly channels: readonly string[];
  /** Keys of the audiences that there are. */
  readonly audiences: readonly string[];
  /** Record ids seen of late, newest first. */
  readonly records: readonly string[];
}

const MOST = 12;
const NOTHING: Completions = { items: [], hint: '' };
/** What stands before the words of a command: a slash, or Bellman's name. `/bellman` may stand before every command. */
const LEAD = /^\s*(\/bellman\s+|@bellman[\s,:]+|\/)/i;

/** Completes a line that begins with `/` or `@bellman`; anything else is plain text and has no completions. */
export function complete(line: string, registry: Registry, known: Known): Completions {
  const lead = LEAD.exec(line)?.[0];
  if (lead === undefined) return NOTHING;
  const said = line.slice(lead.length);
  const command = begun(said, registry) ?? (/^\/bellman\s/i.test(lead) ? begun(`bellman ${said}`, registry) : undefined);
  if (command) {
    const words = command.name.startsWith('bellman ') && !/^bellman\s/i.test(said) ? command.name.slice(8) : command.name;
    return forArguments(command, line.slice(0, lead.length + words.length), said.slice(words.length), known);
  }
  return { items: forNames(line, lead, said, registry), hint: '' };
}

/** The longest command whose name stands whole at the beginning, with a blank after it. */
function begun(said: string, registry: Registry): Command | undefined {
  const lower = said.toLowerCase();
  return registry.commands.filter(({ name }) => lower.startsWith(`${name} `)).sort((a, b) => b.name.length - a.name.length)[0];
}

function forNames(line: string, lead: string, said: string, registry: Registry): readonly Completion[] {
  const asBellman = /^\/bellman\s+$/i.test(lead);
  const wanted = said.trimStart().toLowerCase().replaceAll(/\s+/g, ' ');
  const shown = registry.commands.flatMap((command) => {
    const name = asBellman ? command.name.replace(/^bellman /, '') : command.name;
    const at = name.startsWith(wanted) ? 0 : name.split(' ').some((word) => wanted !== '' && word.startsWith(wanted)) ? 1 : 2;
    return at < 2 ? [{ command, name, at }] : [];
  });
  const blank = /^\s/.test(line) ? line.match(/^\s+/)?.[0] : '';
  return shown
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST)
    .map(({ command, name }) => ({
      text: `${blank ?? ''}${lead.trimStart()}${name}${Object.keys(command.args).length > 0 ? ' ' : ''}`,
      label: `/${command.name}`,
      args: usage(command)
        .slice(command.name.length + 1)
        .trim(),
      help: command.help,
    }));
}

function forArguments(command: Command, said: string, rest: string, known: Known): Completions {
  const hint = usage(command);
  const partial = /\S*$/u.exec(rest)?.[0] ?? '';
  const before = rest.slice(0, rest.length - partial.length);
  const argument = nextArgument(Object.values(command.args), before.match(/"[^"]*"|\S+/gu) ?? []);
  if (!argument) return { items: [], hint };
  const help = `${argument.help}${argument.optional ? ' (may be left out)' : ''}`;
  const items = choicesFor(argument, known)
    .filter(({ value, label }) => matches(value, partial) || matches(label, partial))
    .slice(0, MOST)
    .map(({ value, label }) => ({ text: `${said}${before}${value} `, label: value, args: '', help: label }));
  return { items, hint: `${hint} · ${help}` };
}

const matches = (value: string, partial: string): boolean =>
  value.toLowerCase().replace(/^[@#]/, '').startsWith(partial.toLowerCase().replace(/^[@#]/, ''));

/** The argument that the next word belongs to, counted as the grammar cuts them. */
function nextArgument(args: readonly Argument<unknown>[], words: readonly string[]): Argument<unknown> | undefined {
  const left = [...words];
  for (const argument of args) {
    if (argument.keyword && left[0]?.toLowerCase() === argument.keyword) left.shift();
    if (left.length === 0) return argument;
    if (argument.kind === 'text' || argument.kind === 'time' || argument.kind === 'span') return argument;
    if (argument.kind === 'destinations') return argument;
    if (argument.kind === 'people') {
      while (left[0]?.startsWith('@')) left.shift();
      if (left.length === 0) return argument;
    } else left.shift();
  }
  return undefined;
}

function choicesFor(argument: Argument<unknown>, known: Known): readonly { readonly value: string; readonly label: string }[] {
  const people = known.people.map(({ handle, name, title }) => ({
    value: `@${handle}`,
    label: title === '' ? name : `${name}, ${title}`,
  }));
  const channels = known.channels.map((name) => ({ value: `#${name}`, label: 'Channel' }));
  switch (argument.kind) {
    case 'choice':
      return (argument.choices ?? []).map((value) => ({ value, label: argument.help }));
    case 'person':
    case 'people':
      return people;
    case 'channel':
      return channels;
    case 'destination':
    case 'destinations':
      return [...channels, ...people];
    case 'audience':
      return known.audiences.map((value) => ({ value, label: argument.help }));
    case 'record':
    case 'records':
      return known.records
        .filter((id) => argument.schema.safeParse(id).success)
        .map((value) => ({ value, label: argument.help }));
    case 'time':
      return ['now', 'in 30m', 'tomorrow 22:00'].map((value) => ({ value, label: argument.help }));
    case 'span':
      return ['30m', '2h', '1d'].map((value) => ({ value, label: argument.help }));
    case 'word':
    case 'text':
      return [];
    default:
      return argument.kind satisfies never;
  }
}
