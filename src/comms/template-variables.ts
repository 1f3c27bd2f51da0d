/** What a template may name: each variable with its meaning and an example, and each filter. `docs/templates.md` is made from it. */
import type { Instant } from '../core/instant.ts';
import type { Window } from './announcements.ts';
import type { Facts } from './facts.ts';
import { instantWords } from './instant-words.ts';
import type { TemplateKind, TemplatePhase } from './template-name.ts';

/** What is told, before it is put into words. Times are shown in `zone`. */
export interface Subject {
  readonly record: string;
  readonly title: string;
  readonly kind: TemplateKind;
  /** As people read it. */
  readonly audience: string;
  readonly phase: TemplatePhase;
  /** Which update of its audience it is. */
  readonly number: number;
  readonly declaredAt: Instant;
  /** Since when it is known; absent: since it was declared. */
  readonly knownAt?: Instant | undefined;
  readonly asOf: Instant;
  readonly nextUpdate?: Instant | undefined;
  /** Of a change: from when to when the work is planned. */
  readonly window?: Window | undefined;
  readonly resolvedAt?: Instant | undefined;
  readonly resolution?: string | undefined;
  /** Absent while nobody has filled in the situation sheet. */
  readonly facts?: Facts | undefined;
  readonly wrong?: { readonly text: string; readonly at: Instant } | undefined;
  readonly right?: string | undefined;
  readonly last?: { readonly text: string; readonly at: Instant } | undefined;
  readonly exercise: boolean;
  /** IANA name of the audience's zone. */
  readonly zone: string;
}

export interface Documented {
  readonly name: string;
  readonly meaning: string;
  readonly example: string;
}

export const VARIABLES: readonly Documented[] = [
  { name: 'title', meaning: 'What the record is called', example: 'Refused connections' },
  { name: 'record', meaning: 'The number of the record', example: 'PRB-1' },
  { name: 'kind', meaning: 'problem, incident, change or breach', example: 'problem' },
  { name: 'audience', meaning: 'Who reads it', example: 'Customers and partners' },
  {
    name: 'phase',
    meaning: 'first, progress, workaround, moved, resolved, normal, failed, correction, retraction or holding',
    example: 'first',
  },
  { name: 'number', meaning: 'Which update of this audience it is', example: '3' },
  { name: 'declared_at', meaning: 'When the record was declared', example: '09:00 (Europe/Berlin)' },
  {
    name: 'known_at',
    meaning: 'Since when it is known; when it was declared, where nobody said',
    example: '08:20 (Europe/Berlin)',
  },
  { name: 'as_of', meaning: 'As of when the update is true', example: '10:05 (Europe/Berlin)' },
  { name: 'next_update', meaning: 'When the next update comes; empty on demand', example: '11:00 (Europe/Berlin)' },
  { name: 'starts_at', meaning: 'When the work of a change begins; empty for others', example: '22:00 (Europe/Berlin)' },
  { name: 'ends_at', meaning: 'When it should be over; may be empty', example: '23:30 (Europe/Berlin)' },
  { name: 'resolved_at', meaning: 'Since when it works again; empty until it does', example: '16:40 (Europe/Berlin)' },
  { name: 'resolution', meaning: 'What made it work again; empty until it does', example: 'We replaced the failed switch.' },
  { name: 'facts.filled', meaning: 'Whether the situation sheet was filled in', example: 'true' },
  { name: 'facts.affected', meaning: 'Affected, of the situation sheet', example: 'Card payments in all branches' },
  { name: 'facts.known', meaning: 'What we know', example: 'One of two switches in Berlin failed.' },
  { name: 'facts.doing', meaning: 'What we are doing', example: 'We move the traffic to the other one.' },
  { name: 'facts.workaround', meaning: 'Workaround; may be empty', example: 'Customers can pay by code.' },
  { name: 'facts.next', meaning: 'Next step; may be empty', example: 'A new switch arrives at noon.' },
  { name: 'facts.expected', meaning: 'Expected time; may be empty', example: '15:00 (Europe/Berlin)' },
  { name: 'wrong_text', meaning: 'What an earlier update said that is not so', example: 'All branches work again.' },
  { name: 'wrong_at', meaning: 'When that was said', example: '09:40 (Europe/Berlin)' },
  { name: 'right_text', meaning: 'What is so instead', example: 'Two branches still do not work.' },
  { name: 'last_text', meaning: 'The last update of this audience; may be empty', example: 'Card payments are refused.' },
  { name: 'last_at', meaning: 'When that was released', example: '09:30 (Europe/Berlin)' },
  { name: 'exercise', meaning: 'Whether it is an exercise', example: 'false' },
];

export const FILTERS: readonly Documented[] = [
  {
    name: 'fact: "what to write here", "words when there is none"',
    meaning:
      'The value as a sentence. Without a value: the second text if the situation sheet is filled in, else the first one between ‹ and ›, which a writer has to fill in before it can leave',
    example: '{{ facts.doing | fact: "what is being done", "We are looking into it." }}',
  },
  {
    name: 'sentence',
    meaning: 'The value with a capital at its beginning and a full stop at its end',
    example: '{{ title | sentence }}',
  },
  { name: 'day', meaning: 'Only the day of a time', example: '{{ declared_at | day }}' },
  { name: 'clock', meaning: 'Only the clock of a time', example: '{{ declared_at | clock }}' },
];

/** Built-in filters that are of use in a text. */
export const BUILT_IN = [
  'append',
  'capitalize',
  'default',
  'downcase',
  'join',
  'prepend',
  'remove',
  'replace',
  'size',
  'split',
  'strip',
  'strip_newlines',
  'truncate',
  'truncatewords',
  'upcase',
] as const;

/** Tags that are of use in a text; none reads anything from outside. */
export const TAGS = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'echo',
  'for',
  'if',
  'raw',
  'unless',
  '#',
] as const;

/** The variables of what is told; an absent one is empty, never missing. `time` makes a time that can be shown in several ways. */
export function variablesOf(subject: Subject, time: (at: Instant) => unknown): Readonly<Record<string, unknown>> {
  const { facts, wrong, last } = subject;
  const at = (instant: Instant | undefined) => (instant === undefined ? null : time(instant));
  const said = (words: string | undefined) => (words === undefined || words.trim() === '' ? null : words.trim());
  return {
    title: subject.title,
    record: subject.record,
    kind: subject.kind,
    audience: subject.audience,
    phase: subject.phase,
    number: subject.number,
    declared_at: at(subject.declaredAt),
    known_at: at(subject.knownAt ?? subject.declaredAt),
    as_of: at(subject.asOf),
    next_update: at(subject.nextUpdate),
    starts_at: at(subject.window?.start),
    ends_at: at(subject.window?.end),
    resolved_at: at(subject.resolvedAt),
    resolution: said(subject.resolution),
    facts: {
      filled: facts !== undefined,
      affected: said(facts?.affected),
      known: said(facts?.known),
      doing: said(facts?.doing),
      workaround: said(facts?.workaround),
      next: said(facts?.next),
      expected:
        facts?.expectedAt === undefined ? said(facts?.expected) : instantWords(facts.expectedAt, subject.asOf, subject.zone),
    },
    wrong_text: said(wrong?.text),
    wrong_at: at(wrong?.at),
    right_text: said(subject.right),
    last_text: said(last?.text),
    last_at: at(last?.at),
    exercise: subject.exercise,
  };
}
