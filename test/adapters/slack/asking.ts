/** The adapter between the fake Slack and a dispatch that answers what the test says. */
import { afterEach, beforeEach } from 'vitest';
import { card, controls, text } from '../../../src/chat/card.ts';
import type { Intent, Reply } from '../../../src/chat/port.ts';
import { refusalCard } from '../../../src/chat/refusals/index.ts';
import { privately } from '../../../src/chat/registry.ts';
import { refuse } from '../../../src/core/refusal.ts';
import { type SlackSetup, slackSetup, type Way } from './setup.ts';

export const said = (words = 'heard') => privately(card('Answer', [text(words)]));
export const buttons = privately(
  card('With buttons', [text('press'), controls({ label: 'Go', action: 'a.b', record: 'RFC-1', value: '2' })]),
);
export const form: Reply = {
  kind: 'form',
  form: {
    doing: 'rfc new',
    input: {},
    title: 'New RFC',
    submit: 'Send',
    sections: [{ title: '', fields: [{ name: 'title', label: 'Title', kind: 'line', optional: false }] }],
  },
};
export const away: Reply = { kind: 'card', card: refusalCard(refuse('records-away')), to: 'private', away: true };

interface Asking {
  setup: SlackSetup;
  /** What the dispatch was asked, in order. */
  intents: Intent[];
  /** What the dispatch answers. */
  answer: (intent: Intent) => Promise<Reply>;
  start(way?: Way): Promise<void>;
}

/** A workspace for each test of the file; `start` begins it. */
export function asking(): Asking {
  const asked: Omit<Asking, 'setup'> & { setup?: SlackSetup } = {
    intents: [],
    answer: async () => said(),
    start: async (way = 'http') => {
      const setup = await slackSetup(way, { names: async () => (person) => ({ name: person }) });
      asked.setup = setup;
      await setup.platform.start((intent) => {
        asked.intents.push(intent);
        return asked.answer(intent);
      });
    },
  };
  beforeEach(() => {
    asked.intents = [];
    asked.answer = async () => said();
  });
  afterEach(async () => {
    await asked.setup?.platform.stop();
    await asked.setup?.stop();
  });
  // Tests read the setup only after they have started it.
  return asked as Asking;
}
