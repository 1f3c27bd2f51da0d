/** Who may send alerts, on ORG-1: each source has a name, a format and a key of its own. Pure. */
import { accept, type Context, type Decision, type Part, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export const FORMATS = ['alertmanager', 'grafana', 'pagerduty', 'generic'] as const;
export type Format = (typeof FORMATS)[number];

export interface Source {
  readonly format: Format;
  /** Names the stored key. */
  readonly key: string;
}

export type Sources = Readonly<Record<string, Source>>;

export type SourcesCommand =
  | { readonly type: 'add'; readonly source: string; readonly format: Format; readonly key: string }
  | { readonly type: 'remove'; readonly source: string };

export type SourcesEvent =
  | { readonly type: 'source-added'; readonly source: string; readonly format: Format; readonly key: string }
  | { readonly type: 'source-removed'; readonly source: string };

/** Who may say who sends alerts. */
export const SOURCE_ROLES = ['admin', 'incident-manager'] as const;
const MOST_SOURCES = 50;
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/u;

/** Refuses `role-needed`, `source-name` (fact `said`), `source-exists` (facts: `source`, `format`), `too-many-sources`, `unknown-source`. */
export const sources: Part<Sources, SourcesCommand, SourcesEvent> = {
  name: 'alert-sources',
  initial: {},
  decide(state, command, context: Context): Decision<SourcesEvent> {
    const lacking = requireRole(context, ...SOURCE_ROLES);
    if (lacking) return lacking;
    const { source } = command;
    const known = Object.hasOwn(state, source) ? state[source] : undefined;
    switch (command.type) {
      case 'add': {
        if (!NAME.test(source)) return refuse('source-name', { said: source });
        if (known) return refuse('source-exists', { source, format: known.format });
        if (Object.keys(state).length >= MOST_SOURCES) return refuse('too-many-sources', { most: MOST_SOURCES });
        return accept({ type: 'source-added', source, format: command.format, key: command.key });
      }
      case 'remove':
        return known
          ? accept({ type: 'source-removed', source })
          : refuse('unknown-source', { said: source, known: Object.keys(state) });
      default:
        return command satisfies never;
    }
  },
  evolve(state, event): Sources {
    const { [event.source]: _before, ...others } = state;
    return event.type === 'source-removed' ? others : { ...others, [event.source]: { format: event.format, key: event.key } };
  },
};
