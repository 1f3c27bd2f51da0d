/** The life of an incident by its users' door: raised, worked on, merged, resolved, closed, opened again; and its own channel. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
const user: Record<'admin' | 'jerry' | 'ray' | 'kate' | 'linda', ConsoleUser> = {} as never;

const words = (said: Said): string => wordsOf(said.message?.content ?? said.fields);
const says = async (who: keyof typeof user, line: string): Promise<string> => words(await user[who].say(line));
async function fills(who: keyof typeof user, line: string, answers: Record<string, string>): Promise<string> {
  const form = await user[who].say(line);
  return words(form.form === undefined ? form : await user[who].submit(form, answers));
}

beforeAll(async () => {
  house = await startHouse({ environment: { CONSOLE: 'on' }, startsAt: '2027-01-11T09:00:00Z' });
  const url = house.bellman.consoleUrl ?? house.bellman.url;
  for (const name of ['admin', 'jerry', 'ray', 'kate', 'linda'] as const) user[name] = consoleUser(url, name);
  for (const line of [
    '/bellman role grant @jerry incident-manager',
    '/bellman group create network-team tier 2',
    '/bellman group add network-team @kate',
    '/bellman group create empty-team tier 3',
  ])
    await says('admin', line);
});
afterAll(() => house.stop());

describe('an incident', () => {
  test('is raised by new and by declare, with sub-category and site', async () => {
    const answers = {
      title: 'Tellers cannot log on',
      details: 'Since nine.',
      category: 'network',
      impact: 'high',
      urgency: 'high',
    };
    expect(await fills('ray', '/incident new', { ...answers, subCategory: 'DNS', site: 'Leeds' })).toContain('INC-1');
    expect(await fills('linda', '/incident declare', { title: 'Nobody logs on', details: 'Here too.' })).toContain('INC-2');
    const card = await says('ray', '/incident show INC-1');
    expect(card).toContain('network, DNS');
    expect(card).toContain('Leeds');
  });

  test('is noted about by whoever takes part; others join first', async () => {
    expect(await says('linda', '/incident update INC-1 It is the switch.')).toContain('Join it first');
    await says('linda', '/incident join INC-1');
    await says('linda', '/incident update INC-1 It is the switch.');
    const card = await says('ray', '/incident update INC-1 It is the cable.');
    expect(card.indexOf('It is the cable.')).toBeGreaterThan(0);
    expect(card.indexOf('It is the cable.')).toBeLessThan(card.indexOf('It is the switch.'));
  });

  test('is assigned to resolver groups, which are told', async () => {
    expect(await says('jerry', '/incident assign INC-1 nobody-team')).toContain('empty-team, network-team'.split(', ')[0]);
    expect(await says('jerry', '/incident assign INC-1 empty-team')).toContain('nobody is in this group');
    expect(await says('jerry', '/incident assign INC-1 Network-Team')).toContain('Its members are told');
    await user.kate.reads('INC-1 is yours: network-team');
    expect(await says('ray', '/incident history INC-1')).toContain('from empty-team (tier 3) to network-team (tier 2)');
  });

  test('has a lead, who manages it', async () => {
    await says('jerry', '/incident role INC-1 lead @linda');
    await user.linda.reads('Your part in INC-1: lead');
    expect(await says('linda', '/incident role INC-1 scribe @ray')).toContain('scribe');
    expect(await says('ray', '/incident show INC-1')).toContain('Scribe');
  });

  test('gets a channel when it is declared major, with its notes in it', async () => {
    await fills('jerry', '/incident major INC-1', { owner: 'jerry' });
    await user.ray.reads('This is the channel of INC-1');
    expect(await says('ray', '/incident channel INC-1')).toContain('has its channel');
    await says('ray', '/incident update INC-1 The cable is changed.');
    await user.kate.reads('INC-1: note');
    const channels = await house.db.sql`select name from bellman.console_channel where name like 'inc-1%'`;
    expect(channels.map(({ name }) => name)).toEqual(['inc-1-tellers-cannot-log-on']);
  });

  test('takes another one in, whose reporter hears so', async () => {
    expect(await says('jerry', '/incident merge INC-2 INC-2')).toContain('itself');
    expect(await says('jerry', '/incident merge INC-2 INC-1')).toContain('goes on as INC-1');
    await user.linda.reads('INC-2 is the same as INC-1');
    expect(await says('linda', '/incident show INC-2')).toContain('closed, duplicate');
    expect(await says('linda', '/incident show INC-1')).toContain('Same as');
    expect(await says('linda', '/incident list closed')).toContain('INC-2');
  });

  test('is closed with a category once it is resolved and complete, and opened again', async () => {
    expect(await fills('jerry', '/incident close INC-1', { category: 'fixed' })).toContain('not resolved yet');
    expect(await fills('kate', '/incident resolve INC-1', { resolution: 'New cable.' })).toContain('INC-1 is resolved');
    expect(await fills('jerry', '/incident close INC-1', { category: 'caused-by-change' })).toContain('caused by change');
    expect(await says('ray', '/incident show INC-1')).toContain('closed, caused by change');
    expect(await says('ray', '/incident update INC-1 Once more.')).toContain('is closed since');
    expect(await says('jerry', '/incident reopen INC-1 It fails again.')).toContain('open again');
    expect(await says('ray', '/incident show INC-1')).not.toContain('closed');
  });

  test('that is sensitive is not there for others, and gets no open channel', async () => {
    expect(await fills('kate', '/incident new', { title: 'Somebody copied the list', sensitive: 'yes' })).toContain('INC-3');
    expect(await says('ray', '/incident show INC-3')).toContain('There is no INC-3');
    expect(await says('jerry', '/incident join INC-3 @linda')).toContain('takes part now');
    expect(await says('linda', '/incident show INC-3')).toContain('Somebody copied the list');
    await says('jerry', '/incident channel INC-3');
    await user.kate.reads('INC-3 got no channel');
  });
});

test('the priority that follows from impact and urgency can be set; records keep theirs until they are edited', async () => {
  expect(await says('ray', '/bellman priority set high high low')).toContain('role');
  expect(await says('jerry', '/bellman priority set high high medium')).toContain('urgency high medium');
  expect(await says('ray', '/incident show INC-1')).toContain('critical (impact high');
  expect(
    await fills('ray', '/incident edit INC-1', { title: 'Tellers cannot log on', details: 'x', impact: 'high', urgency: 'high' }),
  ).toContain('medium (impact high');
});
