/** The facts about a record, as its situation sheet holds them (design section 8); what was changed in them. Pure. */
import type { Instant } from '../core/instant.ts';
import type { DataClass, PartName, PersonId } from '../core/record.ts';

export interface Facts {
  readonly affected: string;
  readonly known?: string | undefined;
  readonly doing?: string | undefined;
  readonly workaround?: string | undefined;
  readonly next?: string | undefined;
  /** In words; of a time, in the zone of whoever wrote it. */
  readonly expected?: string | undefined;
  /** The same to the minute, where it is a time. */
  readonly expectedAt?: Instant | undefined;
}

/** The fields that people fill in, in their order, as they are called. */
export const FACT_LABELS = {
  affected: 'Affected',
  known: 'What we know',
  doing: 'What we are doing',
  workaround: 'Workaround',
  next: 'Next step',
  expected: 'Expected time',
} as const;
export type FactField = keyof typeof FACT_LABELS;
const FIELDS = Object.keys(FACT_LABELS) as readonly FactField[];

export interface Sheet {
  /** 0 until it is filled in. */
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  /** Absent: nobody said how guarded they are. */
  readonly class?: DataClass | undefined;
  readonly facts?: Facts | undefined;
}

/** The part that holds the sheet, for those who only read it; its rules are in `sheet.ts`. */
export const sheetState: PartName<Sheet> = { name: 'sheet', initial: { version: 0, at: 0, by: '' } };

/** A field that was changed: what it said before and what it says now; empty where it said nothing. */
export interface FactChange {
  readonly field: FactField;
  readonly before: string;
  readonly now: string;
}

/** What differs between two sheets, field by field. The same time in other words is the same. */
export const changesIn = (before: Facts | undefined, now: Facts): readonly FactChange[] =>
  FIELDS.filter((field) => meaning(before, field) !== meaning(now, field)).map((field) => ({
    field,
    before: before?.[field] ?? '',
    now: now[field] ?? '',
  }));

const meaning = (facts: Facts | undefined, field: FactField): string =>
  field === 'expected' && facts?.expectedAt !== undefined ? String(facts.expectedAt) : (facts?.[field] ?? '');

/** Several changes one after the other as one: what a field said at first, and what it says at last. */
export function changesTogether(earlier: readonly FactChange[], later: readonly FactChange[]): readonly FactChange[] {
  const before = (field: FactField, said: string) => earlier.find((change) => change.field === field)?.before ?? said;
  const fields = FIELDS.filter((field) => [...earlier, ...later].some((change) => change.field === field));
  return fields
    .map((field): FactChange => {
      const change = later.find((one) => one.field === field) ?? earlier.find((one) => one.field === field);
      return { field, before: before(field, change?.before ?? ''), now: change?.now ?? '' };
    })
    .filter((change) => change.before !== change.now);
}

/** What the handler made of the facts before they were saved: a text for each line, and the names that a text may not give away. */
export interface MadeFromFacts {
  readonly texts: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}
