/** What people can say about how guarded places are. */
import { card, list, text } from '../chat/card.ts';
import { aClass } from '../chat/class-command.ts';
import { aDestination, command, privately } from '../chat/registry.ts';
import { ORG } from '../core/record.ts';
import { org } from './org.ts';

const set = command({
  name: 'bellman place class',
  help: 'Say how guarded a channel or another place is; what is above that is not said there.',
  args: { place: aDestination('the channel, person or address'), class: aClass },
  right: ['admin', 'security'],
  run: (c, { place, class: wanted }) =>
    c.change({
      record: ORG,
      part: org,
      command: { type: 'set-place-class', place, class: wanted },
      reply: () =>
        privately(
          card('Class of a place', [
            text({ place }, ' is ', { bold: wanted }, '. What is above that is not said there; what stands there already stays.'),
          ]),
        ),
    }),
});

const show = command({
  name: 'bellman place list',
  help: 'Show how guarded places are, by kind and where somebody said otherwise.',
  args: {},
  run: async (c) => {
    const said = Object.entries((await c.org()).placeClasses ?? {});
    return privately(
      card('Classes of places', [
        text(
          'Status page and press page are public; channels, groups, lists, webhooks and mail sensitive; direct messages and calls confidential.',
        ),
        ...(said.length === 0 ? [] : [list(...said.map(([place, of]) => [{ place }, ` is ${of}`]))]),
        text('To guard a private channel more: ', { code: '/bellman place class #channel private' }, '.'),
      ]),
    );
  },
});

export const placeCommands = [set, show];
