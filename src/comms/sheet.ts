/** The situation sheet of a record: the facts, told once and put into words for each audience (design section 8). Pure. */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type DataClass, type Decision, type Part, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { changesIn, type FactChange, type FactField, type Facts, type MadeFromFacts, type Sheet, sheetState } from './facts.ts';
import { plan as planPart } from './part.ts';
import { mayTellFacts } from './rights.ts';

export type SheetCommand = {
  readonly type: 'fill';
  readonly facts: Facts;
  /** Absent: as it is. */
  readonly class?: DataClass | undefined;
} & MadeFromFacts;

/** Everything but who, when and how guarded is free text about people and customers: `words`. */
export type SheetEvent = {
  readonly type: 'filled';
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly class?: DataClass | undefined;
  readonly changed: readonly FactField[];
  readonly words: { readonly facts: Facts; readonly changes: readonly FactChange[] } & MadeFromFacts;
};

/** The rules of the sheet. Refuses `no-plan`, `not-your-facts`; the same facts again change nothing. */
export const sheet: Part<Sheet, SheetCommand, SheetEvent> = {
  ...sheetState,
  decide(state, command, context: Context): Decision<SheetEvent> {
    const plan = context.other(planPart);
    if (!plan || plan.status === 'none') return refuse('no-plan', { record: context.record });
    const refused = mayTellFacts(plan, context);
    if (refused) return refused;
    const changes = changesIn(state.facts, command.facts);
    const guarded = command.class ?? state.class;
    if (state.version > 0 && changes.length === 0 && guarded === state.class) return accept();
    const { facts, texts, names } = command;
    return accept({
      type: 'filled',
      version: state.version + 1,
      at: context.now,
      by: context.actor.person,
      class: guarded,
      changed: changes.map(({ field }) => field),
      words: { facts, changes, texts, names },
    });
  },
  evolve: (_state, { version, at, by, class: guarded, words }): Sheet => ({
    version,
    at,
    by,
    class: guarded,
    facts: words.facts,
  }),
};
