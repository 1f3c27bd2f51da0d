/** The clock of a line by the users' door: what people say, what the board shows, and what a stopped Bellman makes up for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/core/instant.ts';
import { type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
const people = new Map<string, ConsoleUser>();
const as = (name: string): ConsoleUser => {
  const known = people.get(name) ?? consoleUser(house.bellman.consoleUrl ?? '', name);
  people.set(name, known);
  return known;
};
/** What the answer says: a card's words, or what a form's field is wrong about. */
const shown = (said: Said): string => wordsOf(said.message) || Object.values(said.fields ?? {}).join(' ');
const say = async (name: string, words: string): Promise<string> => shown(await as(name).say(words));
const fill = async (name: string, words: string, answers: Record<string, string>): Promise<string> => {
  const form = await as(name).say(words);
  return form.kind === 'form' ? shown(await as(name).submit(form, answers)) : shown(form);
};
/** Everything that somebody may read, as the page gets it. */
const heardBy = async (name: string): Promise<string> =>
  (await fetch(`${house.bellman.consoleUrl}/console/state?as=${name}`)).text();
/** How the board shows one line. */
const line = async (label: string): Promise<string> =>
  new RegExp(`${label}: [\\s\\S]*?(?=Released by|, released by)`, 'u').exec(await say('linda', '/comms plan PRB-1'))?.[0] ?? '';

beforeAll(async () => {
  house = await startHouse({ environment: { BELLMAN_ADMINS: 'console:admin' }, startsAt: '2027-01-15T09:00:00Z' });
  for (const name of ['linda', 'jerry', 'charles', 'kate']) await say(name, '/bellman whoami');
  await say('admin', '/bellman role grant @jerry problem-manager');
  await say('admin', '/bellman role grant @charles communications');
  await say('admin', '/bellman audience set customers #general');
  await say('admin', '/bellman audience quiet all-staff 09:15-11:00 UTC');
  await fill('kate', '/problem new', { title: 'Refused connections', impact: 'High', urgency: 'High' });
  await fill('jerry', '/problem major PRB-1', { owner: 'linda' });
});
afterAll(() => house.stop());

describe('quiet hours and cadences of an audience', () => {
  test('are said, shown, and refused where they make no sense', async () => {
    expect(await say('admin', '/bellman audience quiet customers 22:00-07:00 Europe/Berlin')).toContain(
      '22:00 to 07:00 (Europe/Berlin)',
    );
    expect(await say('admin', '/bellman audience quiet customers at night')).toContain('22:00-07:00 Europe/Berlin, or off');
    expect(await say('admin', '/bellman audience quiet customers off')).not.toContain('22:00');
    expect(await say('admin', '/bellman audience quiet emergency-services 22:00-07:00')).toContain('is told at every hour');
    expect(await say('admin', '/bellman audience cadence press weekdays 9:00 16:00 Europe/Berlin')).toContain(
      'every weekday at 09:00 and 16:00 (Europe/Berlin)',
    );
    expect(await say('admin', '/bellman audience cadence press often')).toContain('"often" is not a length of time.');
    expect(await line('All staff')).toContain('moved out of quiet hours');
  });
});

describe('a line', () => {
  test('takes a rule, a class, a mechanism and two approvals; a wrong cadence is told at its field', async () => {
    expect(await fill('linda', '/comms line PRB-1 customers', { cadence: 'sometimes' })).toContain('is not a length of time');
    const board = await fill('linda', '/comms line PRB-1 customers', {
      cadence: 'daily 9:40 10:40 UTC',
      class: 'sensitive',
      mechanism: 'status-page',
      approvals: '2',
      template: 'all-staff',
    });
    expect(board).toContain('Every day at 09:40 and 10:40 (UTC)');
    expect(await fill('linda', '/comms line PRB-1 customers', { cadence: 'daily 10:40 9:40 UTC' })).toContain(
      'already stands like this',
    );
    const form = await as('linda').say('/comms line PRB-1 customers');
    expect(JSON.stringify(form)).toContain('daily 09:40 10:40 UTC');
    expect(await fill('linda', '/comms line PRB-1 customers', { approvals: '1' })).toContain(
      'you cannot lower how many must release it',
    );
  });

  test('is moved with a reason, and rests until the board says', async () => {
    const moved = await fill('charles', '/comms clock move PRB-1 customers in 50m', { reason: 'The vendor calls at half past.' });
    expect(moved).toContain('Communication plan of PRB-1');
    expect(await as('linda').reads('The vendor calls at half past.')).toContain('Due time moved: Customers and partners, PRB-1');
    expect(await say('linda', '/comms snooze PRB-1 customers 10m')).toContain('reminders rest until');
    expect(await say('linda', '/comms snooze PRB-1 customers 3d')).toContain('Reminders rest between 1 minute and 1 day');
    expect(await say('kate', '/comms clock move PRB-1 customers in 60m')).toContain('Only the owner of the plan');
  });

  test('is bound, waits for another, and is set free by a releaser', async () => {
    const bound = await fill('linda', '/comms clock deadline PRB-1 press', {
      from: 'declared',
      span: '4h, 72h, 1 month',
      after: 'customers',
    });
    expect(bound).toMatch(/Press and media: due .*, deadline .*, after Customers and partners/u);
    expect(await fill('linda', '/comms clock deadline PRB-1 press', { from: 'known', span: '24h' })).toContain(
      'Fill in Known since',
    );
    expect(await fill('linda', '/comms clock deadline PRB-1 press', { span: 'soon' })).toContain('is not a term');
    expect(await fill('linda', '/comms clock deadline PRB-1 press', { span: 'off' })).toContain('only its releasers may decide');
    await fill('linda', '/comms draft PRB-1 press', { text: 'The bank is aware of refused connections.' });
    await as('charles').reads('To release: Press and media, PRB-1');
    const value = /"value":"([^"]+)","action":"comms\.release"/u.exec(await heardBy('charles'))?.[1] ?? '';
    expect(shown(await as('charles').press('comms.release', 'PRB-1', value))).toContain('is told before the line press');
    expect(await fill('charles', '/comms clock override PRB-1 press', { reason: 'It is on the radio.' })).toContain(
      'It is on the radio.',
    );
    expect(shown(await as('charles').press('comms.release', 'PRB-1', value))).not.toContain('is told before');
  });

  test('that is paused asks nobody through a restart and a week of downtime; resumed, it goes on at its next point', async () => {
    expect(await fill('charles', '/comms pause PRB-1 customers', { reason: 'Lawyers look at it.' })).toContain(
      'Lawyers look at it.',
    );
    await house.restart();
    people.clear();
    await house.advance(7 * DAY);
    expect(await line('Customers and partners')).toContain('paused by');
    await as('linda').reads('Overdue: Senior management, PRB-1');
    expect(await heardBy('linda')).not.toMatch(/(Text wanted|Still no text|Overdue): Customers and partners/u);
    expect(await fill('linda', '/comms resume PRB-1 customers', { reason: 'They agreed.' })).not.toContain('paused by');
    const [{ due } = { due: undefined }] = await house.db.sql<{ due: Date }[]>`
      select due_at as due from bellman.comms_update where record_id = 'PRB-1' and audience = 'customers' order by opened_at desc limit 1`;
    const now = await house.now();
    expect(due?.getTime()).toBeGreaterThan(now);
    expect(due?.getTime()).toBeLessThanOrEqual(now + 24 * 60 * MINUTE);
    expect(due?.toISOString()).toMatch(/T(09|10):40:00/u);
  });
});
