/** P6 and P7 by the users' door: several people analyse a problem, and read it back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
let jerry: ConsoleUser;
let ray: ConsoleUser;
let kate: ConsoleUser;
const shown = (said: Said) => wordsOf(said.message);

beforeAll(async () => {
  house = await startHouse({ environment: { BELLMAN_ADMINS: 'console:admin' } });
  const url = house.bellman.consoleUrl ?? '';
  const admin = consoleUser(url, 'admin');
  [jerry, ray, kate] = ['jerry', 'ray', 'kate'].map((name) => consoleUser(url, name)) as [ConsoleUser, ConsoleUser, ConsoleUser];
  await jerry.say('/bellman help');
  await ray.say('/bellman help');
  await admin.say('/bellman role grant @jerry problem-manager');
  await admin.say('/bellman group create network-team 2');
  await admin.say('/bellman group add network-team @ray');
  await kate.submit(await kate.say('/problem new'), { title: 'Card payments are refused on Mondays' });
});
afterAll(() => house.stop());

describe('the analysis of a problem', () => {
  test('is filled in from forms by several people, and holds what each of them wrote (P6)', async () => {
    const [forKate, forRay] = [await kate.say('/problem analyse PRB-1'), await ray.say('/problem analyze PRB-1')];
    await kate.submit(forKate, { 'what-is': 'Cards are refused', 'what-not': 'Cash works' });
    const both = shown(await ray.submit(forRay, { 'when-is': 'Mondays, 8:00 to 9:00' }));
    for (const words of ['Cards are refused', 'Cash works', 'Mondays, 8:00 to 9:00']) expect(both).toContain(words);
    const suspected = await ray.submit(await ray.say('/problem suspect PRB-1'), {
      cause: 'The weekly certificate job',
      test: 'Run it on a Tuesday',
      result: 'explains-it',
    });
    expect(shown(suspected)).toContain('The weekly certificate job explains it; test: Run it on a Tuesday');
    expect(shown(await kate.say('/problem cause PRB-1'))).toContain('nothing was changed');
    await jerry.submit(await jerry.say('/problem cause PRB-1'), { text: 'The job blocks the gateway' });
    expect(shown(await kate.say('/problem show PRB-1'))).toContain('The job blocks the gateway');
  });

  test('has a fishbone that is drawn with its words, whose branches groups look into (P7)', async () => {
    expect(shown(await kate.say('/problem branch PRB-1 nobody knows'))).toContain('the branch is missing');
    await kate.say('/problem branch PRB-1 People: nobody was told');
    await ray.say('/problem branch PRB-1 Tools: the job has no limit');
    expect(shown(await jerry.say('/problem branch PRB-1 Tools -> network-team'))).toContain('Tools (network-team)');
    await ray.reads('network-team looks into Tools, PRB-1');
    const drawn = await kate.say('/problem fishbone PRB-1');
    expect(JSON.stringify(drawn)).toContain('data:image/svg+xml');
    expect(shown(drawn)).toContain('People: nobody was told. Tools (network-team): the job has no limit.');
  });
});
