/** `help` with everything that Bellman knows: each card fits one message on every platform, and names every command. */
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/chat/card.ts';
import { helpCard } from '../../src/chat/help.ts';
import { connect } from '../../src/db/database.ts';
import { peopleStore } from '../../src/people/index.ts';
import { everything } from '../../src/rooms.ts';
import { wordsOf } from '../support/console.ts';

// Nothing is connected: the registry only needs to be declared.
const { commands, roots } = everything(peopleStore(connect('postgres://127.0.0.1:1/none')), { dataDir: '.bellman' });
/** Room for the title and for what a platform adds. */
const MOST = LIMITS.card - 200;

const wordsAfter = (root: string) => [
  ...new Set(commands.map(({ name }) => name.split(' ')).flatMap(([first, second = '']) => (first === root ? [second] : []))),
];
const pages = (root: string) =>
  ['', ...wordsAfter(root)].map((about) => ({ about, words: wordsOf(helpCard(root, commands, about)) }));

describe.each(roots)('/%s help', (root) => {
  test('fits one message, whatever it is asked about', () => {
    for (const { about, words } of pages(root)) expect(words.length, `/${root} help ${about}`).toBeLessThan(MOST);
  });

  test('names every command, if not how it is written then the word to ask about', () => {
    const [all] = pages(root);
    for (const word of wordsAfter(root)) expect(all?.words).toContain(`/${root} ${word}`);
  });

  test('tells of each word how it is written', () => {
    for (const { name } of commands.filter((one) => one.name.startsWith(`${root} `))) {
      expect(wordsOf(helpCard(root, commands, name.split(' ')[1]))).toContain(`/${name}`);
    }
  });
});

test('about a word that does not exist there is no help', () => {
  expect(helpCard('comms', commands, 'fly')).toBeUndefined();
});
