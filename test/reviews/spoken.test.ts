/** A major incident is reviewed from its call to its end, by what people say and press (P17). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

const DAY = 86_400_000;
const read = (said: Said): string => wordsOf(said.message?.content);

let house: House;
const user = (name: string): ConsoleUser => consoleUser(house.bellman.consoleUrl ?? house.bellman.url, name);

beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-03-10T09:00:00Z' });
  const admin = user('admin');
  for (const [person, role] of [
    ['kate', 'incident-manager'],
    ['jerry', 'problem-manager'],
  ] as const)
    await admin.say(`/bellman role grant @${person} ${role}`);
  const ray = user('ray');
  await ray.submit(await ray.say('/incident new'), { title: 'VPN drops', impact: 'high' });
  await user('kate').submit(await user('kate').say('/incident major INC-1'), { owner: '@linda' });
  await user('linda').submit(await user('linda').say('/incident resolve INC-1'), { resolution: 'Certificate renewed' });
});
afterAll(() => house.stop());

test('a review is called, its timeline sent a day before, its actions chased, its minutes exported, and it is closed', async () => {
  const [linda, ray, jerry, neil] = [user('linda'), user('ray'), user('jerry'), user('neil')];
  expect(read(await neil.submit(await neil.say('/review schedule INC-1'), { when: 'in 3d', people: '@ray' }))).toContain(
    'Only those who take part',
  );
  await linda.reads('INC-1 is over: call its review');
  expect(read(await linda.say('/review schedule INC-9'))).toContain('INC-9');
  const calling = await linda.say('/review schedule INC-1');
  expect(JSON.stringify(await linda.submit(calling, { when: '2027-03-01 10:00', people: '@ray' }))).toContain('is past');
  expect(read(await linda.submit(calling, { when: 'in 3d', people: '@ray @jerry' }))).toContain('REV-1 is called');
  expect(await ray.reads('You are invited: incident review of INC-1 VPN drops')).toContain('in the order of time');
  await house.advance(2 * DAY + 60_000);
  const timeline = await jerry.reads('Timeline for the incident review of INC-1');
  expect(timeline).toContain('Certificate renewed');
  expect(timeline.indexOf('raised')).toBeLessThan(timeline.indexOf('declared major'));

  await jerry.submit(await jerry.say('/review action REV-1'), { action: 'Watch the certificate', owner: '@neil', due: 'in 2d' });
  expect(await neil.reads('To do: action 1 of REV-1')).toContain('Watch the certificate');
  await house.advance(2 * DAY + 60_000);
  await neil.reads('Still to do: action 1 of REV-1');
  await house.advance(DAY + 60_000);
  await eventually('a second reminder', async () => {
    const rows = await house.db.sql`select 1 from bellman.journal where record_id = 'REV-1' and type = 'review.action-chased'`;
    return rows.length === 2;
  });
  expect(read(await linda.say('/review decide REV-1 "nobody is to blame"'))).toContain('needs the role');
  expect(read(await jerry.say('/review decide REV-1 The supplier renews it from now on.'))).toContain('The supplier renews it');
  expect(read(await linda.say('/review close REV-1'))).toContain('it has no minutes');
  await linda.submit(await linda.say('/review minutes REV-1'), { minutes: 'It expired; nobody watched it.' });
  expect(read(await linda.say('/review close REV-1'))).toContain('not every action is done');
  expect(read(await neil.press('review.done', 'REV-1', '1'))).toContain('Done: action 1');
  await linda.reads('did action 1: Watch the certificate');

  for (const [format, words] of [
    ['md', '| 1 | Watch the certificate |'],
    ['html', '<td>Watch the certificate</td>'],
  ] as const) {
    const file = JSON.stringify(await linda.press('review.file', 'REV-1', format));
    const answer = await fetch(/http[^"]+\/exports\/[\w-]+/u.exec(file)?.[0] ?? '');
    const document = await answer.text();
    for (const part of [words, 'It expired; nobody watched it.', 'The supplier renews it', 'Certificate renewed'])
      expect(document).toContain(part);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  }
  expect(read(await linda.say('/review close REV-1'))).toContain('closed');
  expect(read(await ray.say('/review list closed'))).toContain('Review of INC-1: VPN drops');
  expect(read(await ray.say('/review show REV-1'))).toContain('0 open of 1');
}, 60_000);
