/** An exercise by the door that people use: begun, written, released and ended in the one channel where it may be seen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, startHouse } from '../support/bellman.ts';
import { consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
const as = (who: string) => consoleUser(house.bellman.url, who);
const says = async (who: string, line: string, answers: Record<string, string> = {}): Promise<Said> => {
  const said = await as(who).say(line);
  return said.kind === 'form' ? as(who).submit(said, answers) : said;
};
/** What stands at a place of the console, as text; the newest last. */
async function standing(place: string): Promise<readonly { readonly words: string; readonly content: unknown }[]> {
  const state = (await (await fetch(`${house.bellman.url}/console/state?as=admin`)).json()) as {
    messages: { place: string; author?: string; content: unknown }[];
  };
  return state.messages.filter((message) => message.place === place).map(({ content }) => ({ words: wordsOf(content), content }));
}

beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  for (const line of [
    '/bellman role grant @jamie communications',
    '/bellman role grant @jerry problem-manager',
    '/bellman audience set all-staff #staff',
    '/bellman audience set senior-management @janet',
  ])
    await as('admin').say(line);
  await says('ray', '/problem new', { title: 'Fire drill' });
});
afterAll(() => house.stop());

test('an exercise runs where exercises may be seen, by its buttons there, and nowhere else', async () => {
  expect(wordsOf(await says('jamie', '/comms exercise PRB-1'))).toContain('/bellman exercise places');
  await says('admin', '/bellman exercise places #ecab');
  expect(wordsOf(await says('jamie', '/comms exercise PRB-1'))).toContain('The exercise runs');
  await as('jamie').reads(/EXERCISE: Communication plan of PRB-1/u);

  await house.advance(16 * 60_000);
  await as('jamie').reads(/EXERCISE: Text wanted: All staff/u);
  const form = await as('jamie').press('comms.write', 'PRB-1', 'all-staff');
  await as('jamie').submit(form, { text: 'Leave the building.' });
  await as('jamie').reads(/EXERCISE: To release: All staff/u);
  const draft = (await standing('console/channel/ecab')).findLast(({ words }) => words.includes('To release: All staff'));
  const value = /"value":"([^"]+)","action":"comms.release"/u.exec(JSON.stringify(draft?.content))?.[1];
  await as('jamie').press('comms.release', 'PRB-1', value);
  await house.advance(15_000);
  await as('jamie').reads(/EXERCISE: Update 1: Fire drill/u);

  expect(wordsOf(await says('jamie', '/comms exercise PRB-1'))).toContain('The exercise is over');
  await as('jamie').reads('This exercise is over.');
  await house.advance(5 * 3_600_000);
  for (const place of ['console/channel/staff', 'console/person/janet', 'console/person/jamie', 'console/person/jerry']) {
    expect(
      (await standing(place)).filter(({ words }) => words.includes('Leave the building') || words.includes('EXERCISE')),
    ).toEqual([]);
  }
  const bare = (await standing('console/channel/ecab')).filter(({ words }) => !words.includes('EXERCISE'));
  expect(bare).toEqual([]);
}, 30_000);
