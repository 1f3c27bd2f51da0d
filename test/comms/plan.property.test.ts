/** Whatever people do and whatever the clock does: what design section 8 promises of a plan holds. */
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { draftHash, HASH_ON_BUTTON, releasersOf } from '../../src/comms/line.ts';
import { rightOf } from '../../src/comms/rights.ts';
import { holdsAt, preparedIn, updatesOf } from '../../src/comms/update.ts';
import { MINUTE } from '../../src/core/instant.ts';
import { anOrg, BANK, majorProblem, type Stage } from './stage.ts';

const PEOPLE = ['olga', 'cora', 'carl', 'pat', 'anna', 'rita'] as const;
const LINES = ['senior-management', 'working-staff', 'press'] as const;

const person = fc.constantFrom(...PEOPLE);
const line = fc.constantFrom(...LINES);

type Step =
  | { readonly do: 'pass'; readonly minutes: number; readonly asleep: boolean }
  | { readonly do: 'draft'; readonly by: string; readonly line: string; readonly text: string }
  | { readonly do: 'release' | 'send back'; readonly by: string; readonly line: string; readonly stale: boolean }
  /** A moment, in which what was released can be taken back or leaves. */
  | { readonly do: 'moment'; readonly seconds: number }
  | { readonly do: 'undo'; readonly by: string; readonly line: string }
  /** Somebody is away, and somebody else releases for them. */
  | { readonly do: 'away'; readonly who: string; readonly to: string; readonly minutes: number }
  | { readonly do: 'correct'; readonly by: string; readonly line: string; readonly what: 'correction' | 'retraction' }
  | { readonly do: 'skip' | 'start' | 'no change' | 'take' | 'hold'; readonly by: string; readonly line: string }
  | { readonly do: 'arrange'; readonly by: string; readonly line: string; readonly wishes: object }
  | { readonly do: 'roles'; readonly communications: readonly string[] }
  | { readonly do: 'record'; readonly command: 'resolve' | 'reopen' | 'normal' | 'declare' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 200 }), asleep: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('draft' as const),
      by: person,
      line,
      text: fc.constantFrom('One.', 'Two.', 'Three.'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('release' as const, 'release' as const, 'send back' as const),
      by: person,
      line,
      stale: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('moment' as const), seconds: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), by: person, line }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('away' as const),
      who: person,
      to: person,
      minutes: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      by: person,
      line,
      what: fc.constantFrom('correction' as const, 'retraction' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('skip' as const, 'start' as const, 'no change' as const, 'take' as const, 'hold' as const),
      by: person,
      line,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('arrange' as const),
      by: person,
      line,
      wishes: fc.record(
        {
          cadence: fc.integer({ min: 5, max: 300 }).map((minutes) => minutes * MINUTE),
          releasers: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
          author: person,
          places: fc.uniqueArray(fc.constantFrom('console/channel/a', 'console/channel/b'), { minLength: 1 }),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('roles' as const), communications: fc.uniqueArray(person, { maxLength: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      command: fc.constantFrom('resolve', 'reopen', 'normal', 'declare'),
    }),
  },
) as fc.Arbitrary<Step>;

interface Pressed {
  readonly update: string;
  readonly seen: string;
}

/** Does a step as somebody would; a refusal is as good an answer as any. Returns the button that was pressed, perhaps an old one. */
function take(stage: Stage, one: Step, buttons: Map<string, Pressed>): Pressed | undefined {
  switch (one.do) {
    case 'pass':
      stage.pass(one.minutes * MINUTE, one.asleep);
      break;
    case 'draft':
      stage.tries(one.by, 'plan', { type: 'draft', line: one.line, text: one.text } as never);
      break;
    case 'release':
    case 'send back': {
      const own = stage.line(one.line);
      // What mends something, or stands by for it, is released like the rest.
      const update = own.beside?.find(({ status }) => status === 'awaiting release') ?? own.update;
      const fresh = update ? { update: update.id, seen: draftHash(own, update).slice(0, HASH_ON_BUTTON) } : undefined;
      const pressed = one.stale ? buttons.get(one.line) : fresh;
      if (fresh) buttons.set(one.line, fresh);
      const type = one.do === 'release' ? 'release' : 'send-back';
      if (pressed) stage.tries(one.by, 'plan', { type, ...pressed, what: 'Shorter.' } as never);
      return pressed;
    }
    case 'moment':
      stage.pass(one.seconds * 1000);
      break;
    case 'undo': {
      const leaving = updatesOf(stage.line(one.line)).find((update) => update.leaving);
      if (leaving) stage.tries(one.by, 'plan', { type: 'undo', update: leaving.id } as never);
      break;
    }
    case 'away': {
      const until = stage.now + one.minutes * MINUTE;
      stage.org = { ...stage.org, delegations: { ...stage.org.delegations, [one.who]: { to: one.to, until } } };
      break;
    }
    case 'correct': {
      const wrong = Object.entries(stage.plan.outcomes).find(([, { line: on, what }]) => on === one.line && what === 'released');
      const text = 'What we said was wrong.';
      if (wrong) stage.tries(one.by, 'plan', { type: 'correct', what: one.what, update: wrong[0], text } as never);
      break;
    }
    case 'no change':
    case 'take': {
      const { update } = stage.line(one.line);
      const type = one.do === 'take' ? 'take' : 'no-change';
      if (update) stage.tries(one.by, 'plan', { type, update: update.id } as never);
      break;
    }
    case 'hold':
      stage.tries(one.by, 'plan', { type: 'holding', line: one.line, text: 'Soon.', after: 5 * MINUTE } as never);
      break;
    case 'skip':
      stage.tries(one.by, 'plan', { type: 'skip', line: one.line, reason: 'x' } as never);
      break;
    case 'start':
      stage.tries(one.by, 'plan', { type: 'start', line: one.line } as never);
      break;
    case 'arrange':
      stage.tries(one.by, 'plan', { type: 'line', line: one.line, ...one.wishes } as never);
      break;
    case 'roles':
      stage.org = { ...stage.org, roles: { ...stage.org.roles, communications: one.communications } };
      break;
    case 'record': {
      const command = { type: one.command, resolution: 'x', reason: 'x', owner: 'olga' };
      stage.tries('pat', 'problem', command as never);
      break;
    }
    default:
      one satisfies never;
  }
  return undefined;
}

test.prop([fc.array(step, { minLength: 5, maxLength: 60 })], { numRuns: 150 })(
  'no update leaves without its releasers, twice, or late without somebody knowing',
  (steps) => {
    const stage = majorProblem(anOrg(BANK.roles, BANK.audiences));
    const buttons = new Map<string, Pressed>();
    const left = new Set<string>();
    const numbers = new Set<string>();
    /** What whoever released it looked at, and which text that was. */
    const released = new Map<string, { readonly seen: string; readonly text: string }>();
    for (const one of steps) {
      const before = { org: stage.org, plan: stage.plan, said: stage.said.length, events: stage.events.length };
      const pressed = take(stage, one, buttons);
      const happened = stage.events.slice(before.events);

      for (const { event, at } of happened) {
        const was = 'update' in event && event.update !== undefined ? preparedIn(before.plan, event.update) : undefined;
        if (
          (event.type === 'leaving' || event.type === 'holding-ready' || event.type === 'released') &&
          pressed &&
          was?.update.draft
        ) {
          // What was pressed is what is there, and whoever pressed may.
          expect(draftHash(was.line, was.update).slice(0, HASH_ON_BUTTON)).toBe(pressed.seen);
          for (const by of event.by) expect(rightOf(was.line, by, { org: before.org, now: at })).toBeDefined();
          released.set(event.update, { seen: event.hash, text: was.update.draft.text });
        }
        if (event.type === 'undone' || event.type === 'held-back') released.delete(event.update);
        if (event.type !== 'released') continue;
        const line = stage.plan.lines.find(({ audience }) => audience === event.line);
        // Never released by the wrong person, also not by one who lost the right in the seconds between; never a text that nobody looked at.
        for (const by of event.by) {
          expect(line && releasersOf(line, before.org)).toContain(event.standIns?.[by] ?? by);
        }
        expect({ seen: event.hash, text: event.words.text }).toEqual(released.get(event.update));
        // Never said twice, and each under a number of its own.
        expect(left.has(event.update) || numbers.has(event.upd)).toBe(false);
        left.add(event.update);
        numbers.add(event.upd);
        // The next one is due later than now, and than this one was.
        if (event.opened) expect(event.opened.due).toBeGreaterThan(Math.max(at, event.due));
      }
      const carried = stage.said.slice(before.said).filter(({ update }) => update !== undefined);
      const leftNow = happened.flatMap(({ event }) => (event.type === 'released' ? [event.update] : []));
      expect(new Set(carried.map(({ update }) => update))).toEqual(new Set(leftNow));
      expect(new Set(carried.map(({ update, to }) => JSON.stringify([update, to]))).size).toBe(carried.length);

      // Never late without somebody knowing; never a burst after downtime; what was released leaves.
      for (const line of stage.plan.lines) {
        for (const update of updatesOf(line)) {
          if (update.due < stage.now && !update.leaving && update.phase !== 'holding') expect(update.notices).toBeGreaterThan(0);
          if (update.leaving) expect(update.leaving.leaves).toBeGreaterThan(stage.now);
          // What stands by goes out when its time comes; released when that is over, at once.
          const holds = update.ready && holdsAt(line);
          if (holds && one.do === 'pass') expect(holds).toBeGreaterThan(stage.now);
          if (holds) expect(stage.timers.get(`plan.holding.${line.audience}`)?.at).toBe(holds);
        }
        expect(stage.timers.has(`plan.${line.audience}`)).toBe(line.update !== undefined);
      }
      if (one.do === 'pass' && one.asleep) {
        const overdue = happened.flatMap(({ event }) => (event.type === 'overdue' ? [event.line] : []));
        expect(new Set(overdue).size).toBe(overdue.length);
      }
    }
  },
);

test.prop([fc.array(step, { minLength: 5, maxLength: 40 })], { numRuns: 60 })(
  'nobody becomes a releaser of an own line by themselves',
  (steps) => {
    const stage = majorProblem(anOrg(BANK.roles, BANK.audiences));
    const buttons = new Map<string, Pressed>();
    for (const one of steps) {
      const { org, plan } = { org: stage.org, plan: stage.plan };
      take(stage, one, buttons);
      if (one.do !== 'arrange') continue;
      for (const line of stage.plan.lines) {
        const before = plan.lines.find(({ audience }) => audience === line.audience);
        const added = before && releasersOf(line, org).includes(one.by) && !releasersOf(before, org).includes(one.by);
        if (added) expect([plan.owner, before.author ?? plan.owner, before.update?.draft?.by]).not.toContain(one.by);
      }
    }
  },
);
