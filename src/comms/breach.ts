/**
 * The plan for a security breach, prepared beforehand (M8): by when each audience must be told, counted from when the breach became
 * known, and in which order; what the organisation prepared comes before what is here. Pure. Source: the issue *Plans*, M8.
 */
import { HOUR, MINUTE } from '../core/instant.ts';
import { accept, BELLMAN, type BreachLine, type Context, type Decision, type Org } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { bind } from './binding.ts';
import type { Bounds } from './deadline.ts';
import { evolve } from './evolve.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { mayArrange } from './rights.ts';

interface Prepared extends BreachLine {
  /** They are told first. */
  readonly after?: string;
}

/** Authorities within 72 hours; staff before customers, customers before the press, which is told on demand. */
const PREPARED: Readonly<Record<string, Prepared>> = {
  'senior-management': { within: 30 * MINUTE },
  'emergency-services': { within: 72 * HOUR },
  'all-staff': { within: 24 * HOUR },
  customers: { within: 72 * HOUR, after: 'all-staff' },
  press: { after: 'customers' },
};

/** How an audience is notified of a breach: what the organisation prepared, else what comes with Bellman. */
export const preparedFor = (org: Pick<Org, 'breach'>, audience: string): Prepared => ({
  ...PREPARED[audience],
  ...org.breach?.[audience],
});

/**
 * Makes a running plan the one for a breach. By those who may arrange it, and by `security`. Its deadlines count from when the breach
 * became known; a line that a deadline binds starts. Refuses `no-plan`, `plan-closing`, `not-your-plan`, `known-in-the-future`.
 */
export function beginBreach(
  plan: Plan,
  { known }: Extract<PlanCommand, { type: 'breach' }>,
  context: Context,
): Decision<PlanEvent> {
  const { actor, org, now, record } = context;
  if (plan.status === 'none') return refuse('no-plan', { record });
  if (plan.status === 'closing') return refuse('plan-closing', { record, line: plan.lines[0]?.audience ?? '' });
  // Whoever declares the record says so with it, and the record then asks for it.
  const may = actor.person === BELLMAN || actor.roles.has('security');
  const refused = may ? undefined : mayArrange(plan, context);
  if (refused) return refused;
  if (known > now) return refuse('known-in-the-future', { at: known });
  if (plan.breach) return accept();
  const events: PlanEvent[] = [];
  let next: Plan = { ...plan, known };
  for (const { audience } of plan.lines) {
    const decided = onLine(next, audience, preparedFor(org, audience), context);
    events.push(...decided);
    next = decided.reduce(evolve, next);
  }
  // Last, so that whoever is told of it reads every term.
  return accept({ type: 'breach-known', known, by: actor.person, at: now }, ...events, { type: 'breach-begun' });
}

/** Nothing that cannot be as it was prepared delays the others: it stays as the line has it. */
function onLine(plan: Plan, audience: string, prepared: Prepared, context: Context): readonly PlanEvent[] {
  const { within, after, places, cadence, author, releasers, approvals } = prepared;
  const settings = { cadence, author, releasers, approvals };
  const set: readonly PlanEvent[] =
    places !== undefined || Object.values(settings).some((one) => one !== undefined)
      ? [{ type: 'line-changed', line: audience, ...settings, ...(places === undefined ? {} : { words: { places } }) }]
      : [];
  const arranged = set.reduce(evolve, plan);
  const line = arranged.lines.find((one) => one.audience === audience);
  const bounds: Bounds = { ...(within === undefined ? {} : { known: [within] }), ...(after === undefined ? {} : { after }) };
  if (!line || Object.keys(bounds).length === 0) return set;
  const bound = bind(arranged, line, { type: 'bind', line: audience, bounds }, context);
  return isRefusal(bound) ? set : [...set, ...bound];
}
