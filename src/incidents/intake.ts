/** What somebody says when they raise an incident or a problem, and later edits of it (P1). */
import { choice, line, maybe, paragraph, type RawAnswers } from '../chat/form.ts';
import { LEVELS, type Level } from './priority.ts';

export const CATEGORIES = ['hardware', 'software', 'network', 'process-failure', 'training-issue'] as const;
export type Category = (typeof CATEGORIES)[number];

export interface Intake {
  readonly title: string;
  readonly details: string;
  readonly category?: Category | undefined;
  readonly impact: Level;
  readonly urgency: Level;
  /** The affected items, as they were named. */
  readonly items: string;
}

/** An intake as the journal has it: what people wrote stands in `words`. */
export interface IntakeEvent {
  readonly category?: Category | undefined;
  readonly impact: Level;
  readonly urgency: Level;
  readonly words: { readonly title: string; readonly details: string; readonly items: string };
}

export const noIntake: Intake = { title: '', details: '', impact: 'medium', urgency: 'medium', items: '' };

/** The intake as an event has it. */
export const toEvent = ({ title, details, items, ...rest }: Intake): IntakeEvent => ({
  ...rest,
  words: { title, details, items },
});

/** The intake that an event holds. */
export const fromEvent = ({ category, impact, urgency, words }: IntakeEvent): Intake => ({ category, impact, urgency, ...words });

/** Whether two intakes say the same. */
export const sameIntake = (a: Intake, b: Intake): boolean =>
  a.title === b.title &&
  a.details === b.details &&
  a.category === b.category &&
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
  items: maybe(line('Affected items', { hint: 'Services, systems, sites' })),
};

interface Answered {
  readonly title: string;
  readonly details: string | undefined;
  readonly category: Category | undefined;
  readonly impact: Level | undefined;
  readonly urgency: Level | undefined;
  readonly items: string | undefined;
}

/** The intake that a filled-in form means. */
export const intakeOf = ({
  title,
  details = '',
  category,
  impact = 'medium',
  urgency = 'medium',
  items = '',
}: Answered): Intake => ({
  title,
  details,
  category,
  impact,
  urgency,
  items,
});

/** What stands in the form when it is opened again. */
export const intakeInitial = ({ title, details, category, impact, urgency, items }: Intake): RawAnswers => ({
  title,
  details,
  ...(category === undefined ? {} : { category }),
  impact,
  urgency,
  items,
});

/** The intake as it is kept while its writer is asked something, and as it was kept. */
export const keptIntake = (intake: Intake): RawAnswers => ({ intake: JSON.stringify(intake) });
export const intakeFrom = ({ intake = '' }: RawAnswers): Intake =>
  // Only what `keptIntake` made is kept, and nobody but Bellman can change it.
  JSON.parse(intake) as Intake;
