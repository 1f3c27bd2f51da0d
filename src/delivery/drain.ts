/** Draining one place under its lease: its deliveries in their order, then its live cards, until nothing is due. */

import type { ChatPlatform } from '../chat/port.ts';
import type { Span } from '../core/instant.ts';
import { type AnyWay, isChat, wayOf } from './call.ts';
import { type DrainParts, end, type Notes, type Stepped, sooner } from './ending.ts';
import { removeTwins } from './janitor.ts';
import { edit } from './live.ts';
import { type Delivery, nextStep } from './protocol.ts';
import { look, send } from './send.ts';
import type { Wanted } from './store.ts';

/** How a drain ended, in real milliseconds. */
export interface Drained {
  /** Nothing can be posted there for so long: its rate is used up. */
  readonly rest: Span | undefined;
  /** It is worth to look again after so long: a claim, an edit's distance or a quiet period is over then. */
  readonly again: Span | undefined;
}

const EVERYTHING: Wanted = { posts: true, edits: true };
const RACE: Span = 100;

/** Drains a place until nothing is due there, its rates are used up, or `stopping` says so. Rejects when Postgres is away. */
export async function drain(parts: DrainParts, place: string, stopping: () => Promise<boolean>): Promise<Drained> {
  const { store } = parts;
  const entered = await store.enter(place);
  const notes: Notes = { rest: undefined, again: undefined };
  if (!entered.leased) return notes;
  let next = entered.delivery;
  let wanted = EVERYTHING;
  if (!next) {
    await store.leave(place);
    // What was seen from outside was taken in the same moment, or is held back.
    return { rest: undefined, again: RACE };
  }
  while (next && !(await stopping())) {
    const stepped: Stepped = await step(parts, next, wanted, notes);
    if (!('limited' in stepped)) {
      next = stepped.next;
      continue;
    }
    // While one class of methods rests, the other may go on.
    if (next.state === 'waiting') notes.rest = sooner(notes.rest, stepped.limited);
    else notes.again = sooner(notes.again, stepped.limited);
    wanted = next.state === 'sent' ? { ...wanted, edits: false } : { ...wanted, posts: false };
    next = wanted.posts || wanted.edits ? await store.peek(place, wanted) : undefined;
    if (!next) await store.leave(place);
  }
  if (next) await store.leave(place);
  return notes;
}

async function step(parts: DrainParts, delivery: Delivery, wanted: Wanted, notes: Notes): Promise<Stepped> {
  const { store, mechanisms } = parts;
  const mechanism = mechanisms.get(delivery.platform);
  const todo = nextStep(delivery, wayOf(mechanism));
  switch (todo.do) {
    case 'rest':
      return { next: await store.settleEdit(delivery, { clean: true }, wanted) };
    case 'fail':
      return end(parts, delivery, undefined, { state: 'failed', looks: 0, error: todo.why }, wanted);
    case 'ask':
      return end(parts, delivery, undefined, { state: 'unsure', looks: delivery.looks, error: todo.why }, wanted);
    case 'send':
      return send(parts, delivery, known(mechanism), wanted, notes);
    case 'look':
      return look(parts, delivery, chat(mechanism), wanted, notes);
    case 'edit':
      return edit(parts, delivery, chat(mechanism), wanted, notes);
    case 'remove twins':
      return removeTwins(parts, delivery, chat(mechanism), wanted);
    default:
      return todo satisfies never;
  }
}

/** The protocol sends only where there is a way, and looks and edits only where people talk. */
function known(mechanism: AnyWay | undefined): AnyWay {
  if (!mechanism) throw new Error('A delivery was to be sent by a platform that is not connected');
  return mechanism;
}

function chat(mechanism: AnyWay | undefined): ChatPlatform {
  if (!isChat(mechanism)) throw new Error('A delivery was to be looked at where nobody can look');
  return mechanism;
}
