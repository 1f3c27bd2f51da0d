/** The life of a problem, its target response time, deferral, judged changes, closure and escalation, by the rules alone (P1 to P4, P11 to P14, P18). */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/core/instant.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { recordCard } from '../../src/incidents/index.ts';
import { type AnalysisCommand, analysis } from '../../src/problems/analysis.ts';
import { type EscalationCommand, escalation, type ForVendor } from '../../src/problems/escalation.ts';
import { vendorDocument } from '../../src/problems/escalation-card.ts';
import { type Problem, type ProblemCommand, problem } from '../../src/problems/problem.ts';
import { CLOSURES, noDetails, OPEN_STAGES } from '../../src/problems/record.ts';
import { shown } from '../../src/problems/shown.ts';
import { stageOf, TRANSITIONS } from '../../src/problems/stage.ts';
import { target } from '../../src/problems/target.ts';
import { aTitle, BANK, START, Stage, textOf } from '../comms/stage.ts';

const intake = { ...aTitle, details: 'One in five is refused.', category: 'network' } as const;
const state = (stage: Stage): Problem => stage.view().state(problem);
const at = (stage: Stage) => stageOf(state(stage));
const does = (stage: Stage, by: string, command: ProblemCommand) => stage.does(by, command, 'problem');
const analyses = (stage: Stage, by: string, command: AnalysisCommand) => stage.tries(by, analysis.name, command);
const escalates = (stage: Stage, by: string, command: EscalationCommand) => {
  const outcome = stage.tries(by, escalation.name, command);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};
const refusal = (stage: Stage, by: string, command: ProblemCommand) => {
  const before = JSON.stringify(state(stage));
  const outcome = stage.tries(by, 'problem', command);
  expect(JSON.stringify(state(stage))).toBe(before);
  return isRefusal(outcome) ? outcome.refused : 'accepted';
};
const ALL = [...OPEN_STAGES, 'resolved', 'implementation-review', 'closed'];
const told = (stage: Stage, person: string) => stage.to(person).map(textOf).join('\n');

/** Raised by Rita, who sees one thing; owned by Olga. */
function raised(serviceLevels: Readonly<Record<string, number>> = {}, of: Partial<typeof intake> = {}): Stage {
  const stage = new Stage({ ...BANK, serviceLevels });
  does(stage, 'rita', { type: 'raise', intake: { ...aTitle, ...of } });
  stage.does('pat', { type: 'propose-owner', to: 'olga' }, 'problem');
  stage.does('olga', { type: 'accept-owner' }, 'problem');
  stage.heard();
  return stage;
}

describe('the life of a problem', () => {
  test('goes on by what is done: classified, investigated, root cause known, error control, resolved, closed', () => {
    const stage = raised();
    const seen = [at(stage)];
    const step = (done: () => unknown) => {
      done();
      seen.push(at(stage));
    };
    step(() => does(stage, 'pat', { type: 'edit', intake }));
    step(() => analyses(stage, 'rita', { type: 'suspect', cause: 'Old firmware' }));
    step(() => analyses(stage, 'olga', { type: 'cause', text: 'A loop in the cabling' }));
    step(() => does(stage, 'bellman', { type: 'link', records: ['KER-1'] }));
    step(() => does(stage, 'olga', { type: 'resolve', resolution: 'The loop is gone.' }));
    step(() => does(stage, 'olga', { type: 'close', category: 'permanently-solved' }));
    expect(seen).toEqual(['recorded', 'classified', 'investigated', 'root-cause-known', 'error-control', 'resolved', 'closed']);
    expect(stage.loaded.heading?.status).toBe('closed');
    does(stage, 'olga', { type: 'reopen', reason: 'It is back.' });
    expect(at(stage)).toBe('error-control');
  });

  test('of a major one has an implementation review before it is closed', () => {
    const stage = raised({}, intake);
    does(stage, 'pat', { type: 'declare', owner: 'olga' });
    analyses(stage, 'olga', { type: 'cause', text: 'A loop' });
    does(stage, 'olga', { type: 'resolve', resolution: 'x' });
    expect(at(stage)).toBe('implementation-review');
    expect(stage.loaded.heading?.status).toBe('resolved');
    does(stage, 'olga', { type: 'close', category: 'permanently-solved' });
    expect(at(stage)).toBe('closed');
  });

  test('is not classified by whoever only raised it', () => {
    const stage = raised();
    does(stage, 'rita', { type: 'edit', intake });
    expect(at(stage)).toBe('recorded');
    // The same form, saved by a manager, classifies it.
    does(stage, 'pat', { type: 'edit', intake });
    expect(at(stage)).toBe('classified');
  });

  test('is moved by hand by its owner and who manages problems, where there is what the stage needs', () => {
    const stage = raised();
    const to = (move: Problem['stage'] | 'implementation-review', by = 'olga') =>
      refusal(stage, by, { type: 'edit', intake: state(stage).intake, stage: move });
    expect(to('investigated', 'rita')).toBe('not-yours');
    expect(to('classified')).toBe('stage-lacks');
    expect(to('root-cause-known')).toBe('stage-lacks');
    expect(to('error-control')).toBe('stage-lacks');
    expect(to('implementation-review')).toBe('not-from-here');
    does(stage, 'olga', { type: 'edit', intake: { ...intake, category: undefined } as never, stage: 'investigated' });
    expect(at(stage)).toBe('investigated');
    analyses(stage, 'olga', { type: 'cause', text: 'A loop' });
    // The cause proved wrong: back.
    does(stage, 'olga', { type: 'edit', intake: state(stage).intake, stage: 'investigated' });
    expect(at(stage)).toBe('investigated');
  });

  test('of a problem that an earlier version stored is recorded or resolved', () => {
    const old = { standing: { status: 'open', major: false } } as const;
    expect(stageOf(old)).toBe('recorded');
    expect(stageOf({ standing: { ...old.standing, status: 'resolved' } })).toBe('resolved');
  });

  const commands = fc.oneof(
    fc.record({
      by: fc.constantFrom('rita', 'olga', 'pat', 'zoe'),
      do: fc.constantFrom('suspect', 'cause', 'ker', 'resolve', 'reopen', 'declare', 'normal', 'defer', 'wait', 'classify'),
    }),
    fc.record({
      by: fc.constantFrom('rita', 'olga', 'pat'),
      move: fc.constantFrom(...OPEN_STAGES, 'implementation-review' as const),
    }),
    fc.record({ by: fc.constantFrom('olga', 'zoe'), close: fc.constantFrom(...CLOSURES) }),
  );
  property.prop([fc.array(commands, { maxLength: 25 })], { numRuns: 120 })(
    'only takes ways that are allowed, ends only with what is needed, and never lies about being open',
    (run) => {
      const stage = raised({ 'any/critical': 4 * HOUR });
      for (const one of run) {
        const from = at(stage);
        const act = (): unknown => {
          if ('close' in one) return stage.tries(one.by, 'problem', { type: 'close', category: one.close } as ProblemCommand);
          if ('move' in one)
            return stage.tries(one.by, 'problem', {
              type: 'edit',
              intake: state(stage).intake,
              stage: one.move,
            } as ProblemCommand);
          switch (one.do) {
            case 'suspect':
              return analyses(stage, one.by, { type: 'suspect', cause: `Cause ${run.indexOf(one)}` });
            case 'cause':
              return analyses(stage, one.by, { type: 'cause', text: `Cause ${run.indexOf(one)}` });
            case 'ker':
              return does(stage, 'bellman', { type: 'link', records: ['KER-1'] });
            case 'classify':
              return stage.tries(one.by, 'problem', { type: 'edit', intake } as ProblemCommand);
            case 'declare':
              return stage.tries(one.by, 'problem', { type: 'declare', owner: 'olga' } as ProblemCommand);
            case 'defer':
              return stage.tries(one.by, 'problem', { type: 'defer', reason: 'x', review: stage.now + HOUR } as ProblemCommand);
            case 'wait':
              return stage.pass(2 * HOUR);
            case 'resolve':
              return stage.tries(one.by, 'problem', { type: 'resolve', resolution: 'x' } as ProblemCommand);
            default:
              return stage.tries(one.by, 'problem', { type: one.do, reason: 'x' } as ProblemCommand);
          }
        };
        act();
        const to = at(stage);
        // A major one passes through resolved on its way to its review.
        const ways = [from, ...TRANSITIONS[from], ...(TRANSITIONS[from].includes('resolved') ? ['implementation-review'] : [])];
        expect(ways).toContain(to);
        const back = 'move' in one || ('do' in one && one.do === 'reopen');
        if (!back) expect(ALL.indexOf(to)).toBeGreaterThanOrEqual(ALL.indexOf(from));
        const { standing, closure, intake: said, deferred } = state(stage);
        expect(standing.status === 'open').toBe(OPEN_STAGES.some((open) => open === to));
        expect(closure !== undefined).toBe(to === 'closed');
        if (to === 'closed') expect(said.category).toBeDefined();
        if (closure?.category === 'permanently-solved') expect(stage.view().state(analysis).cause).toBeDefined();
        // What is left open is waited for, and nothing else is.
        expect(stage.timers.has('deferral')).toBe(deferred !== undefined);
      }
    },
  );
});

describe('the target response time', () => {
  const levels = { 'any/critical': 4 * HOUR, 'network/critical': 2 * HOUR };

  test('comes from the service level of category and priority, counted from when it was raised', () => {
    const stage = raised(levels);
    expect(stage.view().state(target).due).toBe(START + 4 * HOUR);
    stage.pass(HOUR);
    does(stage, 'rita', { type: 'edit', intake });
    expect(stage.view().state(target).due).toBe(START + 2 * HOUR);
    expect(textOf(recordCard(shown(stage.view())))).toContain('Target response: 2h: by');
  });

  test('warns owner and managers at three quarters, and when it passes, once each', () => {
    const stage = raised(levels);
    stage.pass(3 * HOUR);
    expect(told(stage, 'olga')).toContain('Its target response time ends in 1h');
    expect(told(stage, 'pat')).toContain('waits for its first work');
    stage.heard();
    stage.pass(10 * DAY);
    expect(stage.to('olga').map(({ title }) => title)).toEqual(['PRB-1 missed its target response time']);
    const late = analyses(stage, 'olga', { type: 'suspect', cause: 'x' });
    expect(late).toContainEqual(expect.objectContaining({ type: 'met', late: true }));
    expect(textOf(recordCard(shown(stage.view())))).toContain('; missed, begun');
  });

  test('is met by the first work, and then nobody is warned', () => {
    const stage = raised(levels);
    stage.pass(HOUR);
    const done = analyses(stage, 'rita', { type: 'fill', cells: { 'what-is': 'Error 91' } });
    expect(done).toContainEqual(expect.objectContaining({ type: 'met', late: false }));
    stage.pass(DAY);
    expect(stage.heard()).toEqual([]);
  });

  test('is none where nothing was agreed', () => {
    expect(raised().timers.size).toBe(0);
  });
});

describe('leaving a problem open on purpose', () => {
  const defer = (stage: Stage, by = 'olga') =>
    does(stage, by, { type: 'defer', reason: 'It is switched off in March.', review: stage.now + 10 * DAY });

  test('is for its owner and who manages problems, with a review that is ahead', () => {
    const stage = raised();
    expect(refusal(stage, 'rita', { type: 'defer', reason: 'x', review: stage.now + DAY })).toBe('not-yours');
    expect(refusal(stage, 'olga', { type: 'defer', reason: 'x', review: stage.now })).toBe('review-not-ahead');
    defer(stage);
    expect(stage.loaded.heading?.status).toBe('deferred');
    expect(textOf(recordCard(shown(stage.view())))).toContain('It is switched off in March.');
  });

  test('asks its owner when the review is overdue, and from the next day on the managers too, until somebody looks', () => {
    const stage = raised();
    defer(stage);
    stage.pass(10 * DAY);
    expect([stage.to('olga').length, stage.to('pat').length]).toEqual([1, 0]);
    stage.pass(2 * DAY);
    expect([stage.to('olga').length, stage.to('pat').length]).toEqual([3, 2]);
    stage.heard();
    defer(stage, 'pat');
    stage.heard();
    stage.pass(9 * DAY);
    expect(stage.heard()).toEqual([]);
    does(stage, 'olga', { type: 'resolve', resolution: 'x' });
    stage.heard();
    stage.pass(30 * DAY);
    expect(stage.heard()).toEqual([]);
  });

  test('ends when it is moved by hand, and not because somebody looks into it meanwhile', () => {
    const stage = raised();
    defer(stage);
    analyses(stage, 'rita', { type: 'suspect', cause: 'Old firmware' });
    expect([at(stage), stage.loaded.heading?.status]).toEqual(['investigated', 'deferred']);
    does(stage, 'olga', { type: 'edit', intake, stage: 'classified' });
    expect(stage.loaded.heading?.status).toBe('classified');
    expect(stage.timers.has('deferral')).toBe(false);
  });
});

describe('a change that was to cure it', () => {
  const judge = { type: 'judge', rfc: 'RFC-1', outcome: 'back-out', reason: 'It still fails.' } as const;

  test('is backed out or kept by the owner or a problem manager, and only where it is linked', () => {
    const stage = raised();
    expect(refusal(stage, 'rita', judge)).toBe('not-yours');
    expect(refusal(stage, 'olga', judge)).toBe('not-linked');
    does(stage, 'olga', { type: 'link', records: ['RFC-1'] });
    does(stage, 'olga', judge);
    expect(state(stage).judged).toMatchObject([{ rfc: 'RFC-1', outcome: 'back-out', reason: 'It still fails.', by: 'olga' }]);
    expect(stage.asks).toContainEqual({
      ask: 'elsewhere',
      record: 'RFC-1',
      part: 'change',
      command: { type: 'judge', problem: 'PRB-1', outcome: 'back-out', by: 'olga', reason: 'It still fails.' },
    });
    expect(textOf(recordCard(shown(stage.view())))).toContain('RFC-1 is backed out: It still fails.');
    expect(does(stage, 'olga', judge)).toEqual([]);
  });
});

describe('closing a problem', () => {
  test('is refused while it is open or something is missing, and says what', () => {
    const stage = raised();
    const close = { type: 'close', category: 'workaround-accepted' } as const;
    expect(refusal(stage, 'olga', close)).toBe('not-resolved');
    does(stage, 'olga', { type: 'resolve', resolution: 'Restarted.' });
    expect(refusal(stage, 'rita', close)).toBe('not-yours');
    const outcome = stage.tries('olga', 'problem', close);
    expect(isRefusal(outcome) && outcome.facts.missing).toEqual(['details', 'category', 'cause', 'workaround']);
    // What was resolved can still be completed.
    does(stage, 'olga', { type: 'edit', intake });
    does(stage, 'olga', { type: 'workaround', workaround: 'Press twice.' });
    analyses(stage, 'olga', { type: 'cause', text: 'A loop' });
    does(stage, 'olga', close);
    expect(refusal(stage, 'olga', close)).toBe('is-closed');
    expect(refusal(stage, 'olga', { type: 'edit', intake: aTitle })).toBe('is-closed');
  });

  test('tells its incidents what solved it, and closes them; of a private one only that it is solved', () => {
    for (const [of, expected] of [
      ['sensitive', 'PRB-1, to which it belongs, is solved: The loop is gone.'],
      ['private', 'What was behind it is solved.'],
    ] as const) {
      const stage = raised({}, intake);
      does(stage, 'pat', { type: 'link', records: ['INC-1', 'INC-2'] });
      does(stage, 'pat', { type: 'classify', class: of });
      does(stage, 'olga', { type: 'resolve', resolution: 'The loop is gone.' });
      does(stage, 'olga', { type: 'close', category: 'gone-by-itself' });
      const command = { type: 'solved', problem: 'PRB-1', category: 'not-reproducible', resolution: expected };
      for (const record of ['INC-1', 'INC-2'])
        expect(stage.asks).toContainEqual({ ask: 'elsewhere', record, part: 'incident', command });
    }
  });

  test('closes an open incident with its resolution, whose people read it; a resolved one stays as it is', () => {
    const solved = { type: 'solved', problem: 'PRB-1', category: 'fixed', resolution: 'The loop is gone.' } as const;
    const stage = new Stage(undefined, 'INC-1');
    stage.does('rita', { type: 'raise', intake }, 'incident');
    const happened = stage.does('bellman', solved, 'incident').map(({ type }) => type);
    expect(happened).toEqual(expect.arrayContaining(['resolved', 'closed']));
    expect(told(stage, 'rita')).toContain('The loop is gone.');
    expect(stage.loaded.heading?.status).toBe('closed');
    expect(stage.does('bellman', solved, 'incident')).toEqual([]);
    const before = new Stage(undefined, 'INC-1');
    before.does('rita', { type: 'raise', intake }, 'incident');
    before.does('rita', { type: 'resolve', resolution: 'Restarted.' }, 'incident');
    expect(before.does('bellman', solved, 'incident')).toEqual([]);
  });
});

describe('unlinking', () => {
  test('makes both ends forget, and is refused for what is not linked and for known errors', () => {
    const stage = raised();
    does(stage, 'rita', { type: 'link', records: ['INC-1', 'INC-2', 'KER-1'] });
    expect(refusal(stage, 'zoe', { type: 'unlink', records: ['INC-1'] })).toBe('not-yours');
    expect(refusal(stage, 'rita', { type: 'unlink', records: ['INC-9'] })).toBe('not-linked');
    expect(refusal(stage, 'rita', { type: 'unlink', records: ['KER-1'] })).toBe('known-error-stays');
    does(stage, 'rita', { type: 'unlink', records: ['INC-1'] });
    expect(state(stage).links).toEqual(['INC-2', 'KER-1']);
    expect(stage.asks).toContainEqual({ ask: 'unlink', to: 'INC-1' });
    expect(stage.asks).toContainEqual({
      ask: 'elsewhere',
      record: 'INC-1',
      part: 'incident',
      command: { type: 'problem-gone', problem: 'PRB-1' },
    });
  });
});

describe('what is kept of a problem', () => {
  test('is its source, reasons, agreements, documents and solution, shown on its card', () => {
    const stage = new Stage();
    does(stage, 'rita', { type: 'raise', intake, source: 'another-function' });
    expect(state(stage).details).toEqual({ ...noDetails, source: 'another-function' });
    const details = {
      reasons: 'Few people know it.',
      agreements: 'SLA Payments',
      documents: 'https://x',
      solution: 'New cables',
    };
    does(stage, 'rita', { type: 'edit', intake, details });
    expect(does(stage, 'rita', { type: 'edit', intake, details })).toEqual([]);
    const card = textOf(recordCard(shown(stage.view())));
    for (const part of ['Source: another function', ...Object.values(details)]) expect(card).toContain(part);
    expect(stage.loaded.entries.map(({ body }) => body).join('')).not.toContain('Few people');
  });
});

describe('escalation', () => {
  const whole: ForVendor = {
    vendor: 'Contoso',
    point: '8 h without progress',
    description: 'Connections are refused.',
    errors: 'E91 *fatal*',
    tried: '1. Restart: no change',
    documents: 'none',
    tools: 'tcpdump',
  };

  test('to a vendor is refused incomplete and names what is missing; whole, it is numbered and kept as a document', () => {
    const stage = raised();
    expect(escalates(stage, 'rita', { type: 'send', said: whole })).toBe('not-yours');
    const outcome = stage.tries('olga', 'escalation', {
      type: 'send',
      said: { ...whole, tried: ' ', tools: '' },
    } as EscalationCommand);
    expect(isRefusal(outcome) && outcome.facts.missing).toEqual(['tried', 'tools']);
    expect(escalates(stage, 'olga', { type: 'send', said: whole })).toBe('accepted');
    expect(escalates(stage, 'olga', { type: 'send', said: { ...whole, vendor: 'Fabrikam' } })).toBe('accepted');
    const document = vendorDocument(stage.view(), 1) ?? '';
    expect(document).toContain('# PRB-1: Refused connections');
    expect(document).toContain('## Error messages\n\nE91 \\*fatal\\*');
    expect(document.indexOf('Resolutions tried')).toBeGreaterThan(document.indexOf('Error messages'));
    expect(vendorDocument(stage.view(), 3)).toBeUndefined();
    expect(textOf(recordCard(shown(stage.view())))).toContain('Escalated to: Contoso (1), Fabrikam (2)');
  });

  test('to a team tells those who are new in it, and lets them read it', () => {
    const stage = raised();
    expect(escalates(stage, 'olga', { type: 'invite', people: ['tom', 'tina'] })).toBe('accepted');
    expect(told(stage, 'tom')).toContain('PRB-1 asks you into its team');
    stage.heard();
    escalates(stage, 'olga', { type: 'invite', people: ['tom', 'tess'] });
    expect([stage.to('tom').length, stage.to('tess').length]).toEqual([0, 1]);
    expect(escalation.people?.(stage.view().state(escalation))).toEqual(['tom', 'tina', 'tess']);
  });

  test('lets specialists and the team say what helps and what the cause is, and nothing else of the owner’s', () => {
    const stage = raised();
    stage.org = { ...stage.org, roles: { ...stage.org.roles, specialist: ['spike'], 'problem-support': ['sue'] } };
    const cause = (by: string) => {
      const outcome = analyses(stage, by, { type: 'cause', text: `Found by ${by}` });
      return isRefusal(outcome) ? outcome.refused : 'accepted';
    };
    expect(cause('tom')).toBe('not-yours');
    escalates(stage, 'sue', { type: 'invite', people: ['tom'] });
    expect([cause('tom'), cause('spike')]).toEqual(['accepted', 'accepted']);
    does(stage, 'spike', { type: 'workaround', workaround: 'Press twice.' });
    for (const by of ['tom', 'spike']) expect(refusal(stage, by, { type: 'resolve', resolution: 'x' })).toBe('not-yours');
    expect(refusal(stage, 'sue', { type: 'declare', owner: 'olga' })).toBe('role-needed');
    does(stage, 'sue', { type: 'resolve', resolution: 'x' });
  });

  test('arbitration is for problem managers, and everybody concerned reads what was decided', () => {
    const stage = raised();
    const decided = { type: 'arbitrate', question: 'Who pays', decision: 'The network team' } as const;
    expect(escalates(stage, 'olga', decided)).toBe('role-needed');
    expect(escalates(stage, 'pat', decided)).toBe('accepted');
    for (const person of ['olga', 'rita']) expect(told(stage, person)).toContain('Who pays: The network team');
  });
});
