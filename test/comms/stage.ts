/** A stage for plans: the real rules and reactions of the rooms in memory, a clock that is moved by hand, and what was said. */
import type { Card, Control, Words } from '../../src/chat/card.ts';
import { type Plan, type PlanCommand, type PlanEvent, parts, plan, reactions as planReactions } from '../../src/comms/index.ts';
import { apply, type Loaded, viewOf } from '../../src/core/apply.ts';
import type { Ask } from '../../src/core/ask.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import { type Instant, MINUTE } from '../../src/core/instant.ts';
import { type Actor, BELLMAN, bellmanItself, type Org, type PersonId, type Role, type Typed } from '../../src/core/record.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import { rolesOf } from '../../src/core/transact.ts';
import {
  type IncidentCommand,
  parts as incidentParts,
  reactions as incidentReactions,
  LEVELS,
} from '../../src/incidents/index.ts';
import { parts as knowledgeParts } from '../../src/knowledge/index.ts';
import { type ProblemCommand, parts as problemParts, reactions as problemReactions } from '../../src/problems/index.ts';

export type Said = Extract<Ask, { ask: 'say' }> & { readonly at: Instant; readonly content: Card };

export const rooms = house([...parts, ...knowledgeParts, ...incidentParts, ...problemParts] as readonly AnyPart[], [
  ...planReactions,
  ...incidentReactions,
  ...problemReactions,
]);

export const START: Instant = Date.UTC(2027, 0, 15, 9, 0);

export const aTitle = { title: 'Refused connections', details: '', impact: LEVELS[0], urgency: LEVELS[0], items: '' };

export const anOrg = (roles: Partial<Record<Role, readonly PersonId[]>>, audiences: Org['audiences'] = {}): Org => ({
  version: 1,
  roles,
  boards: {},
  audiences,
  delegations: {},
});

/** Everybody in the bank who matters here; every audience has a place. */
export const BANK: Org = anOrg(
  {
    'problem-manager': ['pat'],
    'incident-manager': ['ina'],
    communications: ['cora', 'carl'],
    admin: ['ada'],
    'service-desk': ['sid'],
  },
  Object.fromEntries(
    ['senior-management', 'all-staff', 'customers', 'working-staff', 'press', 'emergency-services'].map((key) => [
      key,
      { key, places: [`console/channel/${key}`], releasers: [] },
    ]),
  ),
);

const plain = (words: Words): string =>
  words
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('bold' in piece) return piece.bold;
      if ('code' in piece) return piece.code;
      if ('time' in piece) return `${new Date(piece.time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      if ('label' in piece) return piece.label;
      return 'person' in piece ? `@${piece.person}` : `<${piece.place}>`;
    })
    .join('');

/** What a card says, in one text; nothing for no card. */
export const textOf = (card: Card | undefined): string =>
  [
    card?.title ?? '',
    ...(card?.blocks ?? []).map((block) => {
      switch (block.kind) {
        case 'text':
          return plain(block.text);
        case 'facts':
          return block.facts.map(({ label, value }) => `${label}: ${plain(value)}`).join('\n');
        case 'list':
          return block.items.map(plain).join('\n');
        case 'controls':
          return block.controls.map(({ label }) => `[${label}]`).join(' ');
        default:
          return '';
      }
    }),
  ].join('\n');

export const controlsOf = (card: Card | undefined): readonly Control[] =>
  (card?.blocks ?? []).flatMap((block) => (block.kind === 'controls' ? block.controls : []));

/** More timers than this in one go are a circle. */
const MOST_FIRED = 5000;

export class Stage {
  readonly record: string;
  org: Org;
  now: Instant = START;
  private numbers = 0;
  readonly said: Said[] = [];
  readonly asks: Ask[] = [];
  readonly events: { readonly event: PlanEvent; readonly at: Instant }[] = [];
  readonly timers = new Map<string, { readonly at: Instant; readonly part: string; readonly command: Typed }>();
  readonly loaded: Loaded;

  constructor(org: Org = BANK, record = 'PRB-1') {
    this.org = org;
    this.record = record;
    this.loaded = { id: record, head: { seq: 0, hash: '' }, states: {}, changed: new Set(), entries: [], asks: [] };
  }

  actor(person: PersonId, more: Partial<Actor> = {}): Actor {
    if (person === BELLMAN) return bellmanItself;
    return { person, roles: rolesOf(this.org, person), active: true, bot: false, guest: false, ...more };
  }

  /** Decides a command and takes in what follows; a refusal leaves everything as it was. */
  tries(person: PersonId, part: string, command: Typed, more: Partial<Actor> = {}): readonly Typed[] | Refusal {
    const known = { actor: this.actor(person, more), org: this.org, now: this.now, take: () => ++this.numbers };
    const outcome = apply(rooms, this.loaded, { part, command }, known);
    if (isRefusal(outcome)) return outcome;
    for (const event of outcome.events) this.events.push({ event: event as PlanEvent, at: this.now });
    for (const ask of this.loaded.asks.splice(0)) this.take(ask);
    return outcome.events;
  }

  private take(ask: Exclude<Ask, { ask: 'command' }>): void {
    this.asks.push(ask);
    if (ask.ask === 'timer') this.timers.set(ask.key, { at: ask.at, part: ask.part, command: ask.command });
    if (ask.ask === 'no-timer') this.timers.delete(ask.key);
    if (ask.ask === 'say') this.said.push({ ...ask, at: this.now, content: ask.content as Card });
  }

  /** The same, where a refusal is a mistake of the test. */
  does(person: PersonId, command: PlanCommand | ProblemCommand | IncidentCommand, part = 'plan'): readonly Typed[] {
    const outcome = this.tries(person, part, command);
    if (isRefusal(outcome)) throw new Error(`Refused: ${outcome.refused} ${JSON.stringify(outcome.facts)}`);
    return outcome;
  }

  /** Moves the clock, firing each timer at its time. `asleep`: nothing fires until the end, then all that is due, once each. */
  pass(span: number, asleep = false): void {
    const until = this.now + span;
    if (asleep) this.now = until;
    for (let fired = 0; ; fired += 1) {
      if (fired > MOST_FIRED) throw new Error('Timers fire without an end');
      const due = [...this.timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      const [key, { at, part, command }] = due;
      this.now = Math.max(this.now, at);
      this.timers.delete(key);
      this.does(BELLMAN, command as PlanCommand, part);
    }
    this.now = until;
  }

  /** What was released leaves: the time to take it back passes. */
  leave(): void {
    this.pass(10_000);
  }

  passMinutes(minutes: number): void {
    this.pass(minutes * MINUTE);
  }

  get plan(): Plan {
    return viewOf(this.loaded).state(plan);
  }

  view() {
    return viewOf(this.loaded);
  }

  line(audience: string) {
    const line = this.plan.lines.find((one) => one.audience === audience);
    if (!line) throw new Error(`No line ${audience}`);
    return line;
  }

  /** What was said since the last call, or from the start. */
  heard(): readonly Said[] {
    return this.said.splice(0);
  }

  to(person: PersonId): readonly Card[] {
    return this.said.flatMap(({ to, content }) => ('person' in to && to.person === person ? [content] : []));
  }

  at(place: string): readonly Card[] {
    return this.said.flatMap(({ to, content }) => ('place' in to && to.place === place ? [content] : []));
  }
}

/** A major problem owned by Olga, declared in a channel. */
export function majorProblem(org: Org = BANK): Stage {
  const stage = new Stage(org);
  stage.does('rita', { type: 'raise', intake: aTitle }, 'problem');
  stage.does('pat', { type: 'declare', owner: 'olga', place: 'console/channel/ops' }, 'problem');
  return stage;
}
