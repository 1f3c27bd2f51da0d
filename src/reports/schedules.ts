/** Which reports go where, how often (P16): on ORG-1, so that no restart loses one. Pure; what a report tells is read by whoever sends it. */

import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type PersonId, type Role, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { type Every, nextDue, type ReportName, type Schedule, type Told } from './report.ts';

export type Schedules = { readonly all: readonly Schedule[] };

export type SchedulesCommand =
  | {
      readonly type: 'schedule';
      readonly report: ReportName;
      readonly every: Every;
      readonly place: string;
      readonly zone: string;
    }
  | { readonly type: 'stop'; readonly report: ReportName; readonly place: string }
  /** By Bellman: the report that was due then, with what it tells. */
  | { readonly type: 'send'; readonly report: ReportName; readonly place: string; readonly due: Instant; readonly told: Told };

export type SchedulesEvent =
  | ({ readonly type: 'scheduled' } & Schedule)
  | { readonly type: 'stopped'; readonly report: ReportName; readonly place: string; readonly by: PersonId }
  | {
      readonly type: 'sent';
      readonly report: ReportName;
      readonly every: Every;
      readonly place: string;
      readonly due: Instant;
      readonly next: Instant;
      readonly words: { readonly told: Told };
    };

/** Those who say which reports go where. */
export const REPORTERS: readonly Role[] = ['admin', 'incident-manager', 'problem-manager', 'service-desk', 'communications'];

const MOST_SCHEDULES = 50;

const same = (one: Pick<Schedule, 'report' | 'place'>, other: Pick<Schedule, 'report' | 'place'>): boolean =>
  one.report === other.report && one.place === other.place;

/** Refuses `role-needed`, `not-scheduled`, `too-many-schedules`. What was sent already, or is no longer wanted, is not sent again. */
export const schedules: Part<Schedules, SchedulesCommand, SchedulesEvent> = {
  name: 'report-schedules',
  initial: { all: [] },
  decide({ all }, command, context: Context): Decision<SchedulesEvent> {
    const lacking = requireRole(context, ...REPORTERS);
    if (lacking) return lacking;
    const known = all.find((one) => same(one, command));
    const { actor, now } = context;
    switch (command.type) {
      case 'schedule': {
        const { report, every, place, zone } = command;
        if (known?.every === every && known.zone === zone) return accept();
        if (!known && all.length >= MOST_SCHEDULES) return refuse('too-many-schedules', { most: MOST_SCHEDULES });
        return accept({ type: 'scheduled', report, every, place, zone, by: actor.person, next: nextDue(every, now, zone) });
      }
      case 'stop':
        return known
          ? accept({ type: 'stopped', report: command.report, place: command.place, by: actor.person })
          : refuse('not-scheduled', { report: command.report });
      case 'send': {
        if (!known || known.next !== command.due || now < known.next) return accept();
        const { report, every, place, zone } = known;
        // After a long silence one report is sent, about the newest period, and not one for each that passed.
        return accept({
          type: 'sent',
          report,
          every,
          place,
          due: command.due,
          next: nextDue(every, now, zone),
          words: { told: command.told },
        });
      }
      default:
        return command satisfies never;
    }
  },
  evolve({ all }, event): Schedules {
    const others = all.filter((one) => !same(one, event));
    switch (event.type) {
      case 'scheduled': {
        const { type: _type, ...schedule } = event;
        return { all: [...others, schedule] };
      }
      case 'stopped':
        return { all: others };
      case 'sent':
        return { all: all.map((one) => (same(one, event) ? { ...one, next: event.next } : one)) };
      default:
        return event satisfies never;
    }
  },
};
