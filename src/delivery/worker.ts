/**
 * The worker: drains places in parallel, the most urgent first. Any number of workers in any number of processes may run; the lease
 * on a place keeps its order. What it cannot do now it comes back to by itself, and the sweeper wakes it for whatever it forgot.
 */
import { randomBytes } from 'node:crypto';
import type { Place } from '../chat/port.ts';
import type { Span } from '../core/instant.ts';
import { isAway } from '../db/database.ts';
import { drain } from './drain.ts';
import type { DrainParts } from './ending.ts';
import { type Times, USUAL_TIMES } from './protocol.ts';
import { deliveryStore, type OpenPlace } from './store.ts';

export interface DeliveryParts extends Omit<DrainParts, 'store' | 'holder' | 'times'> {
  readonly times?: Partial<Times>;
  /** True while nothing may be sent (design section 9): then nothing is claimed. Asked before each claim. */
  readonly held?: () => boolean | Promise<boolean>;
  /** Places drained at the same time. */
  readonly parallel?: number;
}

export interface DeliveryWorker {
  /** Looks for what is due and begins to drain it. Resolves when a look that began after the call is done. Rejects when Postgres is away. */
  run(): Promise<void>;
  /** Resolves when no place is being drained. */
  idle(): Promise<void>;
  /** Begins nothing more; resolves when what was begun is recorded. */
  close(): Promise<void>;
}

const PARALLEL = 16;
/** Kept free for what cannot wait for a slot: emergency services and customers. */
const URGENT = 3;
const URGENT_SLOTS = 4;
/** Looks follow each other at this distance, and never fill more than half of the time: one look finds what many rang for. */
const LOOK_SPACING: Span = 15;
const PLACES_A_LOOK = 128;
/** After trouble a place rests for so long. */
const TROUBLE_REST: Span = 500;
/** Longer than that nothing is remembered here: the sweeper is sure to have been there. */
const LONGEST_NOTE: Span = 10_000;

/** Makes a worker. */
export function deliveryWorker(given: DeliveryParts): DeliveryWorker {
  const holder = randomBytes(9).toString('hex');
  const merged: Times = { ...USUAL_TIMES, ...given.times };
  // A claim that ran out means that the time-out and the quiet period are over.
  const times: Times = { ...merged, lease: Math.max(merged.lease, merged.timeout + merged.quiet) };
  const parts: DrainParts = { ...given, times, holder, store: deliveryStore(given.db, holder, times) };
  const platforms = [...given.mechanisms.keys()];
  const parallel = given.parallel ?? PARALLEL;

  const active = new Map<Place, Promise<void>>();
  const resting = new Set<Place>();
  const notes = new Set<NodeJS.Timeout>();
  let open: OpenPlace[] = [];
  let mayBeMore = false;
  let asked = 0;
  let closed = false;
  let looking: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;

  const stopping = async (): Promise<boolean> => closed || ((await given.held?.()) ?? false);

  async function look(): Promise<void> {
    const early = notBefore - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    if (await stopping()) return;
    const began = performance.now();
    const found = await parts.store.places(platforms, [...active.keys(), ...resting], PLACES_A_LOOK);
    const took = performance.now() - began;
    notBefore = performance.now() + Math.max(LOOK_SPACING - took, took);
    open = [...found];
    mayBeMore = found.length === PLACES_A_LOOK;
    begin();
  }

  function run(): Promise<void> {
    asked += 1;
    if (!looking) {
      looking = look().finally(() => {
        looking = undefined;
      });
      return looking;
    }
    next ??= looking
      .catch(() => {
        // Whoever asked for that look has been told.
      })
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  }

  function begin(): void {
    while (!closed && open[0]) {
      const slots = parallel + (open[0].urgency <= URGENT ? URGENT_SLOTS : 0);
      if (active.size >= slots) return;
      const [{ place }] = open.splice(0, 1) as [OpenPlace];
      if (!active.has(place) && !resting.has(place)) active.set(place, drained(place));
    }
  }

  async function drained(place: Place): Promise<void> {
    const before = asked;
    try {
      const { rest, again } = await drain(parts, place, stopping);
      if (rest !== undefined) restFor(place, rest);
      if (again !== undefined) wakeIn(again);
    } catch (error) {
      restFor(place, TROUBLE_REST);
      if (!isAway(error)) parts.onTrouble(`Draining ${place} was broken off`, error);
    } finally {
      active.delete(place);
    }
    // Somebody rang for this place, perhaps, when it had been looked through already.
    if (asked !== before) mayBeMore = true;
    begin();
    if (open.length === 0 && mayBeMore) wake();
  }

  function restFor(place: Place, span: Span): void {
    resting.add(place);
    later(span, () => resting.delete(place));
  }

  const wakeIn = (span: Span): void => later(span, () => {});

  function later(span: Span, work: () => void): void {
    const timeout = setTimeout(
      () => {
        notes.delete(timeout);
        work();
        wake();
      },
      Math.min(span, LONGEST_NOTE),
    );
    timeout.unref();
    notes.add(timeout);
  }

  function wake(): void {
    if (closed) return;
    run().catch((error) => {
      // The sweeper comes by within a second.
      if (!isAway(error)) parts.onTrouble('Looking for deliveries failed', error);
    });
  }

  async function idle(): Promise<void> {
    while (active.size > 0 || looking) await Promise.allSettled([...active.values(), looking]);
  }

  return {
    run,
    idle,
    async close() {
      closed = true;
      for (const timeout of notes) clearTimeout(timeout);
      await idle();
    },
  };
}
