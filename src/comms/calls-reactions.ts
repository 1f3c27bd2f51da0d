/** What follows from calls by hand: the card to whoever calls, the clock that asks again, and word to the owner. */
import { liveName } from '../chat/live.ts';
import { type Ask, type Reaction, type RecordView, when } from '../core/ask.ts';
import type { Context, PersonId } from '../core/record.ts';
import { type CallByHand, type CallsCommand, type CallsEvent, calls as callsPart, dueOf } from './calls.ts';
import { callCard, failedCard, madeCard, passedCard } from './calls-cards.ts';
import { plan as planPart } from './part.ts';
import { LIVE, notify, URGENCY } from './telling.ts';

/** A call goes before everything that can be read later. */
const CALL_URGENCY = 0;

function follows(event: CallsEvent, view: RecordView, _context: Context): readonly Ask[] {
  const id = event.call;
  const call = view.state(callsPart).calls[id];
  if (!call) return [];
  const refresh: Ask = { ask: 'refresh', live: liveName(LIVE.call, id) };
  const { owner, outcomes } = view.state(planPart);
  const released = outcomes[call.update]?.by ?? [];
  const told = (people: readonly PersonId[]) => people.filter((person) => person !== '');
  switch (event.type) {
    case 'call-asked':
    case 'call-again':
    case 'call-reminded':
      return [showCall(view, id, call), refresh, clock(id, call)];
    case 'call-passed':
      return [showCall(view, id, call), refresh, clock(id, call), ...notify(told([owner]), passedCard(view.id, call))];
    case 'call-extended':
      return [refresh];
    case 'call-unanswered':
      return [refresh, clock(id, call)];
    case 'call-replaced':
      return [refresh, noClock(id)];
    case 'call-made':
      return [refresh, noClock(id), ...notify(told([owner]), madeCard(view.id, call))];
    case 'call-failed':
      return [refresh, noClock(id), ...notify(told([owner, ...released]), failedCard(view.id, call, event.why), URGENCY.overdue)];
    default:
      return event satisfies never;
  }
}

const key = (id: string): string => `call.${id}`;
const noClock = (id: string): Ask => ({ ask: 'no-timer', key: key(id) });

const clock = (id: string, call: CallByHand): Ask => {
  const command: CallsCommand = { type: 'call-tick', call: id };
  return { ask: 'timer', key: key(id), at: dueOf(call), part: callsPart.name, command };
};

/** A new card each time, so that it is noticed; the ones before change with it. */
const showCall = (view: RecordView, id: string, call: CallByHand): Ask => ({
  ask: 'say',
  to: { person: call.person },
  content: callCard(view.id, id, call),
  live: liveName(LIVE.call, id),
  urgency: CALL_URGENCY,
});

const EVENTS: Readonly<Record<CallsEvent['type'], true>> = {
  'call-asked': true,
  'call-extended': true,
  'call-made': true,
  'call-unanswered': true,
  'call-again': true,
  'call-reminded': true,
  'call-passed': true,
  'call-failed': true,
  'call-replaced': true,
};

export const callsReactions: readonly Reaction[] = Object.keys(EVENTS).map((type) =>
  when<CallsEvent, CallsEvent['type']>(callsPart.name, type as CallsEvent['type'], follows),
);
