/** What people can say about audiences: what a new plan's lines start with. */
import { type Block, text } from '../chat/card.ts';
import { refusalWords } from '../chat/refusals/index.ts';
import {
  aDestination,
  aPerson,
  aSpan,
  aWord,
  type Conversation,
  command,
  perhaps,
  privately,
  somePeople,
} from '../chat/registry.ts';
import { holdersOf, ORG } from '../core/record.ts';
import { type AudienceCommand, audienceKey } from './audiences.ts';
import { audienceCard, audiencesCard } from './cards.ts';
import { org } from './org.ts';

const change = async (c: Conversation, wanted: AudienceCommand, more: readonly Block[] = []) => {
  const communications = holdersOf(await c.org(), 'communications');
  return c.change({
    record: ORG,
    part: org,
    command: wanted,
    reply: ({ view }) => {
      const shown = audienceCard(view.state(org).audiences[wanted.audience], wanted.audience, communications);
      return privately({ ...shown, blocks: [...shown.blocks, ...more] });
    },
  });
};

const rights = ['admin', 'communications'] as const;
const audience = aWord('the audience, for example customers');

const set = command({
  name: 'bellman audience set',
  help: 'Say where an audience is told: a channel, a person or an e-mail address.',
  args: { audience, destination: aDestination('the channel, person or e-mail address') },
  right: rights,
  run: async (c, values) => {
    // A channel or person that is closed was refused; an address of unconnected e-mail is kept, and said to be waiting.
    const closed = await c.checkPlace(values.destination);
    const wanted = { type: 'set-places', audience: audienceKey(values.audience), places: [values.destination] } as const;
    return change(c, wanted, closed ? [text(...refusalWords(closed), ' Until then nothing reaches it.')] : []);
  },
});

const releasers = command({
  name: 'bellman audience releasers',
  help: 'Say who may release updates to an audience.',
  args: { audience, people: somePeople('those who may release') },
  right: rights,
  run: (c, values) => change(c, { type: 'set-releasers', audience: audienceKey(values.audience), people: values.people }),
});

const author = command({
  name: 'bellman audience author',
  help: 'Say who writes the updates to an audience.',
  args: { audience, person: aPerson('who writes') },
  right: rights,
  run: (c, values) => change(c, { type: 'set-author', audience: audienceKey(values.audience), person: values.person }),
});

const cadence = command({
  name: 'bellman audience cadence',
  help: 'Say how often an audience gets an update.',
  args: { audience, cadence: aSpan('the time between two updates, for example 30m') },
  right: rights,
  run: (c, values) => change(c, { type: 'set-cadence', audience: audienceKey(values.audience), cadence: values.cadence }),
});

const show = command({
  name: 'bellman audience show',
  help: 'Show where audiences are told, by whom and how often.',
  args: { audience: perhaps(audience) },
  run: async (c, values) => {
    const state = await c.org();
    if (values.audience === undefined) return privately(audiencesCard(state));
    const key = audienceKey(values.audience);
    return privately(audienceCard(state.audiences[key], key, holdersOf(state, 'communications')));
  },
});

export const audienceCommands = [set, releasers, author, cadence, show];
