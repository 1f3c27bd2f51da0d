/**
 * What monitoring says about an incident: one alert, known by its own key, raises one incident and is counted there when it fires
 * again. Only Bellman itself hears alerts. Pure.
 */
import type { Instant } from '../core/instant.ts';
import { accept, BELLMAN, type Context, type Decision, type Part, type RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { type Incident, incident } from './incident.ts';
import { type Intake, type IntakeEvent, sameIntake, toEvent } from './intake.ts';

/** One alert as its source said it just now. */
export interface Signal {
  /** Tells alerts apart, over all sources. */
  readonly id: string;
  readonly source: string;
  /** The key that the source itself gave it. */
  readonly key: string;
  readonly status: 'firing' | 'resolved';
  /** What tells one time that it fired from the next; absent where the source does not say. */
  readonly occurrence?: string | undefined;
  readonly url?: string | undefined;
}

interface Heard {
  readonly source: string;
  readonly firing: boolean;
  /** How often it fired. */
  readonly count: number;
  /** When it was heard last. */
  readonly at: Instant;
  readonly occurrence?: string | undefined;
}

export interface Alerts {
  readonly heard: Readonly<Record<string, Heard>>;
  /** What it was raised with, to see whether somebody has edited it since. */
  readonly intake?: Intake;
}

export type AlertCommand =
  /** `problem`: it reads so much like this known one that it is linked at once. */
  | { readonly type: 'raise'; readonly signal: Signal; readonly intake: Intake; readonly problem?: RecordId | undefined }
  | { readonly type: 'hear'; readonly signal: Signal };

interface FiredEvent {
  readonly id: string;
  readonly source: string;
  readonly at: Instant;
  readonly count: number;
  readonly occurrence?: string | undefined;
}

export type AlertEvent =
  | ({
      readonly type: 'raised-incident';
      readonly problem?: RecordId | undefined;
      readonly intake: Omit<IntakeEvent, 'words'>;
    } & Pick<IntakeEvent, 'words'> &
      FiredEvent)
  /** `reopens`: the incident was resolved, and did not hold. */
  | ({
      readonly type: 'fired-again';
      readonly reopens: boolean;
      readonly words: { readonly key: string; readonly url?: string | undefined };
    } & FiredEvent)
  /** `resolves`: nobody has taken the incident up, so that it is over with its alert. */
  | {
      readonly type: 'cleared';
      readonly id: string;
      readonly source: string;
      readonly at: Instant;
      readonly occurrence?: string | undefined;
      readonly resolves: boolean;
    };

/** A source that does not say which time it fired says the same again within this only because it was not sure to be heard. */
export const REPEATED_MS = 5 * 60_000;
/** What fires again so soon after it was resolved is the same incident; later it is another one. */
export const REOPENS_MS = 24 * 3_600_000;

/** Whether an alert that fires now needs an incident of its own: this one was closed, or resolved long ago. */
export const isOver = ({ closed, standing }: Pick<Incident, 'closed' | 'standing'>, now: Instant): boolean =>
  closed !== undefined || (standing.status === 'resolved' && now - (standing.resolvedAt ?? 0) > REOPENS_MS);

/** Whether nobody has done anything with an incident since the alert raised it. */
function isUntouched(found: Incident, intake: Intake | undefined): boolean {
  const { raised, standing, notes = [], joined = [], crew = {}, group } = found;
  return (
    raised?.by === BELLMAN &&
    standing.owner === undefined &&
    standing.proposed === undefined &&
    !standing.major &&
    notes.every(({ by }) => by === BELLMAN) &&
    joined.length === 0 &&
    Object.keys(crew).length === 0 &&
    group === undefined &&
    intake !== undefined &&
    sameIntake(intake, found.intake)
  );
}

/**
 * The rules of alerts. What was heard already changes nothing, whatever asks again; nor does what fires for an incident that is over
 * (`isOver`). Refuses `role-needed` to everybody but Bellman.
 */
export const alert: Part<Alerts, AlertCommand, AlertEvent> = {
  name: 'alert',
  initial: { heard: {} },
  decide(state, command, context): Decision<AlertEvent> {
    if (context.actor.person !== BELLMAN) return refuse('role-needed', { roles: [], holders: [] });
    const { signal } = command;
    if (command.type === 'raise') {
      if (context.other(incident)?.raised) return accept();
      const { words, ...rest } = toEvent(command.intake);
      const { problem } = command;
      return accept({ type: 'raised-incident', problem, intake: rest, words, ...fired(signal, undefined, context.now) });
    }
    const found = context.other(incident);
    if (!found?.raised) return refuse('unknown-record', { record: context.record });
    return signal.status === 'firing' ? fires(state, signal, found, context) : clears(state, signal, found, context);
  },
  evolve(state, event): Alerts {
    const { id, source, at, occurrence } = event;
    const before = state.heard[id];
    const count = event.type === 'cleared' ? (before?.count ?? 0) : event.count;
    const heard = { ...state.heard, [id]: { source, at, occurrence, count, firing: event.type !== 'cleared' } };
    return event.type === 'raised-incident' ? { heard, intake: { ...event.intake, ...event.words } } : { ...state, heard };
  },
};

const fired = ({ id, source, occurrence }: Signal, before: Heard | undefined, now: Instant): FiredEvent => ({
  id,
  source,
  at: now,
  count: (before?.count ?? 0) + 1,
  ...(occurrence === undefined ? {} : { occurrence }),
});

function fires(state: Alerts, signal: Signal, found: Incident, { now }: Context): Decision<AlertEvent> {
  const before = state.heard[signal.id];
  if (isOver(found, now) || (before && isRepeat(before, signal, now))) return accept();
  const reopens = found.standing.status === 'resolved';
  const { key, url } = signal;
  return accept({ type: 'fired-again', reopens, words: { key, ...(url ? { url } : {}) }, ...fired(signal, before, now) });
}

const isRepeat = (before: Heard, { occurrence }: Signal, now: Instant): boolean =>
  occurrence === undefined || before.occurrence === undefined
    ? before.firing && now - before.at < REPEATED_MS
    : occurrence === before.occurrence;

function clears(state: Alerts, signal: Signal, found: Incident, { now }: Context): Decision<AlertEvent> {
  const before = state.heard[signal.id];
  if (!before?.firing || found.standing.status === 'resolved') return accept();
  const others = Object.entries(state.heard).some(([id, { firing }]) => id !== signal.id && firing);
  const { id, source } = signal;
  const resolves = !others && isUntouched(found, state.intake);
  // It keeps which time it was that ended: the same one said again as firing comes too late.
  return accept({ type: 'cleared', id, source, at: now, occurrence: before.occurrence, resolves });
}

/** How often alerts fired for an incident, and whose they are. */
export const alertCount = ({ heard }: Alerts): { readonly count: number; readonly sources: readonly string[] } => ({
  count: Object.values(heard).reduce((sum, { count }) => sum + count, 0),
  sources: [...new Set(Object.values(heard).map(({ source }) => source))],
});
