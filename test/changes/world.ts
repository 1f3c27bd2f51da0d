/** One RFC in memory: its rules, its reactions, its timers and a clock, without a database. */

import {
  type BallotCommand,
  ballot,
  type ChangeCommand,
  change,
  type Fields,
  liveCards,
  parts,
  reactions,
} from '../../src/changes/index.ts';
import { present, type Round } from '../../src/changes/round.ts';
import { type Card, LIMITS } from '../../src/chat/card.ts';
import { renderLive } from '../../src/chat/live.ts';
import { catalogue } from '../../src/chat/refusals/index.ts';
import { apply, type Loaded, viewOf } from '../../src/core/apply.ts';
import type { Ask } from '../../src/core/ask.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { HOUR } from '../../src/core/instant.ts';
import {
  type Actor,
  BELLMAN,
  type Board,
  bellmanItself,
  type Org,
  type PersonId,
  type Role,
  type Typed,
} from '../../src/core/record.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import { rolesOf } from '../../src/core/transact.ts';
import { org as people } from '../../src/people/index.ts';

/** A Monday morning. */
export const MONDAY = Date.parse('2027-01-04T09:00Z');
export const RFC = 'RFC-1';
export const CAB_PLACE = 'console/channel/cab';

export const board = (members: readonly PersonId[], more: Partial<Board> = {}): Board => ({
  name: 'CAB',
  place: CAB_PLACE,
  emergency: false,
  members,
  threshold: 'majority',
  deadline: 48 * HOUR,
  mandatory: [],
  ...more,
});

export const ecab = (members: readonly PersonId[], more: Partial<Board> = {}): Board =>
  board(members, { name: 'ECAB', place: 'console/channel/ecab', emergency: true, threshold: 'any', deadline: HOUR / 2, ...more });

export const org = (more: Partial<Org> = {}): Org => ({
  version: 1,
  roles: { admin: ['admin'], 'change-manager': ['manager'] },
  boards: { CAB: board(['a', 'b', 'c', 'd']), ECAB: ecab(['a', 'b', 'c']) },
  audiences: {},
  delegations: {},
  ...more,
});

export const fields = (more: Partial<Fields> = {}): Fields => ({
  title: 'Encrypt the backups',
  description: 'Turn on encryption for the nightly backups.',
  category: '',
  items: '',
  risk: 'low: a slow night',
  impact: '',
  benefit: '',
  plan: '',
  backout: 'Turn it off again.',
  type: 'minor',
  priority: 'medium',
  start: MONDAY + 7 * 24 * HOUR,
  end: MONDAY + 7 * 24 * HOUR + 2 * HOUR,
  owner: 'requester',
  implementer: 'requester',
  links: [],
  ...more,
});

export interface Said {
  readonly to: string;
  readonly card: Card;
  readonly live?: string;
}

type Answer =
  | { readonly refused: string; readonly facts: Refusal['facts'] }
  | { readonly events: readonly string[]; readonly all: readonly Typed[] };

const rooms = house([people, ...parts] as readonly AnyPart[], reactions);

/** Throws on a card that some platform could not show. */
function check(card: Card): void {
  if (card.title.length > LIMITS.title) throw new Error(`Title too long: ${card.title}`);
  let size = 0;
  for (const block of card.blocks) {
    size += JSON.stringify(block).length;
    if (block.kind === 'facts' && block.facts.length > LIMITS.facts)
      throw new Error(`${block.facts.length} facts: ${card.title}`);
    if (block.kind === 'controls' && (block.controls.length === 0 || block.controls.length > LIMITS.buttonsARow))
      throw new Error(`${block.controls.length} buttons in a row: ${card.title}`);
  }
  if (size > 2 * LIMITS.card) throw new Error(`${card.title} has ${size} characters`);
}

/** A world in which it is Monday morning and nothing was said yet. */
export function world(start: Org = org()) {
  const record: Loaded = { id: RFC, head: { seq: 0, hash: '' }, states: {}, changed: new Set(), entries: [], asks: [] };
  const timers = new Map<string, { readonly at: number; readonly part: string; readonly command: Typed }>();
  const said: Said[] = [];
  const asked: Ask[] = [];
  const state = { org: start, now: MONDAY };

  function take(asks: readonly Ask[]): void {
    for (const ask of asks) {
      asked.push(ask);
      if (ask.ask === 'timer') timers.set(ask.key, { at: ask.at, part: ask.part, command: ask.command });
      if (ask.ask === 'no-timer') timers.delete(ask.key);
      if (ask.ask === 'say') {
        // Reactions of this room say cards, and nothing else.
        const card = ask.content as Card;
        check(card);
        said.push({
          to: 'place' in ask.to ? ask.to.place : 'person' in ask.to ? ask.to.person : 'many',
          card,
          ...(ask.live === undefined ? {} : { live: ask.live }),
        });
      }
    }
  }

  function decide(actor: Actor, part: string, command: Typed): Answer {
    const before = record.asks.length;
    const outcome = apply(rooms, record, { part, command }, { actor, org: state.org, now: state.now });
    if (isRefusal(outcome)) {
      if (!catalogue[outcome.refused]) throw new Error(`Nobody words ${outcome.refused}`);
      return outcome;
    }
    take(record.asks.slice(before));
    return { events: outcome.events.map(({ type }) => type), all: outcome.events };
  }

  const actorOf = (person: PersonId, more: Partial<Actor> = {}): Actor =>
    person === BELLMAN
      ? bellmanItself
      : { person, roles: rolesOf(state.org, person), active: true, bot: false, guest: false, ...more };

  const here = {
    said,
    asked,
    get org() {
      return state.org;
    },
    get now() {
      return state.now;
    },
    get timers() {
      return timers;
    },
    get entries() {
      return record.entries;
    },
    view: () => viewOf(record),
    rfc: () => viewOf(record).state(change),
    ballot: () => viewOf(record).state(ballot),
    round: (): Round => {
      const round = present(viewOf(record).state(ballot));
      if (!round) throw new Error('There is no ballot');
      return round;
    },
    set: (more: Partial<Org>) => {
      state.org = { ...state.org, ...more, version: state.org.version + 1 };
    },
    by: (person: PersonId, command: ChangeCommand): Answer => decide(actorOf(person), 'change', command),
    vote: (
      person: PersonId,
      choice: 'approve' | 'reject' | 'abstain',
      more: { round?: number; reason?: string; guest?: boolean } = {},
    ): Answer =>
      decide(actorOf(person, { guest: more.guest ?? false }), 'ballot', {
        type: 'vote',
        round: more.round ?? present(viewOf(record).state(ballot))?.number ?? 1,
        choice,
        reason: more.reason ?? (choice === 'reject' ? 'too risky' : ''),
      } as Typed),
    onBallot: (person: PersonId, command: BallotCommand): Answer => decide(actorOf(person), 'ballot', command),
    /** Moves the clock; what is due meanwhile happens at its time. */
    advance: (span: number): void => {
      const end = state.now + span;
      for (;;) {
        const [key, due] = [...timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
        if (key === undefined || due === undefined) break;
        timers.delete(key);
        state.now = Math.max(state.now, due.at);
        decide(bellmanItself, due.part, due.command);
      }
      state.now = end;
    },
    /** What was said to somebody, by title; and forgets it. */
    heard: (to: string): readonly string[] => {
      const titles = said.filter((one) => one.to === to).map(({ card }) => card.title);
      for (let at = said.length - 1; at >= 0; at -= 1) if (said[at]?.to === to) said.splice(at, 1);
      return titles;
    },
    /** A live card as it is now. */
    live: (name: string): Card => {
      const card = renderLive(liveCards, name, viewOf(record), state.now);
      if (!card) throw new Error(`No live card ${name}`);
      check(card);
      return card;
    },
  };
  return here;
}

export type World = ReturnType<typeof world>;

/** The labels of a card's buttons. */
export const buttons = (card: Card): readonly string[] =>
  card.blocks.flatMap((block) => (block.kind === 'controls' ? block.controls.map(({ label }) => label) : []));

/** All that a card says, as plain text. */
export const wordsOf = (card: Card): string => JSON.stringify(card);

/** Raised and submitted by the requester. */
export function submitted(start?: Org, more: Partial<Fields> = {}): World {
  const here = world(start);
  here.by('requester', { type: 'raise', way: 'form', fields: fields(more) });
  here.by('requester', { type: 'submit' });
  return here;
}

/** Agreed by the change manager; the ballot is open. */
export function voting(start?: Org, more: Partial<Fields> = {}): World {
  const here = submitted(start, more);
  here.by('manager', { type: 'agree', revision: 1 });
  return here;
}

/** Approved by a, b and c of a CAB of four. */
export function approved(start?: Org, more: Partial<Fields> = {}): World {
  const here = voting(start, more);
  for (const person of ['a', 'b', 'c']) here.vote(person, 'approve');
  return here;
}

export const role = (...people: readonly PersonId[]): Partial<Record<Role, readonly PersonId[]>> => ({
  admin: ['admin'],
  'change-manager': ['manager'],
  security: people,
});
