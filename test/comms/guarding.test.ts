/** A line cannot carry what is above its class, a place cannot get what is above its own (S3). */
import { describe, expect, test } from 'vitest';
import { classOfLine, classOfText, titleFor } from '../../src/comms/guarding.ts';
import { mayStillSend, whatFollows } from '../../src/comms/index.ts';
import { draftHash } from '../../src/comms/line.ts';
import { CLASSES, type DataClass, isAbove } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { BANK, majorProblem, type Stage, textOf } from './stage.ts';

const AUDIENCES = ['senior-management', 'all-staff', 'customers', 'working-staff', 'press', 'emergency-services'];
const facts = (stage: Stage, of?: DataClass, affected = 'Card payments') =>
  stage.tries('olga', 'sheet', {
    type: 'fill',
    facts: { affected },
    texts: {},
    names: [],
    ...(of ? { class: of } : {}),
  } as never);
const draft = (stage: Stage, line: string, text = 'We are looking into it.') =>
  stage.tries('olga', 'plan', { type: 'draft', line, text } as never);
const release = (stage: Stage, line: string) => {
  const found = stage.line(line);
  const update = found.update;
  if (!update) throw new Error('Nothing is due');
  return stage.tries('cora', 'plan', {
    type: 'release',
    update: update.id,
    seen: draftHash(found, update).slice(0, 16),
  } as never);
};
const refusal = (outcome: unknown) => (isRefusal(outcome) ? outcome : undefined);
const started = () => {
  const stage = majorProblem();
  for (const line of ['press', 'emergency-services']) stage.does('olga', { type: 'start', line });
  return stage;
};

describe('what a line may carry', () => {
  test.each([
    ['customers', 'public'],
    ['press', 'public'],
    ['all-staff', 'sensitive'],
    ['working-staff', 'private'],
    ['senior-management', 'confidential'],
    ['emergency-services', 'confidential'],
    ['branches', 'sensitive'],
  ] as const)('of %s is at most %s, unless somebody says otherwise', (audience, of) => {
    expect(classOfLine({ audience })).toBe(of);
    expect(classOfLine({ audience, class: 'private' })).toBe('private');
  });

  test('every line can be told as long as nobody says how guarded the facts are', () => {
    for (const line of AUDIENCES) {
      const stage = started();
      facts(stage);
      expect(refusal(draft(stage, line))).toBeUndefined();
      expect(refusal(release(stage, line))).toBeUndefined();
    }
  });

  test.each(CLASSES.flatMap((of) => AUDIENCES.map((line) => [of, line] as const)))('%s facts on the line of %s', (of, line) => {
    const stage = started();
    stage.org = { ...BANK, placeClasses: { [`console/channel/${line}`]: 'confidential' } };
    facts(stage, of);
    const most = classOfLine({ audience: line });
    const expected = isAbove(of, most)
      ? { refused: 'class-above-line', facts: { record: 'PRB-1', line, class: of, most } }
      : undefined;
    expect(refusal(draft(stage, line))).toEqual(expected);
  });

  test('a text of a private record that is written for a line of less is as guarded as that line', () => {
    expect(classOfText({ class: 'private' }, { audience: 'customers' }, undefined)).toBe('public');
    expect(classOfText({ class: 'private' }, { audience: 'senior-management' }, undefined)).toBe('private');
    expect(classOfText({}, { audience: 'senior-management' }, undefined)).toBe('sensitive');
  });
});

describe('where an update may go', () => {
  test('not to a place of less; the refusal says which place and what to do', () => {
    const stage = majorProblem();
    facts(stage, 'private');
    const place = 'console/channel/working-staff';
    const wanted = { record: 'PRB-1', line: 'working-staff', class: 'private', place, most: 'sensitive' };
    expect(refusal(draft(stage, 'working-staff'))).toEqual({ refused: 'class-above-place', facts: wanted });
    stage.org = { ...stage.org, placeClasses: { [place]: 'private' } };
    expect(refusal(draft(stage, 'working-staff'))).toBeUndefined();
    expect(refusal(release(stage, 'working-staff'))).toBeUndefined();
  });

  test('a class that is raised between handing in and release stops the release, and the text is handed in again once it is lowered', () => {
    const stage = majorProblem();
    facts(stage, 'sensitive');
    draft(stage, 'all-staff');
    facts(stage, 'private');
    expect(refusal(release(stage, 'all-staff'))?.refused).toBe('class-above-line');
    facts(stage, 'public');
    expect(refusal(draft(stage, 'all-staff'))).toBeUndefined();
    expect(refusal(release(stage, 'all-staff'))).toBeUndefined();
  });

  test('another class makes another hash, so that nobody releases what they did not see', () => {
    const hash = (of: DataClass) => {
      const stage = majorProblem();
      facts(stage, of);
      draft(stage, 'senior-management');
      const line = stage.line('senior-management');
      return line.update && draftHash(line, line.update);
    };
    expect(hash('public')).not.toBe(hash('sensitive'));
  });
});

describe('an update that is leaving or waiting', () => {
  const left = () => {
    const stage = majorProblem();
    facts(stage, 'sensitive');
    draft(stage, 'all-staff');
    const update = stage.line('all-staff').update?.id ?? '';
    release(stage, 'all-staff');
    return { stage, update };
  };
  const judged = (stage: Stage, update: string, place = 'console/channel/all-staff') =>
    mayStillSend(stage.view(), update, stage.org, () => true, place);

  test('may be sent while nothing is guarded more', () => {
    const { stage, update } = left();
    stage.leave();
    expect(judged(stage, update)).toBeUndefined();
  });

  test('does not leave when the facts are guarded more within the time to take it back, and its people hear why', () => {
    const { stage } = left();
    facts(stage, 'confidential');
    stage.heard();
    stage.leave();
    expect(stage.events.at(-1)?.event).toMatchObject({ type: 'held-back', why: 'class-raised' });
    expect(stage.to('olga').map(textOf).join()).toContain('Did not leave');
  });

  test.each([
    ['the facts', (stage: Stage) => facts(stage, 'private')],
    ['the record', (stage: Stage) => stage.does('rita', { type: 'classify', class: 'private' }, 'problem')],
    ['the line', (stage: Stage) => stage.does('cora', { type: 'line', line: 'all-staff', class: 'public' })],
  ])('is stopped at the claim when %s says otherwise, and the owner is told', (_what, raise) => {
    const { stage, update } = left();
    stage.leave();
    raise(stage);
    expect(judged(stage, update)).toBe('class-raised');
    stage.heard();
    stage.does('bellman', { type: 'stopped', update, why: 'class-raised' });
    expect(stage.to('olga').map(textOf).join()).toContain('it is guarded more now than its line or a place may carry');
  });
});

test('a place that became less guarded than an update does not get it any more; the others do, and the owner is told', () => {
  const stage = majorProblem();
  facts(stage, 'sensitive');
  draft(stage, 'all-staff');
  const update = stage.line('all-staff').update?.id ?? '';
  release(stage, 'all-staff');
  stage.leave();
  const place = 'console/channel/all-staff';
  stage.org = { ...stage.org, placeClasses: { [place]: 'public' } };
  expect(mayStillSend(stage.view(), update, stage.org, () => true, place)).toBe('place-too-open');
  expect(mayStillSend(stage.view(), update, stage.org, () => true, 'console/channel/other')).toBeUndefined();
  const [follow] = whatFollows({ record: 'PRB-1', place, update }, { is: 'cancelled', why: 'place-too-open' });
  stage.heard();
  stage.does('bellman', (follow as unknown as { command: never }).command);
  expect(stage.to('olga').map(textOf).join()).toContain('that place is less guarded than the update');
});

test('readers of a private record who may not know of it are not told what it is called', () => {
  const plan = { class: 'private', title: 'Stolen laptops' } as const;
  expect(titleFor(plan, { audience: 'customers' })).toBe('');
  expect(titleFor(plan, { audience: 'working-staff' })).toBe('Stolen laptops');
  expect(titleFor({ title: 'Refused connections' }, { audience: 'customers' })).toBe('Refused connections');
  const stage = majorProblem();
  stage.does('rita', { type: 'classify', class: 'private' }, 'problem');
  draft(stage, 'customers');
  release(stage, 'customers');
  stage.leave();
  const [told] = stage.at('console/channel/customers');
  expect(textOf(told)).toContain('We are looking into it.');
  expect(textOf(told)).not.toContain('Refused connections');
});

describe('an overdue update of a private record', () => {
  const chased = (org = BANK) => {
    const stage = majorProblem(org);
    stage.does('rita', { type: 'classify', class: 'private' }, 'problem');
    stage.heard();
    stage.passMinutes(12 * 60);
    return stage;
  };

  test('reaches its people and those who manage such records whole, and the admins as no more than that', () => {
    const stage = chased();
    expect(stage.to('olga').map(textOf).join()).toContain('Refused connections');
    expect(stage.to('pat').map(textOf).join()).toContain('PRB-1');
    const outside = stage.to('ada').map(textOf);
    expect(outside.length).toBeGreaterThan(0);
    for (const said of outside) {
      expect(said).toContain('Overdue: an update on a private record');
      expect(said).not.toMatch(/PRB-1|Refused/u);
    }
    expect(stage.at('console/channel/ops')).toEqual([]);
  });
});
