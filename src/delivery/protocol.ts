/**
 * The delivery protocol, pure (design section 5): what to do next with a delivery, and what an outcome makes of it.
 * Nothing is said twice: whatever may have arrived is looked for before it is sent again, and where nobody can look a person decides.
 */
import type { Card } from '../chat/card.ts';
import type { Place, Posted } from '../chat/port.ts';
import type { Span } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';

/**
 * `waiting`: to be sent. `sending`: claimed; with its lease over, cut off. `unknown`: may have arrived. `unsure`: a person decides.
 * Over: `sent`, `failed`, `cancelled` (it may not be sent any more), `left` (unsure, and a person let it be).
 */
export type State = 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown' | 'unsure' | 'left' | 'cancelled';

/** A delivery as the worker sees it. */
export interface Delivery {
  readonly id: string;
  readonly record: RecordId;
  readonly place: Place;
  readonly platform: string;
  readonly urgency: number;
  readonly content: Card;
  readonly contentHash: string;
  /** The live name of a card that is rendered from its record. */
  readonly live: string | null;
  /** The update that it carries, whose authority is checked again before it is sent. */
  readonly update: string | null;
  readonly state: State;
  readonly attempt: number;
  /** How often it was looked for in vain since it was last sent. */
  readonly looks: number;
  /** In real time; null as long as nothing can have arrived. */
  readonly firstSentAt: Date | null;
  readonly externalId: string | null;
  /** Its record changed since it was rendered; of a sent one: it must be edited, or looked at for twins. */
  readonly dirty: boolean;
  /** Of a sent one: it is time to look for twins. */
  readonly twinsDue: boolean;
}

/** What the platform of a delivery can do; undefined: no platform of that name is connected. */
export type Way =
  | {
      readonly canLook: boolean;
      readonly canEdit: boolean;
      /** Sent again, it is still said once. */
      readonly canRepeat?: true;
    }
  | undefined;

export type Step =
  | { readonly do: 'send' }
  | { readonly do: 'look' }
  | { readonly do: 'edit' }
  | { readonly do: 'remove twins' }
  | { readonly do: 'rest' }
  | { readonly do: 'ask'; readonly why: string }
  | { readonly do: 'fail'; readonly why: string };

/** Not found so often: it did not arrive. */
export const LOOKS = 2;
/** A person said that it is to be sent again. */
export const SAID_AGAIN = LOOKS + 1;
/** Not arrived after so many attempts: sending it again by itself has no end, so a person decides. */
export const MOST_ATTEMPTS = 10;

/** Where nobody can look: not taken so often, a minute apart as a rule, it fails, so that somebody tells them by another way. */
export const MOST_TRIES = 60;

/** The platform of a place that is none: a person who is known from nowhere. */
export const NOWHERE = 'none';

/** What to do with a delivery whose time has come and whose lease is over. */
export function nextStep(delivery: Delivery, way: Way): Step {
  const { state, firstSentAt, looks, attempt } = delivery;
  switch (state) {
    case 'waiting':
      if (!way) return { do: 'fail', why: whyNoWay(delivery) };
      if (!way.canLook && looks < SAID_AGAIN && attempt >= MOST_TRIES)
        return { do: 'fail', why: `It was not taken in ${attempt} attempts` };
      if (firstSentAt === null || looks >= SAID_AGAIN) return { do: 'send' };
      if (looks < LOOKS) return lookOrAsk(way);
      if (attempt >= MOST_ATTEMPTS) return { do: 'ask', why: `It did not arrive after ${attempt} attempts` };
      return { do: 'send' };
    case 'sending':
    case 'unknown':
      return lookOrAsk(way);
    case 'sent':
      if (delivery.twinsDue && way?.canLook) return { do: 'remove twins' };
      return delivery.live !== null && delivery.externalId !== null && way?.canEdit ? { do: 'edit' } : { do: 'rest' };
    case 'failed':
    case 'unsure':
    case 'left':
    case 'cancelled':
      return { do: 'rest' };
    default:
      return state satisfies never;
  }
}

function lookOrAsk(way: Way): Step {
  if (way?.canRepeat) return { do: 'send' };
  return way?.canLook ? { do: 'look' } : { do: 'ask', why: 'It may have arrived, and nobody can look whether it did' };
}

const whyNoWay = ({ platform, place }: Delivery): string =>
  platform === NOWHERE
    ? `It is not known where ${place.slice(place.lastIndexOf('/') + 1)} can be reached`
    : `Bellman is not connected to ${platform}`;

/** How long things may take, in real milliseconds. */
export interface Times {
  /** A call to a platform that takes longer is broken off; what became of it is unknown. */
  readonly timeout: Span;
  /** So long after the time-out nothing arrives any more. */
  readonly quiet: Span;
  /** How long a claim holds. Longer than time-out and quiet period together. */
  readonly lease: Span;
  /** How long after a repeated delivery its twins are looked for. */
  readonly twins: Span;
  /** A live card is edited at most so often. */
  readonly edits: Span;
}

export const USUAL_TIMES: Times = { timeout: 10_000, quiet: 5_000, lease: 20_000, twins: 60_000, edits: 2000 };
const LONGEST_WAIT: Span = 300_000;
/** A platform that says "too many" without saying when to come back. */
export const USUAL_PAUSE: Span = 5000;

/** What came of a send or of a look. */
export type Outcome =
  | { readonly is: 'posted'; readonly externalId: string }
  | { readonly is: 'found'; readonly posted: readonly Posted[] }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'limited'; readonly why: string; readonly after: Span }
  | { readonly is: 'unknown'; readonly why: string };

/** What a delivery becomes. */
export interface Settlement {
  readonly state: State;
  readonly looks: number;
  readonly externalId?: string;
  readonly error?: string;
  /** Nobody touches it for so long; of a sent one: then its twins are looked for. */
  readonly wait?: Span;
  /** Nothing can have arrived: the next attempt is a first one. */
  readonly forget?: true;
}

/** What a send makes of a delivery; `before` as it was when it was claimed. */
export function afterSend(before: Delivery, outcome: Exclude<Outcome, { is: 'found' }>, way: Way, times: Times): Settlement {
  switch (outcome.is) {
    case 'posted': {
      const settled = { state: 'sent', looks: 0, externalId: outcome.externalId } as const;
      // An earlier attempt may still arrive.
      return before.firstSentAt !== null && way?.canLook ? { ...settled, wait: times.twins } : settled;
    }
    case 'refused':
      return { state: 'failed', looks: 0, error: outcome.why };
    case 'limited':
      return { state: 'waiting', looks: 0, error: outcome.why, ...(before.firstSentAt === null ? { forget: true } : {}) };
    case 'unknown':
      if (way?.canRepeat) return { state: 'waiting', looks: 0, error: outcome.why, wait: times.quiet };
      return way?.canLook
        ? { state: 'unknown', looks: 0, error: outcome.why, wait: times.timeout + times.quiet }
        : { state: 'unsure', looks: 0, error: outcome.why };
    default:
      return outcome satisfies never;
  }
}

/** What a look makes of a delivery; `now` in real time. */
export function afterLook(before: Delivery, outcome: Exclude<Outcome, { is: 'posted' }>, times: Times, now: Date): Settlement {
  switch (outcome.is) {
    case 'found': {
      const [oldest] = outcome.posted;
      if (oldest) {
        const settled = { state: 'sent', looks: 0, externalId: oldest.externalId } as const;
        if (outcome.posted.length > 1) return { ...settled, wait: 0 };
        return before.attempt > 1 ? { ...settled, wait: times.twins } : settled;
      }
      const looks = before.looks + 1;
      return looks >= LOOKS ? { state: 'waiting', looks } : { state: 'unknown', looks, wait: times.quiet };
    }
    case 'refused':
      return { state: 'unsure', looks: before.looks, error: outcome.why };
    case 'limited':
      return { state: 'unknown', looks: before.looks, error: outcome.why, wait: outcome.after };
    case 'unknown': {
      // The longer the platform is away, the longer until the next look.
      const since = now.getTime() - (before.firstSentAt ?? now).getTime();
      return {
        state: 'unknown',
        looks: before.looks,
        error: outcome.why,
        wait: Math.min(Math.max(since, times.quiet), LONGEST_WAIT),
      };
    }
    default:
      return outcome satisfies never;
  }
}
