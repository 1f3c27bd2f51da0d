/** What people can say about audiences: what a new plan's lines start with. */
import { type Block, text } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { choice, line, maybe } from '../chat/form.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import {
  aDestination,
  anAudience,
  aPerson,
  type Conversation,
  command,
  perhaps,
  privately,
  somePeople,
  theRest,
} from '../chat/registry.ts';
import { type Audience, CLASSES, holdersOf, ORG, type Org } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { audienceCard, audiencesCard } from './audience-cards.ts';
import { type AudienceCommand, audiencesOf } from './audiences.ts';
import { org } from './org.ts';

/** Changes an audience, and shows it as it is then. */
export const change = async (c: Conversation, wanted: AudienceCommand, more: readonly Block[] = []) => {
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

/** Who may arrange audiences. */
export const rights = ['admin', 'communications'] as const;
/** An audience, as commands name it. */
export const audience = anAudience('the audience, for example customers');

const set = command({
  name: 'bellman audience set',
  help: 'Say where an audience is told: a channel, a person or an e-mail address.',
  args: { audience, destination: aDestination('the channel, person or e-mail address') },
  right: rights,
  run: async (c, values) => {
    // A channel or person that is closed was refused; an address of unconnected e-mail is kept, and said to be waiting.
    const closed = await c.checkPlace(values.destination);
    const wanted = { type: 'set-places', audience: values.audience, places: [values.destination] } as const;
    return change(c, wanted, closed ? [text(...refusalWords(closed), ' Until then nothing reaches it.')] : []);
  },
});

const releasers = command({
  name: 'bellman audience releasers',
  help: 'Say who may release updates to an audience.',
  args: { audience, people: somePeople('those who may release') },
  right: rights,
  run: (c, values) => change(c, { type: 'set-releasers', audience: values.audience, people: values.people }),
});

const author = command({
  name: 'bellman audience author',
  help: 'Say who writes the updates to an audience.',
  args: { audience, person: aPerson('who writes') },
  right: rights,
  run: (c, values) => change(c, { type: 'set-author', audience: values.audience, person: values.person }),
});

const unquoted = (said: string): string => said.replace(/^"(.*)"$/u, '$1');

const add = command({
  name: 'bellman audience add',
  help: 'Add an audience of your own, or bring back a retired one: a short key, then its name in words.',
  args: { audience: anAudience('its key, for example field-engineers'), label: theRest('its name in words') },
  right: rights,
  run: (c, values) => change(c, { type: 'add-audience', audience: values.audience, label: unquoted(values.label) }),
});

const rename = command({
  name: 'bellman audience rename',
  help: 'Give an audience another name in words; its key stays.',
  args: { audience, label: theRest('its name in words') },
  right: rights,
  run: (c, values) => change(c, { type: 'arrange-audience', audience: values.audience, label: unquoted(values.label) }),
});

const retire = command({
  name: 'bellman audience retire',
  help: 'Leave an audience of your own out of new plans; what it was told stays on record.',
  args: { audience },
  right: rights,
  run: (c, values) => change(c, { type: 'retire-audience', audience: values.audience }),
});

/** How urgent updates are, in words: smaller goes first. */
const URGENCIES = { 'before all others': 0, early: 2, ordinary: 5, late: 8 } as const;
type UrgencyWord = keyof typeof URGENCIES;
const URGENCY_WORDS = Object.keys(URGENCIES) as readonly UrgencyWord[];

/** The word that is nearest to a figure. */
const urgencyWord = (urgency: number): UrgencyWord =>
  URGENCY_WORDS.reduce((near, word) => (Math.abs(URGENCIES[word] - urgency) < Math.abs(URGENCIES[near] - urgency) ? word : near));

/** What a form that was opened with these words gives back: undefined where the word was not changed. */
const urgencySaid = (word: UrgencyWord | undefined, known: Partial<Audience>): number | undefined =>
  word === undefined || (known.urgency !== undefined && urgencyWord(known.urgency) === word) ? undefined : URGENCIES[word];

/** At which field a refusal is told. */
const WRONG_FIELD: Readonly<Record<string, string>> = {
  'wrong-label': 'label',
  'wrong-zone': 'zone',
  'wrong-language': 'language',
};

const settings = command({
  name: 'bellman audience settings',
  help: 'Change the name, class, urgency, time zone and language of an audience.',
  args: { audience },
  right: rights,
  form: {
    title: 'Audience',
    submit: 'Save',
    fields: {
      label: maybe(line('Name')),
      class: maybe(choice('Class', CLASSES, { hint: 'How guarded what it may be told is' })),
      urgency: maybe(choice('Urgency', URGENCY_WORDS, { hint: 'Whose updates go first when many wait' })),
      zone: maybe(line('Time zone', { hint: 'Europe/Berlin' })),
      language: maybe(line('Language', { hint: 'de, en-GB' })),
    },
    initial: async (c, values) => {
      const state = await c.org();
      if (!audiencesOf(state).includes(values.audience)) return unknown(values.audience, state);
      const known: Partial<Audience> = state.audiences[values.audience] ?? {};
      return {
        ...(known.label === undefined ? {} : { label: known.label }),
        ...(known.class === undefined ? {} : { class: known.class }),
        ...(known.urgency === undefined ? {} : { urgency: urgencyWord(known.urgency) }),
        ...(known.zone === undefined ? {} : { zone: known.zone }),
        ...(known.language === undefined ? {} : { language: known.language }),
      };
    },
  },
  run: async (c, values, { urgency, ...answers }) => {
    const known: Partial<Audience> = (await c.org()).audiences[values.audience] ?? {};
    const wanted: AudienceCommand = {
      type: 'arrange-audience',
      audience: values.audience,
      ...answers,
      urgency: urgencySaid(urgency, known),
    };
    const wrong = await foreseen(c, ORG, org, wanted);
    const field = wrong && WRONG_FIELD[wrong.refused];
    if (wrong && field) return { kind: 'mend', fields: { [field]: plainWords(refusalWords(wrong)) } };
    return change(c, wanted);
  },
});

const unknown = (audience: string, state: Org) => refuse('unknown-audience', { audience, audiences: [...audiencesOf(state)] });

const show = command({
  name: 'bellman audience show',
  help: 'Show where audiences are told, by whom and how often.',
  args: { audience: perhaps(audience) },
  run: async (c, values) => {
    const state = await c.org();
    if (values.audience === undefined) return privately(audiencesCard(state));
    const key = values.audience;
    if (!audiencesOf(state).includes(key) && !state.audiences[key]) return c.refused(unknown(key, state));
    return privately(audienceCard(state.audiences[key], key, holdersOf(state, 'communications')));
  },
});

export const audienceCommands = [add, rename, retire, settings, set, releasers, author, show];
