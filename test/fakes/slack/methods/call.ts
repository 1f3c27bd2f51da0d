import type { Files } from '../files.ts';
import { isObject, type Json, type JsonObject, parse, text } from '../json.ts';
import type { Messages } from '../messages.ts';
import type { Views } from '../views.ts';
import { SlackError, type World } from '../world.ts';

/** What a Web API method has to work with. */
export type Stores = { readonly world: World; readonly messages: Messages; readonly views: Views; readonly files: Files };

/** One Web API method: gives what follows `ok: true`, or throws a SlackError. */
export type Method = (args: Args, stores: Stores) => JsonObject;

/** The arguments of a call. A form sends everything as text and objects as JSON in text; a JSON body sends them as they are. */
export class Args {
  /** The arguments with JSON in text already read, for the log and for faults to match on. */
  readonly all: JsonObject;

  constructor(given: JsonObject) {
    this.all = Object.fromEntries(
      Object.entries(given).map(([key, value]) => {
        const looksLikeJson = typeof value === 'string' && key !== 'text' && /^[[{]/.test(value);
        return [key, looksLikeJson ? (parse(value) ?? value) : value];
      }),
    );
  }

  /** Whether the argument was given at all. */
  has(name: string): boolean {
    return this.all[name] !== undefined && this.all[name] !== null;
  }

  /** The argument as text; empty when it is missing. */
  text(name: string): string {
    const value = this.all[name];
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : text(value);
  }

  /** The argument as text; Slack's error when it is missing. */
  must(name: string, error = 'invalid_arguments'): string {
    const value = this.text(name);
    if (value !== '') return value;
    const messages = [`[ERROR] missing required field: ${name}`];
    throw new SlackError(error, error === 'invalid_arguments' ? { response_metadata: { messages } } : {});
  }

  /** The argument as a yes or no. */
  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name));
  }

  /** The argument as a number, or the one to use when it is missing. */
  number(name: string, otherwise: number): number {
    const value = Number(this.text(name));
    return this.text(name) === '' || Number.isNaN(value) ? otherwise : value;
  }

  /** The argument as it is. */
  json(name: string): Json | undefined {
    return this.all[name];
  }

  /** The argument as an object; undefined when it is something else. */
  object(name: string): JsonObject | undefined {
    const value = this.all[name];
    return isObject(value) ? value : undefined;
  }

  /** The argument as a list of ids, which Slack takes separated by commas. */
  ids(name: string): string[] {
    const value = this.all[name];
    if (Array.isArray(value)) return value.map(text);
    return this.text(name)
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
  }
}

/** One page of a longer list, with the cursor of the next. */
export function page(items: readonly JsonObject[], args: Args, size: number): { items: JsonObject[]; next: string } {
  const limit = Math.max(1, Math.min(1000, args.number('limit', size)));
  const from = Number(Buffer.from(args.text('cursor'), 'base64').toString() || '0');
  if (!Number.isInteger(from)) throw new SlackError('invalid_cursor');
  const next = from + limit < items.length ? Buffer.from(String(from + limit)).toString('base64') : '';
  return { items: items.slice(from, from + limit), next };
}
