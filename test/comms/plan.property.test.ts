/** Whatever people do and whatever the clock does: what design section 8 promises of a plan holds. */
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { draftHash, HASH_ON_BUTTON, releasersOf } from '../../src/comms/line.ts';
import type { PlanEvent } from '../../src/comms/plan-event.ts';
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
  | { readonly do: 'skip' | 'start'; readonly by: string; readonly line: string }
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
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('skip' as const, 'start' as const), by: person, line }) },
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
      const { update } = stage.line(one.line);
      const fresh = update
        ? { update: update.id, seen: draftHash(stage.line(one.line), update).slice(0, HASH_ON_BUTTON) }
        : undefined;
      const pressed = one.stale ? buttons.get(one.line) : fresh;
      if (fresh) buttons.set(one.line, fresh);
      const type = one.do === 'release' ? 'release' : 'send-back';
      if (pressed) stage.tries(one.by, 'plan', { type, ...pressed, what: 'Shorter.' } as never);
      return pressed;
    }
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
      stage.org = anOrg({ ...stage.org.roles, communications: one.communications }, stage.org.audiences);
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

const released = (events: Stage['events']) =>
  events.flatMap(({ event, at }) =>
    event.type === 'released' ? [{ event: event as Extract<PlanEvent, { type: 'released' }>, at }] : [],
  );

test.prop([fc.array(step, { minLength: 5, maxLength: 60 })], { numRuns: 150 })(
  'no update leaves without its releasers, twice, or late without somebody knowing',
  (steps) => {
    const stage = majorProblem(anOrg(BANK.roles, BANK.audiences));
    const buttons = new Map<string, Pressed>();
    const left = new Set<string>();
    for (const one of steps) {
      const before = { org: stage.org, plan: stage.plan, said: stage.said.length, events: stage.events.length };
      const pressed = take(stage, one, buttons);
      const happened = stage.events.slice(before.events);

      for (const { event, at } of released(happened)) {
        const line = before.plan.lines.find(({ audience }) => audience === event.line);
        // Never released by the wrong person, and never a text that nobody looked at.
        for (const by of event.by) expect(line && releasersOf(line, before.org)).toContain(by);
        expect(event.words.text).toBe(line?.update?.draft?.text);
        expect(line?.update && draftHash(line, line.update).slice(0, HASH_ON_BUTTON)).toBe(pressed?.seen);
        // Never said twice.
        expect(left.has(event.update)).toBe(false);
        left.add(event.update);
        // The next one is due later than now, and than this one was.
        if (event.opened) expect(event.opened.due).toBeGreaterThan(Math.max(at, event.due));
      }
      const carried = stage.said.slice(before.said).filter(({ update }) => update !== undefined);
      expect(new Set(carried.map(({ update }) => update))).toEqual(new Set(released(happened).map(({ event }) => event.update)));
      expect(new Set(carried.map(({ update, to }) => JSON.stringify([update, to]))).size).toBe(carried.length);

      // Never late without somebody knowing; never a burst after downtime.
      for (const { update, audience } of stage.plan.lines) {
        if (update && update.due < stage.now) expect(update.notices).toBeGreaterThan(0);
        expect(stage.timers.has(`plan.${audience}`)).toBe(update !== undefined);
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
