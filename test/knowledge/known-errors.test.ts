import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, wordsOf } from '../support/console.ts';

let house: House;
let admin: ConsoleUser;
let jerry: ConsoleUser;

beforeAll(async () => {
  house = await startHouse({ environment: { BELLMAN_ADMINS: 'console:admin' } });
  const url = house.bellman.consoleUrl ?? '';
  admin = consoleUser(url, 'admin');
  jerry = consoleUser(url, 'jerry');
  await jerry.say('/bellman whoami');
  await admin.say('/bellman role grant @jerry problem-manager');
  await jerry.submit(await jerry.say('/problem new'), { title: 'Refused connections at the card gateway' });
});
afterAll(() => house.stop());

const shown = (said: unknown) => wordsOf((said as { message?: unknown }).message);

describe('a known error', () => {
  test('is recorded for a problem, found by what it looks like, shown, written anew, and retired', async () => {
    const recorded = await jerry.submit(await jerry.say('/ker new PRB-1'), {
      symptom: 'Terminals show error 91 and refuse cards.',
      workaround: 'Route by the second gateway.',
    });
    expect(shown(recorded)).toContain('Refused connections at the card gateway');

    const found = await eventually('the search finds it', async () => {
      const words = shown(await admin.say('/ker search cards are refused with error 91 on terminals'));
      return words.includes('KER-1') && words;
    });
    expect(found).toContain('Route by the second gateway.');
    expect(shown(await admin.say('/ker show KER-1'))).toContain('Terminals show error 91');
    expect(shown(await admin.say('/ker list'))).toContain('KER-1');
    expect(shown(await jerry.say('/problem show PRB-1'))).toContain('KER-1');

    await jerry.submit(await jerry.say('/ker edit KER-1'), { symptom: 'Error 91.', workaround: 'Route by the third gateway.' });
    expect(shown(await admin.say('/ker show KER-1'))).toContain('third gateway');

    await jerry.submit(await jerry.say('/ker retire KER-1'), { reason: 'The gateway was replaced.' });
    expect(shown(await admin.say('/ker search error 91 on terminals'))).not.toContain('KER-1');
    expect(shown(await admin.say('/ker history KER-1'))).toContain('The gateway was replaced.');
    expect(shown(await jerry.say('/ker edit KER-1'))).toContain('was retired');
  });

  test('is kept only by those who keep known errors', async () => {
    expect(shown(await admin.say('/ker new PRB-1'))).toContain('problem-manager');
  });

  test('belongs to a problem that exists', async () => {
    expect(shown(await jerry.say('/ker new PRB-999'))).toContain('PRB-999');
  });
});
