/** What the reactions of RFCs and ballots ask for, again and again: cards that follow, timers, people who are told. */
import type { Ask, RecordView } from '../core/ask.ts';
import { type Context, holdersOf, type PersonId } from '../core/record.ts';
import { change } from './change.ts';
import { type ChangeCommand, interested } from './rfc.ts';

/** Live cards of this room, by the first word of their live name. */
export const LIVE = {
  rfc: 'rfc',
  review: 'rfc-review',
  ballot: 'ballot',
  outcome: 'rfc-outcome',
  question: 'rfc-question',
  start: 'rfc-start',
  end: 'rfc-end',
  failed: 'rfc-failed',
  made: 'rfc-made-review',
} as const;

/** The timers of an RFC; setting one again moves it. */
export const TIMERS = { review: 'change.review', start: 'change.start', end: 'change.end', made: 'change.made-review' } as const;

export const REFRESH: Ask = { ask: 'refresh' };
/** Asks that the live cards of this name are rendered anew. */
export const refresh = (live: string): Ask => ({ ask: 'refresh', live });
/** Takes a timer away. */
export const stop = (key: string): Ask => ({ ask: 'no-timer', key });

/** Asks for a command on the RFC at an instant; with the key of a timer that stands, that one is moved. */
export const timer = (key: string, at: number, command: ChangeCommand): Ask => ({
  ask: 'timer',
  key,
  at,
  part: change.name,
  command,
});

/** Everybody whom it concerns, less those who know already. */
export const concerned = (view: RecordView, ...known: readonly PersonId[]): readonly PersonId[] =>
  interested(view.state(change)).filter((person) => !known.includes(person));

/** Whom Bellman tells of what nobody else can mend. */
export const admins = ({ org }: Context): readonly PersonId[] => holdersOf(org, 'admin');
