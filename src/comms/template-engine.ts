/**
 * Putting a template into words: LiquidJS with nothing from outside, a few tags and filters, and an end to everything. Called by
 * handlers before their transaction; rules never render.
 */
import { Drop, Liquid, LiquidError, type Template } from 'liquidjs';
import { capital } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import { clockWords, dayWords, instantWords } from './instant-words.ts';
import { SAMPLES } from './template-samples.ts';
import { BUILT_IN, type Subject, TAGS, VARIABLES, variablesOf } from './template-variables.ts';

/** The longest template, in characters. */
export const LONGEST_TEMPLATE = 10_000;
/** The longest text that it may give. */
const LONGEST_TEXT = 10_000;
/** What a text may take to make: milliseconds, and values that are made on the way. */
const MOST_TIME = 1000;
const MOST_MEMORY = 100_000;

/** Where a template is wrong, counted from 1; without a place when it is wrong as a whole. */
export interface Fault {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** A sentence about what is wrong. */
  readonly why: string;
}

/** A time in a template: by itself with its day when that is not today, or by the filters `day` and `clock`. */
class Time extends Drop {
  readonly at: Instant;
  readonly today: Instant;
  readonly zone: string;
  constructor(at: Instant, { asOf, zone }: Pick<Subject, 'asOf' | 'zone'>) {
    super();
    this.at = at;
    this.today = asOf;
    this.zone = zone;
  }
  override valueOf(): string {
    return instantWords(this.at, this.today, this.zone);
  }
}

const words = (value: unknown): string => (value === null || value === undefined ? '' : String(value).trim());
/** A capital at its beginning and an end at its end. */
const sentence = (value: unknown): string => {
  const said = words(value);
  return said === '' || /[.!?…:]["”’)]?$/u.test(said) ? capital(said) : `${capital(said)}.`;
};

const engine = new Liquid({
  strictVariables: true,
  lenientIf: true,
  strictFilters: true,
  ownPropertyOnly: true,
  greedy: false,
  parseLimit: LONGEST_TEMPLATE,
  renderLimit: MOST_TIME,
  memoryLimit: MOST_MEMORY,
  // No template reads another one, and none reads files.
  templates: {},
});
for (const tag of Object.keys(engine.tags)) if (!TAGS.some((known) => known === tag)) delete engine.tags[tag];
for (const filter of Object.keys(engine.filters)) {
  if (!BUILT_IN.some((known) => known === filter)) engine.unregisterFilter(filter);
}
engine.registerFilter('sentence', sentence);
engine.registerFilter('day', (value) => (value instanceof Time ? dayWords(value.at, value.zone) : words(value)));
engine.registerFilter('clock', (value) => (value instanceof Time ? clockWords(value.at, value.zone) : words(value)));
engine.registerFilter('fact', function (value, hint = 'what to say here', none?: unknown) {
  const said = words(value);
  if (said !== '') return sentence(said);
  const filled = this.context.getSync(['facts', 'filled']) === true;
  return filled && none !== undefined ? words(none) : `‹${words(hint)}›.`;
});

/** Blank lines that a condition left, and blanks at ends of lines, are nobody's words. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[ \t]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();

/** The text of what is told by a template; or where the template is wrong. */
export function rendered(source: string, subject: Subject): string | Fault {
  const parsed = parse(source);
  return 'why' in parsed ? parsed : run(parsed.templates, subject);
}

/** What is wrong with a template; undefined when every record can be told by it. */
export function faultIn(source: string): Fault | undefined {
  const parsed = parse(source);
  if ('why' in parsed) return parsed;
  const unknown = unknownVariable(parsed.templates);
  if (unknown) return unknown;
  for (const sample of SAMPLES) {
    const text = run(parsed.templates, sample);
    if (typeof text !== 'string') return text;
    if (sample.facts && text === '') return { why: 'It gives an empty text.' };
  }
  return undefined;
}

function parse(source: string): { readonly templates: Template[] } | Fault {
  if (source.length > LONGEST_TEMPLATE) {
    return { why: `It has ${source.length} characters; ${LONGEST_TEMPLATE} is the most.` };
  }
  try {
    return { templates: engine.parse(source) };
  } catch (error) {
    return faultOf(error);
  }
}

function run(templates: Template[], subject: Subject): string | Fault {
  const scope = variablesOf(subject, (at) => new Time(at, subject));
  try {
    const text = tidy(String(engine.renderSync(templates, scope)));
    return text.length > LONGEST_TEXT
      ? { why: `It gives a text of ${text.length} characters; ${LONGEST_TEXT} is the most.` }
      : text;
  } catch (error) {
    return faultOf(error);
  }
}

/** A variable that does not exist is wrong also where the sample does not come by. */
function unknownVariable(templates: Template[]): Fault | undefined {
  const known = new Set(VARIABLES.map(({ name }) => name));
  for (const uses of Object.values(engine.analyzeSync(templates).globals)) {
    for (const { segments, location } of uses) {
      const name = segments.join('.');
      if (!known.has(name)) return { line: location.row, column: location.col, why: `There is no variable ${name}.` };
    }
  }
  return undefined;
}

const SAID: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [
    /^(?:memory alloc|template render|templates?|render) limit exceeded/u,
    () => 'It takes too long or makes too much: is there a loop without an end?',
  ],
  [/^undefined filter: (.*)$/u, ([, name]) => `There is no filter ${name}.`],
  [/^undefined variable: (.*)$/u, ([, name]) => `There is no variable ${name}.`],
  [/^tag "(.*)" not found$/u, ([, name]) => `There is no tag ${name}.`],
  [/^(?:tag|output) (.*) not closed$/u, ([, what]) => `${what} is not closed.`],
];

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) throw error;
  // What the engine adds to its message (file, line, column) is told by the place.
  const plain = (LiquidError.is(error) ? (error.originalError?.message ?? error.message) : error.message).replace(
    /(, file:[^,]*)?, line:\d+, col:\d+.*$/su,
    '',
  );
  const [line, column] = LiquidError.is(error) ? error.token.getPosition() : [];
  for (const [pattern, said] of SAID) {
    const found = pattern.exec(plain);
    if (found) return { line, column, why: said(found) };
  }
  return { line, column, why: sentence(plain) };
}

/** `Line 3, column 7: There is no variable owner.` */
export const faultWords = ({ line, column, why }: Fault): string =>
  line === undefined ? why : `Line ${line}, column ${column ?? 1}: ${why}`;
