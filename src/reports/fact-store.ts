/** The table of what is counted, in Postgres. */
import type { Projection } from '../core/statement.ts';
import { RECORD_FACT } from './fact.ts';

/** Takes a row as it is now, and keeps what was so at some time. */
export const recordFacts: Projection = {
  name: RECORD_FACT,
  key: 'id',
  columns: {
    id: 'text',
    kind: 'text',
    guarded: 'bool',
    title: 'text',
    category: 'text',
    subCategory: 'text',
    site: 'text',
    items: 'text',
    priority: 'int',
    major: 'bool',
    tier: 'int',
    resolverGroup: 'text',
    status: 'text',
    raisedAt: 'timestamptz',
    resolvedAt: 'timestamptz',
    closedAt: 'timestamptz',
    raisedMonth: 'int',
    resolvedMonth: 'int',
    closedMonth: 'int',
    closure: 'text',
    problem: 'text',
  },
  sql: (d) => `
    insert into bellman.record_fact as f (id, kind, guarded, title, category, sub_category, site, items, priority, highest, major,
      major_ever, tier, first_tier, resolver_group, status, raised_at, resolved_at, closed_at, raised_month, resolved_month, closed_month,
      closure, problem)
    select d.id, d.kind, d.guarded, d.title, d.category, "subCategory", d.site, d.items, d.priority, d.priority, d.major, d.major, d.tier,
      d.tier, "resolverGroup", d.status, "raisedAt", "resolvedAt", "closedAt", "raisedMonth", "resolvedMonth", "closedMonth", d.closure,
      d.problem from ${d}
    on conflict (id) do update set guarded = excluded.guarded, title = excluded.title, category = excluded.category,
      sub_category = excluded.sub_category, site = excluded.site, items = excluded.items, priority = excluded.priority,
      highest = least(f.highest, excluded.priority), major = excluded.major, major_ever = f.major_ever or excluded.major,
      tier = excluded.tier, first_tier = coalesce(f.first_tier, excluded.tier), moves = f.moves + ((f.tier <> excluded.tier) is true)::int,
      resolver_group = excluded.resolver_group, status = excluded.status, resolved_at = excluded.resolved_at,
      closed_at = excluded.closed_at, resolved_month = excluded.resolved_month, closed_month = excluded.closed_month,
      closure = excluded.closure, problem = excluded.problem`,
};
