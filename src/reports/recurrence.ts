/**
 * Incidents that come again without a problem behind them (P16): told once for each cluster to those who manage problems, who raise
 * one with all of them linked. On ORG-1, so that no restart tells it twice. Pure; which incidents are alike, the store finds.
 */
import { DAY, type Instant, type Span } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type RecordId, requireRole } from '../core/record.ts';

/** So many alike, in so long, recur. */
export const RECURS = 5;
export const WINDOW: Span = 14 * DAY;
/** A cluster that was told so long ago can be told again. */
const REMEMBERED: Span = 2 * WINDOW;
/** What a card and a problem take in at once. */
const MOST_INCIDENTS = 100;

export interface Alike {
  readonly id: RecordId;
  readonly title: string;
}

export interface Cluster {
  readonly number: number;
  readonly category?: string | undefined;
  readonly incidents: readonly Alike[];
  readonly at: Instant;
  /** The problem that has them now. */
  readonly problem?: RecordId | undefined;
}

export interface Recurrences {
  readonly last: number;
  readonly clusters: readonly Cluster[];
}

/** All by Bellman itself. */
export type RecurrencesCommand =
  | { readonly type: 'tell'; readonly category?: string | undefined; readonly incidents: readonly Alike[] }
  | { readonly type: 'belongs'; readonly problem: RecordId; readonly incidents: readonly RecordId[] };

export type RecurrencesEvent =
  | {
      readonly type: 'recurring';
      readonly cluster: number;
      readonly category?: string | undefined;
      readonly incidents: readonly RecordId[];
      readonly at: Instant;
      readonly words: { readonly titles: readonly string[] };
    }
  | { readonly type: 'explained'; readonly cluster: number; readonly problem: RecordId };

/** Refuses `role-needed` to whoever is not Bellman. A cluster that shares an incident with one that was told is the same one. */
export const recurrences: Part<Recurrences, RecurrencesCommand, RecurrencesEvent> = {
  name: 'recurrences',
  initial: { last: 0, clusters: [] },
  decide({ last, clusters }, command, context: Context): Decision<RecurrencesEvent> {
    const lacking = requireRole(context);
    if (lacking) return lacking;
    switch (command.type) {
      case 'tell': {
        const ids = new Set(command.incidents.map(({ id }) => id));
        const known = clusters.some(({ incidents }) => incidents.some(({ id }) => ids.has(id)));
        if (known || ids.size < RECURS) return accept();
        const incidents = command.incidents.slice(0, MOST_INCIDENTS);
        return accept({
          type: 'recurring',
          cluster: last + 1,
          category: command.category,
          incidents: incidents.map(({ id }) => id),
          at: context.now,
          words: { titles: incidents.map(({ title }) => title) },
        });
      }
      case 'belongs':
        return accept(
          ...clusters
            .filter(
              ({ problem, incidents }) => problem === undefined && incidents.some(({ id }) => command.incidents.includes(id)),
            )
            .map(({ number }): RecurrencesEvent => ({ type: 'explained', cluster: number, problem: command.problem })),
        );
      default:
        return command satisfies never;
    }
  },
  evolve({ last, clusters }, event): Recurrences {
    switch (event.type) {
      case 'recurring': {
        const { cluster: number, category, incidents, at, words } = event;
        const told = incidents.map((id, nth): Alike => ({ id, title: words.titles[nth] ?? '' }));
        const kept = clusters.filter((one) => at - one.at < REMEMBERED);
        return { last: number, clusters: [...kept, { number, category, incidents: told, at }] };
      }
      case 'explained':
        return {
          last,
          clusters: clusters.map((one) => (one.number === event.cluster ? { ...one, problem: event.problem } : one)),
        };
      default:
        return event satisfies never;
    }
  },
};

/** The cluster of that number; undefined once it is forgotten. */
export const clusterOf = ({ clusters }: Recurrences, number: number): Cluster | undefined =>
  clusters.find((one) => one.number === number);
