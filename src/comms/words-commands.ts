/** What people can say about words that do not belong outside: `/bellman words add|remove|list`. */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import { newest } from '../chat/history-card.ts';
import { aWord, command, oneOf, perhaps, privately } from '../chat/registry.ts';
import { ORG, type WatchedWord } from '../core/record.ts';
import { org } from '../people/index.ts';
import { done } from './showing.ts';

const right = ['admin', 'communications'] as const;
const how = perhaps(oneOf('warning, or forbidden: then nothing with it can be released', 'warning', 'forbidden'));
const word = aWord('the word; several in quotes');

const add = command({
  name: 'bellman words add',
  help: 'Add a word that does not belong outside; a forbidden one stops the release.',
  args: { word, how },
  right,
  run: (c, values) => {
    const forbidden = values.how === 'forbidden';
    return c.change({
      record: ORG,
      part: org,
      command: { type: 'add-word', word: values.word, forbidden },
      reply: ({ events }) =>
        events.length === 0
          ? done('As it was', { bold: values.word }, ' stands in the list like this already.')
          : done(
              'Added',
              { bold: values.word },
              forbidden
                ? ' is forbidden now: an update with it cannot be released.'
                : ' is looked for in every text now; whoever releases it is told.',
            ),
    });
  },
});

const remove = command({
  name: 'bellman words remove',
  help: 'Take a word from the list of those that do not belong outside.',
  args: { word },
  right,
  run: (c, values) =>
    c.change({
      record: ORG,
      part: org,
      command: { type: 'remove-word', word: values.word },
      reply: () => done('Removed', { bold: values.word }, ' is no longer looked for.'),
    }),
});

/** The newest, as many as a card holds. */
function wordsCard(words: readonly WatchedWord[]): Card {
  if (words.length === 0)
    return card('Words', [text('No word is looked for. Add one: ', { code: '/bellman words add db-prod-3' })]);
  const { rows, before } = newest(words, (one): Words => [{ bold: one.word }, one.forbidden ? ', forbidden' : ', warning']);
  return card('Words that do not belong outside', [
    list(...rows),
    ...(before > 0 ? [text(`${before} more were added before these.`)] : []),
  ]);
}

const show = command({
  name: 'bellman words list',
  help: 'Show the words that do not belong outside.',
  args: {},
  run: async (c) => privately(wordsCard((await c.org()).words ?? [])),
});

export const wordDoings = [add, remove, show];
