/** What somebody says when they raise an incident or a problem, and later edits of it (P1). */
import { choice, line, maybe, paragraph, type RawAnswers } from '../chat/form.ts';
import type { DataClass } from '../core/record.ts';
import { LEVELS, type Level } from './priority.ts';

export const CATEGORIES = ['hardware', 'software', 'network', 'process-failure', 'training-issue'] as const;
export type Category = (typeof CATEGORIES)[number];

export interface Intake {
  readonly title: string;
  readonly details: string;
  readonly category?: Category | undefined;
  /** What of the category, in the words of whoever raised it: `DNS`. */
  readonly subCategory?: string | undefined;
  readonly impact: Level;
  readonly urgency: Level;
  /** The affected items, as they were named. */
  readonly items: string;
  /** Where it is met: a branch, a building, a data centre. */
  readonly site?: string | undefined;
}

/** An intake as the journal has it: what people wrote stands in `words`. */
export interface IntakeEvent {
  readonly category?: Category | undefined;
  readonly impact: Level;
  readonly urgency: Level;
  readonly words: Pick<Intake, 'title' | 'details' | 'items' | 'subCategory' | 'site'>;
}

export const noIntake: Intake = { title: '', details: '', impact: 'medium', urgency: 'medium', items: '' };

/** The intake as an event has it. */
export const toEvent = ({ title, details, items, subCategory, site, ...rest }: Intake): IntakeEvent => ({
  ...rest,
  words: { title, details, items, ...(subCategory ? { subCategory } : {}), ...(site ? { site } : {}) },
});

/** The intake that an event holds. */
export const fromEvent = ({ category, impact, urgency, words }: IntakeEvent): Intake => ({ category, impact, urgency, ...words });

/** Whether two intakes say the same. */
export const sameIntake = (a: Intake, b: Intake): boolean =>
  a.title === b.title &&
  a.details === b.details &&
  a.category === b.category &&
  (a.subCategory ?? '') === (b.subCategory ?? '') &&
  (a.site ?? '') === (b.site ?? '') &&
  a.impact === b.impact &&
  a.urgency === b.urgency &&
  a.items === b.items;

/** Only the title is needed: at 3 in the morning the rest can wait. */
export const intakeFields = {
  title: line('Title', { hint: 'What does not work, in a few words' }),
  details: maybe(paragraph('Details', { hint: 'What you see, since when, who is affected' })),
  category: maybe(choice('Category', CATEGORIES)),
  impact: maybe(choice('Impact', LEVELS, { hint: 'How much of the business is hit; empty: medium' })),
  urgency: maybe(choice('Urgency', LEVELS, { hint: 'How soon it must be mended; empty: medium' })),
  subCategory: maybe(line('Sub-category', { hint: 'What of it, for example DNS' })),
  site: maybe(line('Site', { hint: 'Where it is met, for example Leeds' })),
  items: maybe(line('Affected items', { hint: 'Services, systems' })),
};

/** When it is raised it can be kept among its own people from its first moment; later `class` says so. */
const fieldsOfRaising = {
  ...intakeFields,
  sensitive: maybe(choice('Sensitive', ['no', 'yes'] as const, { hint: 'Yes: only its own people see it; empty: no' })),
};

interface Answered {
  readonly title: string;
  readonly details: string | undefined;
  readonly category: Category | undefined;
  readonly impact: Level | undefined;
  readonly urgency: Level | undefined;
  readonly items: string | undefined;
  readonly subCategory?: string | undefined;
  readonly site?: string | undefined;
}

/** The intake that a filled-in form means. */
export const intakeOf = ({
  title,
  details = '',
  category,
  impact = 'medium',
  urgency = 'medium',
  items = '',
  subCategory,
  site,
}: Answered): Intake => ({
  title,
  details,
  category,
  impact,
  urgency,
  items,
  ...(subCategory ? { subCategory } : {}),
  ...(site ? { site } : {}),
});

/** What stands in the form when it is opened again. */
export const intakeInitial = ({
  title,
  details,
  category,
  impact,
  urgency,
  items,
  subCategory = '',
  site = '',
}: Intake): RawAnswers => ({
  title,
  details,
  ...(category === undefined ? {} : { category }),
  impact,
  urgency,
  items,
  subCategory,
  site,
});

/** The fields with which something is raised; `sources`: where it may have come from, if that is asked. */
export const raiseFields = (sources: readonly string[]) =>
  sources.length === 0
    ? { ...fieldsOfRaising }
    : { ...fieldsOfRaising, source: maybe(choice('Source', sources, { hint: 'Where it came from' })) };

/** What a form that raises something says: the intake, where it came from, and whether it is kept among its own people. */
export interface Raising {
  readonly intake: Intake;
  readonly source?: string;
  readonly class?: DataClass;
}

/** What whoever raises something filled in. */
export const raisingOf = ({
  sensitive,
  source,
  ...answered
}: Answered & { readonly sensitive: 'no' | 'yes' | undefined; readonly source?: string | undefined }): Raising => ({
  intake: intakeOf(answered),
  ...(source === undefined ? {} : { source }),
  ...(sensitive === 'yes' ? { class: 'private' } : {}),
});

/** What is raised, as it is kept while its writer is asked something, and as it was kept. */
export const keptRaising = (raising: Raising): RawAnswers => ({ raising: JSON.stringify(raising) });
export const raisingFrom = ({ raising = '' }: RawAnswers): Raising =>
  // Only what `keptRaising` made is kept, and nobody but Bellman can change it.
  JSON.parse(raising) as Raising;
