/** The fields of an RFC: which are material, what an edit changes, and what makes them wrong (C1; design section 7, rule 7). */
import { type Instant, MINUTE, type Span } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import type { Change, FieldName, Fields, Settings, Texts } from './rfc.ts';

/** A vote is on these; changing one of them makes an earlier vote or approval worth nothing. */
export const MATERIAL: readonly FieldName[] = [
  'description',
  'type',
  'items',
  'risk',
  'plan',
  'backout',
  'start',
  'end',
  'implementer',
];

const TEXTS: readonly (keyof Texts)[] = [
  'title',
  'description',
  'category',
  'items',
  'risk',
  'impact',
  'benefit',
  'plan',
  'backout',
];
const SETTINGS: readonly (keyof Settings)[] = ['type', 'priority', 'start', 'end', 'owner', 'implementer', 'links'];

/** The fields' names as the forms show them. */
export const LABELS: Readonly<Record<FieldName, string>> = {
  title: 'Title',
  description: 'Description',
  type: 'Type',
  priority: 'Priority',
  category: 'Category',
  items: 'Affected items',
  risk: 'Risk',
  impact: 'Impact',
  benefit: 'Benefit',
  plan: 'Implementation plan',
  backout: 'Backout plan',
  start: 'Start',
  end: 'End',
  owner: 'Change owner',
  implementer: 'Implementer',
  links: 'Linked records',
};

/** Filling in a form takes a while: a start that passed since then still counts as now. */
export const PATIENCE: Span = 5 * MINUTE;

/** What of the fields people wrote. */
export const textsOf = (fields: Fields): Texts => picked(fields, TEXTS);
/** What of the fields people chose. */
export const settingsOf = (fields: Fields): Settings => picked(fields, SETTINGS);

function picked<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  // Each name is copied with its own value; what is absent stays absent.
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Pick<T, K>;
}

export interface Difference {
  readonly changed: readonly FieldName[];
  readonly material: readonly FieldName[];
  readonly settings: Partial<Settings>;
  readonly unlinked: readonly RecordId[];
  readonly words: Partial<Texts>;
}

const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((one, at) => one === b[at]) : a === b;

/** What would be different with these fields. */
export function difference(before: Fields, wanted: Partial<Fields>): Difference {
  const changed = [...TEXTS, ...SETTINGS].filter((name) => wanted[name] !== undefined && !same(before[name], wanted[name]));
  return {
    changed,
    material: changed.filter((name) => MATERIAL.includes(name)),
    settings: picked(
      wanted,
      SETTINGS.filter((name) => changed.includes(name)),
    ),
    unlinked: before.links.filter((link) => wanted.links !== undefined && !wanted.links.includes(link)),
    words: picked(
      wanted,
      TEXTS.filter((name) => changed.includes(name)),
    ),
  };
}

export interface Wrong {
  readonly field: FieldName;
  readonly refusal: Refusal;
}

/** Where the start has to lie: ahead of a change that is asked for, behind one that was made already. */
export type Start = 'ahead' | 'past' | 'any';

/** The first thing that is wrong with the window or the links: `start-past`, `made-later`, `end-before-start`, `links-needed`. */
export function wrongWith(fields: Fields, where: Start, now: Instant): Wrong | undefined {
  const { start, end, type, links } = fields;
  if (where === 'past' && start > now) return { field: 'start', refusal: refuse('made-later', { start }) };
  if (where === 'ahead' && start < now - PATIENCE) return { field: 'start', refusal: refuse('start-past', { start }) };
  if (end !== undefined && end <= start) return { field: 'end', refusal: refuse('end-before-start', { start, end }) };
  if (type === 'emergency' && links.length === 0) return { field: 'links', refusal: refuse('links-needed') };
  return undefined;
}

/** What the short forms leave out and must be there before the RFC can be closed. */
export const missing = ({ fields }: Change): readonly FieldName[] => [
  ...(fields.risk === '' ? (['risk'] as const) : []),
  ...(fields.end === undefined ? (['end'] as const) : []),
];
