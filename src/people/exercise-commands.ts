/** What people can say about where exercises are told. */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import { command, perhaps, privately, someDestinations } from '../chat/registry.ts';
import { ORG } from '../core/record.ts';
import { org } from './org.ts';

const placesCard = (places: readonly string[]): Card =>
  card('Places of exercises', [
    ...(places.length > 0
      ? [text('Exercises are told here, and nowhere else:'), list(...places.map((place): Words => [{ place }]))]
      : [text('None yet, so an exercise reaches nobody. Name them: ', { code: '/bellman exercise places #channel @x' }, '.')]),
  ]);

export const exercisePlaces = command({
  name: 'bellman exercise places',
  help: 'Say where exercises are told, in place of everywhere else; without places it shows them.',
  args: { places: perhaps(someDestinations('the channels, persons and addresses')) },
  right: ['admin', 'communications'],
  run: async (c, { places }) => {
    if (places === undefined) return privately(placesCard((await c.org()).exercisePlaces ?? []));
    return c.change({
      record: ORG,
      part: org,
      command: { type: 'set-exercise-places', places },
      reply: ({ view }) => privately(placesCard(view.state(org).exercisePlaces ?? [])),
    });
  },
});
