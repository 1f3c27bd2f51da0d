/** From a line of words to a command and its raw arguments: the same grammar after `/rfc`, `/bellman` and a mention of the bot. */
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { RawAnswers } from './form.ts';
import { type Argument, type Command, type Registry, usage } from './registry.ts';

export interface Said {
  readonly command: Command;
  readonly input: RawAnswers;
}

/** A mention (`<@U1|anna>`, `<#C1|cab>`), something in quotes, or a run of characters without blanks. */
const TOKEN = /<[@#][^>]+>|"[^"]*"|\S+/gu;
const PERSON = /^(<@[^>]+>|@\S+)$/u;

/**
 * Finds the command that a line means and cuts its arguments. `help` in second place is a command like others, and what a bare
 * `/rfc` means; nothing at all, or `help` alone, asks for that of `/bellman`.
 * Refuses `unknown-command` (with the nearest one), `missing-argument`, `wrong-argument`, `too-many-words`.
 */
export function understand(line: string, known: Registry): Said | Refusal {
  const tokens = line.trim().match(TOKEN) ?? [];
  const lower = tokens.map((token) => token.toLowerCase());
  const candidates = lower[0] === 'bellman' ? [lower, lower.slice(1)] : [lower];
  const bare =
    tokens.length === 0 || lower.join(' ') === 'help' ? 'bellman' : candidates.find((words) => words.length === 1)?.[0];
  const help = bare === undefined ? undefined : known.command(`${bare} help`);
  if (help) return { command: help, input: {} };
  for (const words of candidates) {
    for (let length = Math.min(words.length, 4); length > 0; length -= 1) {
      const command = known.command(words.slice(0, length).join(' '));
      if (!command) continue;
      const input = cutArguments(command, tokens.slice(tokens.length - words.length + length));
      return isRefusal(input) ? input : { command, input };
    }
  }
  return unknown(lower, known);
}

function cutArguments(command: Command, tokens: readonly string[]): RawAnswers | Refusal {
  const left = [...tokens];
  const input: Record<string, string> = {};
  const facts = { command: command.name, usage: usage(command) };
  for (const [name, argument] of Object.entries(command.args)) {
    if (argument.keyword && left[0]?.toLowerCase() === argument.keyword) left.shift();
    const taken = take(argument, left);
    if (taken === undefined) {
      if (argument.optional) continue;
      return refuse('missing-argument', { ...facts, argument: argument.help });
    }
    const checked = argument.schema.safeParse(taken);
    if (!checked.success) return refuse('wrong-argument', { ...facts, argument: argument.help, said: taken });
    input[name] = checked.data;
  }
  return left.length > 0 ? refuse('too-many-words', { ...facts, said: left.join(' ') }) : input;
}

const unquoted = (token: string): string => token.replace(/^"(.*)"$/u, '$1');

function take(argument: Argument<unknown>, left: string[]): string | undefined {
  switch (argument.kind) {
    case 'text':
    case 'destinations':
    case 'time':
    case 'span':
      return left.length > 0 ? left.splice(0).map(unquoted).join(' ') : undefined;
    case 'people':
      return takeWhile(left, (token) => PERSON.test(token));
    case 'records':
      return takeWhile(left, (token) => /^[a-z]{2,3}-\d+$/iu.test(token));
    case 'choice': {
      const next = left[0];
      // A choice that may be left out takes only a word that is one of its own.
      if (next === undefined || (argument.optional && !argument.schema.safeParse(next).success)) return undefined;
      left.shift();
      return unquoted(next);
    }
    case 'record':
    case 'person':
    case 'channel':
    case 'destination':
    case 'audience':
    case 'word': {
      const next = left.shift();
      return next === undefined ? undefined : unquoted(next);
    }
    default:
      return argument.kind satisfies never;
  }
}

function takeWhile(left: string[], fits: (token: string) => boolean): string | undefined {
  const taken: string[] = [];
  while (left[0] !== undefined && fits(left[0])) taken.push(left.shift() ?? '');
  return taken.length > 0 ? taken.join(' ') : undefined;
}

function unknown(words: readonly string[], known: Registry): Refusal {
  const root = known.roots.find((name) => name === words[0]) ?? 'bellman';
  const names = known.commands.map(({ name }) => name);
  const group = words.slice(0, 2).join(' ');
  // `board crate` is told as far as it is wrong.
  const isGroup = names.some((name) => name.startsWith(`${group} `));
  const said = words.slice(0, isGroup ? 3 : 2).join(' ');
  const near = names
    .map((name) => ({ name, far: distance(words.slice(0, name.split(' ').length).join(' '), name) }))
    .sort((a, b) => a.far - b.far)[0];
  const nearest = near && near.far <= NEAR ? near.name : isGroup ? names.find((name) => name.startsWith(`${group} `)) : undefined;
  return refuse('unknown-command', { said, root, ...(nearest === undefined ? {} : { near: nearest }) });
}

/** A slip of the finger changes no more letters than this; more is another word. */
const NEAR = 2;

/** How many letters have to change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
