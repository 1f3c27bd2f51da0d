/**
 * By when the work on a problem must begin: the target response time that the service level of its category and priority sets,
 * counted from when it was raised (P1, P2). Pure. It is met by whatever shows that the work has begun (`isTakenUp`).
 */
import type { Instant, Span } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { weightOf } from '../incidents/index.ts';
import { serviceLevelOf } from '../people/index.ts';
import { problem } from './problem.ts';
import { isTakenUp, stageOf } from './stage.ts';

export interface Target {
  /** Absent: nothing was agreed for such a problem. */
  readonly due?: Instant | undefined;
  readonly span?: Span | undefined;
  /** When the work began, once it has. */
  readonly begun?: Instant | undefined;
  /** When the target passed without it. */
  readonly breached?: Instant | undefined;
}

/** All by Bellman itself. */
export type TargetCommand =
  /** What it is measured by may have changed. */
  { readonly type: 'aim' } | { readonly type: 'warn' } | { readonly type: 'pass' } | { readonly type: 'begin' };

export type TargetEvent =
  | {
      readonly type: 'aimed';
      readonly due?: Instant | undefined;
      readonly span?: Span | undefined;
      readonly warn?: Instant | undefined;
    }
  | { readonly type: 'warned'; readonly due: Instant }
  | { readonly type: 'breached'; readonly at: Instant; readonly due: Instant }
  /** `late`: after the target. */
  | { readonly type: 'met'; readonly at: Instant; readonly due: Instant; readonly late: boolean };

/** Owner and managers are warned once so much of the time has passed. */
const WARN_AT = 0.75;

export const target: Part<Target, TargetCommand, TargetEvent> = {
  name: 'target',
  initial: {},
  decide(state, command, context): Decision<TargetEvent> {
    const of = context.other(problem);
    if (!of?.raised) return refuse('unknown-record', { record: context.record });
    const { now } = context;
    const { due, begun, breached } = state;
    switch (command.type) {
      case 'aim':
        return begun === undefined && breached === undefined && !isTakenUp(stageOf(of))
          ? aim(state, of.raised.at, context)
          : accept();
      case 'warn':
        return due !== undefined && begun === undefined && now < due ? accept({ type: 'warned', due }) : accept();
      case 'pass':
        return due !== undefined && begun === undefined && breached === undefined && now >= due
          ? accept({ type: 'breached', at: now, due })
          : accept();
      case 'begin':
        return due !== undefined && begun === undefined && isTakenUp(stageOf(of))
          ? accept({ type: 'met', at: now, due, late: now > due })
          : accept();
      default:
        return command satisfies never;
    }
  },
  evolve(state, event): Target {
    switch (event.type) {
      case 'aimed':
        return { ...state, due: event.due, span: event.span };
      case 'warned':
        return state;
      case 'breached':
        return { ...state, breached: event.at };
      case 'met':
        return { ...state, begun: event.at };
      default:
        return event satisfies never;
    }
  },
};

/** The target for what it is now, counted from when it was raised; what has passed already is breached at once by its timer. */
function aim({ span: before }: Target, raised: Instant, { org, other }: Context): Decision<TargetEvent> {
  const of = other(problem) ?? problem.initial;
  const span = serviceLevelOf(org.serviceLevels ?? {}, of.intake.category, weightOf(of));
  if (span === before) return accept();
  if (span === undefined) return accept({ type: 'aimed' });
  return accept({ type: 'aimed', span, due: raised + span, warn: raised + Math.round(span * WARN_AT) });
}
