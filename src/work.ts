/** What is done when something is due: timers fire, deliveries leave, requests that had to wait are finished. */
import { randomUUID } from 'node:crypto';
import { finishLate, type LateParts, tellGivenUp } from './chat/late.ts';
import { renderLive } from './chat/live.ts';
import type { Mechanism } from './chat/port.ts';
import * as comms from './comms/index.ts';
import type { Config } from './config.ts';
import { databaseClock } from './core/clock.ts';
import type { Doorbell } from './core/doorbell.ts';
import { BELLMAN } from './core/record.ts';
import { isHidden } from './core/records.ts';
import { timers } from './core/timers.ts';
import type { Transact } from './core/transact.ts';
import type { Database } from './db/database.ts';
import type { Instance } from './db/instance.ts';
import { type DeliveryParts, deliveryWorker } from './delivery/index.ts';
import { inboundFinisher, type Jobs, startJobs } from './jobs/index.ts';
import type { Logger } from './log.ts';
import { insteadOf, type PeopleStore } from './people/index.ts';
import { liveCards } from './rooms.ts';

export interface WorkParts {
  readonly config: Config;
  readonly log: Logger;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly transact: Transact;
  readonly people: PeopleStore;
  readonly mechanisms: ReadonlyMap<string, Mechanism>;
  readonly instance: Instance;
  /** Rung by the workers for each other. */
  readonly doorbell: Doorbell;
  readonly late: LateParts;
  /** For tests: see `Rehearsal`. */
  readonly onDeliveryStep?: DeliveryParts['onStep'];
  readonly times?: DeliveryParts['times'];
}

/** The jobs, and what ends them and the workers: to be called last one first. */
export interface Work {
  readonly jobs: Jobs;
  readonly endings: readonly (() => Promise<void> | void)[];
}

/** Starts the workers and the jobs that wake them; in a process that only talks (`BELLMAN_ROLE=bot`) only the doorbell. */
export async function startWork(parts: WorkParts): Promise<Work> {
  const { config, log, db, transact, instance, late } = parts;
  const onTrouble = (what: string, error: unknown) => log.error({ error }, what);
  const clock = await databaseClock(db);
  const firing = timers({
    db,
    transact,
    clock,
    holder: randomUUID(),
    onParked: async ({ record, key }, error) => {
      log.error({ record, key, error }, 'A timer failed five times and is parked');
      const hidden = await isHidden(db, record);
      await transact([{ ...comms.alarmFor(record, 'timer-parked', `${key} failed five times`, hidden), by: BELLMAN }]);
    },
    onTrouble,
  });
  const delivering = deliveryWorker({ ...deliveryParts(parts), onTrouble });
  const finishing = inboundFinisher({
    db,
    finish: (intent) => finishLate(late, intent),
    onGivenUp: (intent) => tellGivenUp(late, intent),
    onTrouble,
  });
  const works = config.BELLMAN_ROLE !== 'bot';
  const jobs = await startJobs({
    db,
    databaseUrl: parts.databaseUrl,
    redisUrl: config.REDIS_URL,
    prefix: `bellman-${instance.id()}`,
    handlers: works ? { timers: firing.run, deliveries: delivering.run, inbound: finishing } : undefined,
    clock,
    log,
  });
  return { jobs, endings: [() => jobs.close(), () => delivering.close(), () => firing.close()] };
}

/** Endings of deliveries of which admins hear. */
const ALARMING: ReadonlySet<string> = new Set(['failed', 'unsure', 'twins removed']);

function deliveryParts({ db, people, mechanisms, instance, doorbell, ...rest }: WorkParts): Omit<DeliveryParts, 'onTrouble'> {
  return {
    db,
    mechanisms,
    doorbell,
    render: (live, view, now) => renderLive(liveCards, live, view, now),
    names: people.names,
    mayStillSend: ({ update, place }, view, org) =>
      update === null ? undefined : comms.mayStillSend(view, update, org, (person) => !org.inactive?.includes(person), place),
    follows: async (delivery, ending) => {
      const hidden = ALARMING.has(ending.is) && (await isHidden(db, delivery.record));
      if (ending.is !== 'failed') return comms.whatFollows({ ...delivery, hidden }, ending);
      const { place, update, contentHash } = delivery;
      const person = await people.personAt(place);
      const way = update === null ? undefined : await insteadOf(db, { place, update, contentHash }, [...mechanisms.keys()]);
      return comms.whatFollows({ ...delivery, hidden, person, instead: way && { ...delivery, place: way.place } }, ending);
    },
    before: ({ id, record, place, update }) => comms.saidBefore(db, { record, place, update: update ?? '', delivery: id }),
    held: () => instance.held() !== undefined,
    // The mark goes ahead of what is sent, so that a copy made before it is known as a copy; one that is held must not speak.
    onStep: async (step, delivery) => {
      if (step === 'claimed' && !(await instance.advance())) throw new Error('Bellman became held: this was not sent');
      await rest.onDeliveryStep?.(step, delivery);
    },
    ...(rest.times ? { times: rest.times } : {}),
  };
}
