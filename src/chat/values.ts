/** From what people wrote to typed values: arguments of commands and answers of forms. */
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { type Facts, isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { type DestinationLookup, destination, mentioned, readBy } from './destination.ts';
import { type FieldSpec, type FieldSpecs, LIMITS_OF_FIELDS, type RawAnswers } from './form.ts';
import type { Place } from './port.ts';
import { plainWords, refusalWords } from './refusals/index.ts';
import { type Argument, type Command, usage } from './registry.ts';
import { parseSpan, parseTime, parseUntil } from './time-words.ts';

/** Finds people and channels as one platform names them. */
export interface Lookup extends DestinationLookup {
  /** Asked only where a time has to be understood: it may cost a query. */
  readonly now: () => Promise<Instant>;
  /** IANA name of the asker's zone. */
  readonly zone: string;
}

const split = (said: string): string[] => said.split(/[\s,;]+/u).filter((one) => one !== '');
const RECORD = /^[A-Z]{2,3}-[1-9]\d{0,8}$/u;

async function person(said: string, lookup: Lookup): Promise<PersonId | Refusal> {
  return (await lookup.person(mentioned(said))) ?? refuse('unknown-someone', { said });
}

async function people(said: string, lookup: Lookup): Promise<readonly PersonId[] | Refusal> {
  const found = await Promise.all(split(said).map((one) => person(one, lookup)));
  const unknown = found.find(isRefusal);
  return unknown ?? [...new Set(found as PersonId[])];
}

async function channel(said: string, lookup: Lookup): Promise<Place | Refusal> {
  return (await lookup.channel(mentioned(said))) ?? refuse('unknown-channel', { said });
}

/** Places as people name them, each checked. `mechanism`: how words are read that do not say themselves what they are. */
export async function destinations(said: string, lookup: Lookup, mechanism?: string): Promise<readonly Place[] | Refusal> {
  const found = await Promise.all(split(said).map((one) => destination(readBy(mechanism, one), lookup)));
  return found.find(isRefusal) ?? (found as Place[]);
}

function recordIds(said: string): readonly string[] | Refusal {
  const ids = split(said.toUpperCase());
  const wrong = ids.find((id) => !RECORD.test(id));
  return wrong === undefined ? [...new Set(ids)] : refuse('unknown-record', { record: wrong });
}

const time = async (said: string, lookup: Lookup) =>
  parseTime(said, await lookup.now(), lookup.zone) ?? refuse('wrong-time', { said });
const span = (said: string) => parseSpan(said) ?? refuse('wrong-span', { said });

async function typed(argument: Argument<unknown>, said: string, lookup: Lookup): Promise<unknown> {
  switch (argument.kind) {
    case 'person':
      return person(said, lookup);
    case 'people':
      return people(said, lookup);
    case 'channel': {
      const place = await channel(said, lookup);
      return isRefusal(place) ? place : ((await lookup.checkPlace(place)) ?? place);
    }
    case 'destination':
      return destination(said, lookup);
    case 'records':
      return recordIds(said);
    case 'time': {
      if (argument.keyword !== 'until') return time(said, lookup);
      return parseUntil(said, await lookup.now(), lookup.zone) ?? refuse('wrong-time', { said });
    }
    case 'span':
      return span(said);
    case 'destinations':
      return destinations(said, lookup);
    case 'record':
    case 'audience':
    case 'word':
    case 'choice':
    case 'text':
      return said;
    default:
      return argument.kind satisfies never;
  }
}

/** Typed values of a command's arguments, or the first refusal: `unknown-someone`, `unknown-channel`, `wrong-time`, ... */
export async function valuesOf(
  command: Command,
  input: RawAnswers,
  lookup: Lookup,
): Promise<Readonly<Record<string, unknown>> | Refusal> {
  const values: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(command.args)) {
    const said = input[name];
    if (said === undefined || said === '') {
      if (argument.optional) continue;
      return refuse('missing-argument', { command: command.name, argument: argument.help, usage: usage(command) });
    }
    const checked = argument.schema.safeParse(said);
    if (!checked.success) return refuse('wrong-argument', { argument: argument.help, said, usage: usage(command) });
    const value = await typed(argument, checked.data, lookup);
    if (isRefusal(value)) return value;
    values[name] = value;
  }
  return values;
}

async function answerOf(field: FieldSpec<unknown>, said: string, lookup: Lookup, mechanism?: string): Promise<unknown> {
  switch (field.kind) {
    case 'line':
    case 'paragraph': {
      const most = field.most ?? LIMITS_OF_FIELDS[field.kind];
      return said.length > most ? refuse('too-long', { length: said.length, most }) : said;
    }
    case 'choice': {
      const wanted = said.toLowerCase();
      const found = field.choices?.find(({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted);
      return found?.value ?? refuse('wrong-choice', { said, choices: field.choices?.map(({ label }) => label) ?? [] });
    }
    case 'person':
      return person(said, lookup);
    case 'people':
      return people(said, lookup);
    case 'time':
      return time(said, lookup);
    case 'span':
      return span(said);
    case 'records':
      return recordIds(said);
    case 'places':
      return destinations(said, lookup, mechanism);
    default:
      return field.kind satisfies never;
  }
}

/** Typed answers of a form; or per field the sentence that says what to mend, as plain text. */
export async function answersOf(
  fields: FieldSpecs,
  raw: RawAnswers,
  lookup: Lookup,
): Promise<{ readonly answers: Readonly<Record<string, unknown>> } | { readonly mend: Readonly<Record<string, string>> }> {
  const answers: Record<string, unknown> = {};
  const mend: Record<string, string> = {};
  const say = (name: string, code: string | Refusal, facts?: Facts) => {
    mend[name] = plainWords(refusalWords(typeof code === 'string' ? refuse(code, facts) : code));
  };
  for (const [name, field] of Object.entries(fields)) {
    const said = (raw[name] ?? '').trim();
    if (said === '') {
      if (!field.optional) say(name, 'left-empty');
      continue;
    }
    const answer = await answerOf(field, said, lookup, field.readBy === undefined ? undefined : raw[field.readBy]);
    if (isRefusal(answer)) say(name, answer);
    else answers[name] = answer;
  }
  return Object.keys(mend).length > 0 ? { mend } : { answers };
}
