/** Alarms: what Bellman could not do by itself, journaled under ORG-1 and told to every admin. */
import { accept, BELLMAN, type Context, type Decision, holdersOf } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export const ALARMS = [
  'list-not-refreshed',
  'timer-parked',
  'delivery-failed',
  'delivery-unsure',
  'janitor-removed-twins',
] as const;
export type Alarm = (typeof ALARMS)[number];

export type AlarmCommand = {
  readonly type: 'raise-alarm';
  readonly alarm: Alarm;
  readonly about: string;
  readonly detail: string;
};
export type AlarmEvent = {
  readonly type: 'alarm-raised';
  readonly alarm: Alarm;
  /** The record that it is about. */
  readonly about: string;
  readonly words: { readonly detail: string };
};

/** Only Bellman itself raises alarms; refuses `role-needed` to everybody else. */
export function decideAlarm(command: AlarmCommand, context: Context): Decision<AlarmEvent> {
  if (context.actor.person !== BELLMAN)
    return refuse('role-needed', { roles: ['admin'], holders: holdersOf(context.org, 'admin') });
  return accept({ type: 'alarm-raised', alarm: command.alarm, about: command.about, words: { detail: command.detail } });
}
