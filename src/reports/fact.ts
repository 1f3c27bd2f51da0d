/**
 * What is counted of an incident or a problem (P15): the row that stands for it in trends and reports, made from its state after each
 * event. Pure. What was so at some time (its highest priority, that it was major, how often it changed tiers) the table remembers.
 */
import type { Ask, Reaction, RecordView } from '../core/ask.ts';
import { ANYTHING } from '../core/house.ts';
import type { Instant } from '../core/instant.ts';
import { isPrivate } from '../core/reading.ts';
import type { RecordId } from '../core/record.ts';
import { incident, priorityOf, type Raised } from '../incidents/index.ts';
import { problem } from '../problems/index.ts';

/** The projection's name. */
export const RECORD_FACT = 'record_fact';

/** Priorities as the table numbers them, gravest first. */
export const PRIORITIES = ['critical', 'high', 'medium', 'low', 'planned'] as const;

/** A month of UTC as a number that grows by one from month to month. */
export const monthNumber = (at: Instant): number => {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

const momentOf = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());
const month = (at: Instant | undefined): number | undefined => (at === undefined ? undefined : monthNumber(at));
const filled = (said: string | undefined): string | undefined => (said?.trim() ? said.trim() : undefined);

/** What only some records say of themselves: states of earlier versions have none of it. */
interface More {
  readonly tier?: number | undefined;
  readonly group?: string | undefined;
  readonly closed?: { readonly at: Instant; readonly category: string } | undefined;
}
type Counted = Raised & {
  readonly priority?: (typeof PRIORITIES)[number] | undefined;
  readonly intake: { readonly subCategory?: string | undefined; readonly site?: string | undefined };
};

function row({ id, class: of }: RecordView, kind: string, state: Counted, more: More, belongsTo?: RecordId): readonly Ask[] {
  const { raised, intake, standing } = state;
  if (!raised) return [];
  const { tier, group, closed } = more;
  return [
    {
      ask: 'project',
      into: RECORD_FACT,
      row: {
        id,
        kind,
        guarded: isPrivate(of),
        title: intake.title,
        category: intake.category,
        subCategory: filled(intake.subCategory),
        site: filled(intake.site),
        items: filled(intake.items),
        priority: PRIORITIES.indexOf(state.priority ?? priorityOf(intake.impact, intake.urgency)),
        major: standing.major,
        tier,
        resolverGroup: group,
        status: closed ? 'closed' : standing.status,
        raisedAt: momentOf(raised.at),
        resolvedAt: momentOf(standing.resolvedAt),
        closedAt: momentOf(closed?.at),
        raisedMonth: monthNumber(raised.at),
        resolvedMonth: month(standing.resolvedAt),
        closedMonth: month(closed?.at),
        closure: closed?.category,
        problem: belongsTo,
      },
    },
  ];
}

/** Keeps the rows: each event of an incident or a problem writes its row anew. */
export const factReactions: readonly Reaction[] = [
  {
    part: incident.name,
    on: ANYTHING,
    react: (_event, view) => {
      const state: Raised & More & { readonly problems: readonly RecordId[] } = view.state(incident);
      return row(view, 'INC', state, state, state.problems[0]);
    },
  },
  {
    part: problem.name,
    on: ANYTHING,
    react: (_event, view) => {
      const state: Raised & { readonly closure?: More['closed'] } = view.state(problem);
      return row(view, 'PRB', state, { closed: state.closure });
    },
  },
];
