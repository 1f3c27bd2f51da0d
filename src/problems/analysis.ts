/**
 * The analysis of a problem: what is and what is not so (Kepner-Tregoe), possible causes with their tests, the branches of a
 * fishbone, and the true cause (P6, P7). Several people fill it in at once. Pure.
 */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { problem } from './problem.ts';
import { mayWork } from './working.ts';

/** The questions of the method. */
export const QUESTIONS = ['what', 'where', 'when', 'extent'] as const;
export type Question = (typeof QUESTIONS)[number];

/** A cell of the table: `what is`, `what is not`. */
export type Cell = `${Question}-${'is' | 'not'}`;
export const CELLS: readonly Cell[] = QUESTIONS.flatMap((question): Cell[] => [`${question}-is`, `${question}-not`]);

export const RESULTS = ['explains-it', 'does-not-explain-it', 'not-known-yet'] as const;
export type Result = (typeof RESULTS)[number];

export interface PossibleCause {
  readonly cause: string;
  readonly by: PersonId;
  /** How it is tested, and what came of it. */
  readonly test?: string | undefined;
  readonly result: Result;
}

export interface Branch {
  readonly name: string;
  readonly causes: readonly string[];
  /** The resolver group that looks into it. */
  readonly group?: string | undefined;
}

export interface Analysis {
  /** What stands in each cell, the newest last: what somebody's form still showed is known by it. */
  readonly cells: Readonly<Partial<Record<Cell, readonly string[]>>>;
  readonly suspects: readonly PossibleCause[];
  readonly branches: readonly Branch[];
  readonly cause?: { readonly text: string; readonly by: PersonId; readonly at: Instant } | undefined;
}

export type AnalysisCommand =
  | { readonly type: 'fill'; readonly cells: Readonly<Partial<Record<Cell, string>>> }
  | {
      readonly type: 'suspect';
      readonly cause: string;
      readonly test?: string | undefined;
      readonly result?: Result | undefined;
    }
  | { readonly type: 'branch'; readonly name: string; readonly cause: string }
  | { readonly type: 'give-branch'; readonly name: string; readonly group: string }
  | { readonly type: 'cause'; readonly text: string };

export type AnalysisEvent =
  | { readonly type: 'filled'; readonly words: { readonly cells: Readonly<Partial<Record<Cell, string>>> } }
  | {
      readonly type: 'suspected';
      readonly by: PersonId;
      readonly result: Result;
      readonly words: { readonly cause: string; readonly test?: string | undefined };
    }
  | { readonly type: 'branched'; readonly words: { readonly name: string; readonly cause: string } }
  | {
      readonly type: 'branch-given';
      readonly group: string;
      /** Who was in the group then, and was told. */
      readonly members: readonly PersonId[];
      readonly words: { readonly name: string };
    }
  | { readonly type: 'cause-found'; readonly by: PersonId; readonly at: Instant; readonly words: { readonly text: string } };

/** A fishbone with more can no longer be read. */
export const MOST_CAUSES = 60;
export const MOST_BRANCHES = 12;

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** What stands in a cell now. */
export const cellOf = ({ cells }: Analysis, cell: Cell): string => cells[cell]?.at(-1) ?? '';

/**
 * The rules of an analysis. Anybody who may know of the problem adds to it; the true cause is named by its owner and who works
 * on it, who also give branches to resolver groups. Refuses `unknown-record`, `is-resolved`, `not-yours`, `too-many-causes`,
 * `too-many-branches`, `unknown-resolvers` (facts: `said`, `known`).
 */
export const analysis: Part<Analysis, AnalysisCommand, AnalysisEvent> = {
  name: 'analysis',
  initial: { cells: {}, suspects: [], branches: [] },
  decide(state, command, context): Decision<AnalysisEvent> {
    const of = context.other(problem);
    if (!of?.raised) return refuse('unknown-record', { record: context.record });
    const { standing } = of;
    if (command.type === 'cause') return mayWork(of, context) ?? named(state, command.text, context);
    if (standing.status === 'resolved') return refuse('is-resolved', { record: context.record, at: standing.resolvedAt ?? 0 });
    switch (command.type) {
      case 'fill':
        return fill(state, command.cells);
      case 'suspect':
        return suspect(state, command, context);
      case 'branch':
        return branch(state, command);
      case 'give-branch':
        return mayWork(of, context) ?? give(state, command, context);
      default:
        return command satisfies never;
    }
  },
  evolve(state, event): Analysis {
    switch (event.type) {
      case 'filled':
        return { ...state, cells: { ...state.cells, ...added(state, event.words.cells) } };
      case 'suspected': {
        const { by, result, words } = event;
        const known = state.suspects.find(({ cause }) => same(cause, words.cause));
        const now: PossibleCause = { by: known?.by ?? by, result, cause: known?.cause ?? words.cause, test: words.test };
        return {
          ...state,
          suspects: known ? state.suspects.map((one) => (one === known ? now : one)) : [...state.suspects, now],
        };
      }
      case 'branched':
        return { ...state, branches: grown(state.branches, event.words) };
      case 'branch-given':
        return { ...state, branches: given(state.branches, event.words.name, event.group) };
      case 'cause-found':
        return { ...state, cause: { text: event.words.text, by: event.by, at: event.at } };
      default:
        return event satisfies never;
    }
  },
};

const added = (state: Analysis, cells: Readonly<Partial<Record<Cell, string>>>) =>
  Object.fromEntries(
    CELLS.flatMap((cell) => (cells[cell] === undefined ? [] : [[cell, [...(state.cells[cell] ?? []), cells[cell]]]])),
  );

/** A cell that still shows what once stood there was not touched: somebody else's newer words stay. */
function fill(state: Analysis, wanted: Readonly<Partial<Record<Cell, string>>>): Decision<AnalysisEvent> {
  const cells = Object.fromEntries(
    CELLS.flatMap((cell) => {
      const text = wanted[cell];
      return text === undefined || ['', ...(state.cells[cell] ?? [])].includes(text) ? [] : [[cell, text]];
    }),
  );
  return Object.keys(cells).length === 0 ? accept() : accept({ type: 'filled', words: { cells } });
}

/** The same cause again changes its test and result; what is left out stays as it is. */
function suspect(
  { suspects }: Analysis,
  { cause, test, result }: Extract<AnalysisCommand, { type: 'suspect' }>,
  { actor, record }: Context,
): Decision<AnalysisEvent> {
  const known = suspects.find((one) => same(one.cause, cause));
  if (!known && suspects.length >= MOST_CAUSES) return refuse('too-many-causes', { record, most: MOST_CAUSES });
  const now = { test: test ?? known?.test, result: result ?? known?.result ?? 'not-known-yet' };
  if (known && known.test === now.test && known.result === now.result) return accept();
  return accept({ type: 'suspected', by: actor.person, result: now.result, words: { cause, test: now.test } });
}

function branch({ branches }: Analysis, { name, cause }: Extract<AnalysisCommand, { type: 'branch' }>): Decision<AnalysisEvent> {
  const known = branches.find((one) => same(one.name, name));
  if (known?.causes.some((one) => same(one, cause))) return accept();
  if (!known && branches.length >= MOST_BRANCHES) return refuse('too-many-branches', { most: MOST_BRANCHES });
  if (branches.flatMap(({ causes }) => causes).length >= MOST_CAUSES) return refuse('too-many-causes', { most: MOST_CAUSES });
  return accept({ type: 'branched', words: { name: known?.name ?? name, cause } });
}

const grown = (branches: readonly Branch[], { name, cause }: { readonly name: string; readonly cause: string }) =>
  branches.some((one) => same(one.name, name))
    ? branches.map((one) => (same(one.name, name) ? { ...one, causes: [...one.causes, cause] } : one))
    : [...branches, { name, causes: [cause] }];

/** The group looks into the causes of a branch; it may be given before any cause is named. */
function give(
  { branches }: Analysis,
  { name, group }: Extract<AnalysisCommand, { type: 'give-branch' }>,
  { org }: Context,
): Decision<AnalysisEvent> {
  const wanted = org.resolvers?.[group];
  if (!wanted) return refuse('unknown-resolvers', { said: group, known: Object.keys(org.resolvers ?? {}) });
  const known = branches.find((one) => same(one.name, name));
  if (known?.group === group) return accept();
  if (!known && branches.length >= MOST_BRANCHES) return refuse('too-many-branches', { most: MOST_BRANCHES });
  return accept({ type: 'branch-given', group, members: wanted.members, words: { name: known?.name ?? name } });
}

const given = (branches: readonly Branch[], name: string, group: string): readonly Branch[] =>
  branches.some((one) => same(one.name, name))
    ? branches.map((one) => (same(one.name, name) ? { ...one, group } : one))
    : [...branches, { name, causes: [], group }];

const named = ({ cause }: Analysis, text: string, { actor, now }: Context): Decision<AnalysisEvent> =>
  cause?.text === text ? accept() : accept({ type: 'cause-found', by: actor.person, at: now, words: { text } });
