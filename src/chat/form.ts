/** A dialog with fields, in the neutral form; and what a person filled in, checked and typed. */
import { z } from 'zod';
import type { Instant, Span } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { capital, LIMITS } from './card.ts';

export type FieldKind = 'line' | 'paragraph' | 'choice' | 'person' | 'people' | 'time' | 'span' | 'records' | 'places';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One field as platforms show it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  readonly hint?: string;
  readonly most?: number;
  readonly choices?: readonly Choice[];
  /** What stands in it at first: text, a choice's value, a person's id, several ids separated by commas. */
  readonly initial?: string;
}

export interface Section {
  readonly title: string;
  readonly fields: readonly Field[];
}

/** A form as platforms show it. `doing` and `input` come back with the answers, and are trusted only as names. */
export interface Form {
  readonly doing: string;
  readonly input: Readonly<Record<string, string>>;
  readonly title: string;
  readonly submit: string;
  readonly sections: readonly Section[];
  /** Where platforms that ask in steps keep earlier answers. */
  readonly draft?: string;
  readonly step?: number;
}

/** A field's declaration: how it looks, and the type of its answer. */
export interface FieldSpec<T> {
  readonly label: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  readonly hint?: string;
  readonly most?: number;
  readonly choices?: readonly Choice[];
  readonly section?: string;
  /** Of places: the field whose answer says how words are read that do not say themselves what they are. */
  readonly readBy?: string;
  /** Never read: it carries the answer's type. */
  readonly answer?: T;
}

interface Look {
  readonly hint?: string;
  readonly most?: number;
  readonly section?: string;
  readonly readBy?: string;
}

type Optional<T> = FieldSpec<T | undefined>;

const spec =
  <T>(kind: FieldKind) =>
  (label: string, look: Look = {}): FieldSpec<T> => ({ label, kind, optional: false, ...look });

/** One line of text, up to 150 characters unless said otherwise. */
export const line = spec<string>('line');
/** Several lines of text, up to 3,000 characters. */
export const paragraph = spec<string>('paragraph');
export const person = spec<PersonId>('person');
export const people = spec<readonly PersonId[]>('people');
/** `now`, `in 30m`, `tomorrow 22:00`, `2027-01-31 22:00`, in the time zone of the person who writes. */
export const time = spec<Instant>('time');
/** `30m`, `2h`, `1d`. */
export const span = spec<Span>('span');
/** Record ids separated by blanks or commas. */
export const records = spec<readonly RecordId[]>('records');
/** Destinations (`destination.ts`), separated by blanks or commas; each is checked before it is accepted. */
export const places = spec<readonly string[]>('places');
/** One of a few. The answer is the value, not the label. */
export const choice = <V extends string>(label: string, values: readonly V[], look: Look = {}): FieldSpec<V> => ({
  label,
  kind: 'choice',
  optional: false,
  choices: values.map((value) => ({ value, label: capital(value.replaceAll('-', ' ')) })),
  ...look,
});
/** The same field, which may be left empty. */
export const maybe = <T>(field: FieldSpec<T>): Optional<T> => ({ ...field, optional: true }) as Optional<T>;

export type FieldSpecs = Readonly<Record<string, FieldSpec<unknown>>>;
export type Answers<F extends FieldSpecs> = { readonly [K in keyof F]: F[K] extends FieldSpec<infer T> ? T : never };

/** What platforms hand in: per field its text; for `people` ids separated by commas. */
export const rawAnswers = z.record(z.string(), z.string());
export type RawAnswers = z.infer<typeof rawAnswers>;

/** How many characters fit where a field does not say otherwise. */
export const LIMITS_OF_FIELDS = { line: 150, paragraph: 3000 } as const;

/** The form that a dialog is, with what stands in its fields at first; `doing` is the name of the command or button that it belongs to. */
export const formOf = (
  doing: string,
  { title, submit, fields }: { readonly title: string; readonly submit: string; readonly fields: FieldSpecs },
  input: RawAnswers,
  initial: RawAnswers,
): Form => ({ doing, input, title, submit, sections: sectionsOf(fields, initial) });

/** The fields in sections of five, the most that every platform shows at once. */
export function sectionsOf(fields: FieldSpecs, initial: RawAnswers = {}): readonly Section[] {
  const all = Object.entries(fields).map(([name, { label, kind, optional, hint, most, choices }]) => ({
    name,
    label,
    kind,
    optional,
    ...(hint === undefined ? {} : { hint }),
    ...(most === undefined ? {} : { most }),
    ...(choices === undefined ? {} : { choices }),
    ...(initial[name] === undefined ? {} : { initial: initial[name] }),
  }));
  const count = Math.ceil(all.length / LIMITS.fieldsASection);
  return Array.from({ length: count }, (_, at) => ({
    title: `${at + 1} of ${count}`,
    fields: all.slice(at * LIMITS.fieldsASection, (at + 1) * LIMITS.fieldsASection),
  }));
}
