import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
let admin: ConsoleUser;
let jerry: ConsoleUser;
let kate: ConsoleUser;
const shown = (said: Said) => wordsOf(said.message);
/** What the button of this name on a shown card carries. */
const pressed = (said: Said, label: string): { action: string; record: string; value: string } => {
  const all: { label: string; action: string; record: string; value?: string }[] = [];
  const look = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    if ('label' in one && 'action' in one) all.push(one as (typeof all)[number]);
    for (const inner of Object.values(one)) look(inner);
  };
  look(said);
  const found = all.find((one) => one.label.startsWith(label));
  if (!found) throw new Error(`There is no button ${label}`);
  return { ...found, value: found.value ?? '' };
};

beforeAll(async () => {
  house = await startHouse({ environment: { BELLMAN_ADMINS: 'console:admin' } });
  const url = house.bellman.consoleUrl ?? '';
  [admin, jerry, kate] = ['admin', 'jerry', 'kate'].map((name) => consoleUser(url, name)) as [
    ConsoleUser,
    ConsoleUser,
    ConsoleUser,
  ];
  await jerry.say('/bellman help');
  await admin.say('/bellman role grant @jerry problem-manager');
  await jerry.submit(await jerry.say('/problem new'), {
    title: 'Card payments are refused',
    details: 'Error 91 at the terminals',
  });
  await jerry.submit(await jerry.say('/problem workaround PRB-1'), { workaround: 'Use the second gateway.' });
});
afterAll(() => house.stop());

const again = async (who: ConsoleUser, root: 'incident' | 'problem') =>
  who.submit(await who.say(`/${root} new`), { title: 'Payments by card refused', details: 'Terminals show error 91' });

describe('what is known', () => {
  test('is shown with what helps before an incident is raised; said to be that, the incident belongs to it and counts', async () => {
    const asked = await eventually('it is asked', async () => {
      const said = await again(kate, 'incident');
      return shown(said).includes('Is it one of these?') && said;
    });
    expect(shown(asked)).toContain('Use the second gateway.');
    expect(shown(asked)).toContain('Nothing is raised yet.');
    const one = pressed(asked, 'It is this one');
    await kate.press(one.action, one.record, one.value);
    await kate.reads('INC-1 is raised');
    await eventually('the problem counts it', async () => shown(await jerry.say('/problem show PRB-1')).includes('INC-1'));
    expect(shown(await kate.say('/incident show INC-1'))).toContain('PRB-1');
  });

  test('is raised all the same when it is none of them', async () => {
    const none = pressed(await again(kate, 'incident'), 'None of them');
    await kate.press(none.action, none.record, none.value);
    await kate.reads('INC-2 is raised');
  });

  test('is counted on the problem instead of raising another one', async () => {
    const one = pressed(await again(kate, 'problem'), 'It is this one');
    expect(shown(await kate.press(one.action, one.record, one.value))).toContain('Incidents');
    await jerry.reads('PRB-1 was met again');
    expect(shown(await kate.say('/problem list'))).not.toContain('PRB-2');
  });

  test('waits for nobody else: what one wrote is not raised by another', async () => {
    const none = pressed(await again(kate, 'incident'), 'None of them');
    expect(shown(await jerry.press(none.action, none.record, none.value))).toMatch(/hour|again|gone/iu);
  });

  test('does not ask about what is like nothing', async () => {
    await kate.submit(await kate.say('/incident new'), { title: 'The canteen has no soup' });
    await kate.reads('The canteen has no soup');
  });

  test('keeps a workaround from nobody who met it: whoever raised an incident of it hears at once', async () => {
    await jerry.submit(await jerry.say('/problem workaround PRB-1'), { workaround: 'Use the third gateway.' });
    await kate.reads('INC-1: this helps meanwhile');
  });
});
