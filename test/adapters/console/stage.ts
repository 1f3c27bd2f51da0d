/** The console as the contract suite plays on it: two browsers, each with its own stream of events, over HTTP. */

import type { MessageView } from '../../../adapters/console/content.ts';
import type { Answer } from '../../../adapters/console/talk.ts';
import type { InlineView } from '../../../adapters/console/view.ts';
import type { Form } from '../../../src/chat/form.ts';
import type { Filled, Player, Seen, SeenForm, Stage, Where } from '../../contract/stage.ts';
import { type Listener, listen } from './listen.ts';
import type { Page } from './served.ts';

const PATIENCE = 5000;

const plain = (piece: InlineView): string => {
  if (typeof piece === 'string') return piece;
  if ('bold' in piece) return piece.bold;
  if ('code' in piece) return piece.code;
  if ('person' in piece) return `@${piece.person}`;
  if ('time' in piece) return new Date(piece.time).toISOString();
  return piece.label;
};

/** Everything of a message that the page shows as words, and every piece of it. */
function pieces({ content }: MessageView): readonly InlineView[] {
  if (content.kind === 'text') return [content.text];
  if (content.kind === 'form') return [content.form.title];
  if (content.kind === 'pointer') return ['Answered elsewhere'];
  const blocks = content.card.blocks.flatMap((block): readonly InlineView[] => {
    if (block.kind === 'text') return ['\n', ...block.text];
    if (block.kind === 'facts') return block.facts.flatMap(({ label, value }) => [`\n${label}: `, ...value]);
    if (block.kind === 'list') return block.items.flatMap((item) => ['\n', ...item]);
    return [];
  });
  return [content.card.title, ...blocks];
}

const controlsOf = ({ content }: MessageView) =>
  content.kind === 'card' ? content.card.blocks.flatMap((block) => (block.kind === 'controls' ? block.controls : [])) : [];

const picturesOf = ({ content }: MessageView) =>
  content.kind === 'card' ? content.card.blocks.flatMap((block) => (block.kind === 'image' ? [block.alternative] : [])) : [];

/** A message as its reader sees it. */
export const seen = (message: MessageView): Seen => {
  const all = pieces(message);
  return {
    text: all.map(plain).join(''),
    buttons: controlsOf(message).map(({ label }) => label),
    mentions: all.flatMap((piece) => (typeof piece === 'object' && 'person' in piece ? [piece.person] : [])),
    links: all.flatMap((piece) => (typeof piece === 'object' && 'link' in piece ? [piece.link] : [])),
    pictures: picturesOf(message),
    id: message.id,
  };
};

export interface ConsoleStage extends Stage {
  readonly close: () => void;
}

/** Puts both players before their browsers, in this channel. */
export async function consoleStage(page: Page, players: readonly Player[], channel: string): Promise<ConsoleStage> {
  const browsers = new Map<string, Listener>();
  const dialogs = new Map<string, { readonly form: Form; readonly key: string; readonly where: object }>();
  const here = { channel };
  let again: () => Promise<Answer> = () => Promise.reject(new Error('Nothing was asked yet'));
  let count = 0;
  for (const { handle } of players) browsers.set(handle, await listen(page, handle));

  /** What the player's page holds: the newest version of each message that was not removed. */
  function messages({ handle }: Player): readonly MessageView[] {
    const known = new Map<string, MessageView>();
    for (const { event, data } of browsers.get(handle)?.heard ?? []) {
      // The console sends these events with these contents.
      if (event === 'message') known.set((data as MessageView).id, data as MessageView);
      if (event === 'removed') known.delete((data as MessageView).id);
    }
    return [...known.values()];
  }

  async function ask(path: string, player: Player, body: Readonly<Record<string, unknown>>, key: string): Promise<Answer> {
    again = async () => {
      const response = await page.post(`/console/${path}`, { as: player.handle, ...body, key });
      return (await response.json()) as Answer;
    };
    const answer = await again();
    if (answer.kind === 'form') {
      count += 1;
      dialogs.set(player.handle, { form: answer.form, key: `form${count}`, where: here });
    }
    return answer;
  }

  const newKey = () => {
    count += 1;
    return `key${count}`;
  };
  const where = (message: MessageView): Where =>
    message.private ? 'private' : message.place.startsWith('console/person/') ? 'direct' : 'channel';
  // A command that its sayer alone sees is the sayer's own words, not an answer.
  const all = (player: Player, at: Where) =>
    messages(player)
      .filter((message) => where(message) === at && !(message.private && message.author !== undefined))
      .map(seen);

  return {
    say: async (player, words, at = 'channel') => {
      await ask('say', player, { ...(at === 'direct' ? { direct: true } : here), text: `/${words}` }, newKey());
    },
    mention: async (player, words) => {
      await ask('say', player, { ...here, text: `@bellman ${words}` }, newKey());
    },
    repeat: async () => {
      await again();
    },
    press: async (player, { id }, label) => {
      const message = messages(player).find((one) => one.id === id);
      const control = message && controlsOf(message).find((one) => one.label === label);
      if (!control) throw new Error(`${player.handle} sees no button ${label}`);
      const { action, record, value } = control;
      await ask('press', player, { ...here, message: id, action, record, value }, newKey());
    },
    all,
    sees: async (player, at, reading) => {
      const end = Date.now() + PATIENCE;
      for (;;) {
        const found = all(player, at).findLast(({ text }) =>
          typeof reading === 'string' ? text.includes(reading) : reading.test(text),
        );
        if (found) return found;
        if (Date.now() > end) throw new Error(`${player.handle} does not see ${reading}, but ${JSON.stringify(all(player, at))}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    form: async ({ handle }): Promise<SeenForm> => {
      const dialog = dialogs.get(handle);
      if (!dialog) throw new Error(`No dialog is in front of ${handle}`);
      return {
        title: dialog.form.title,
        fields: dialog.form.sections.flatMap(({ fields }) =>
          fields.map(({ label, optional, kind, initial = '', choices }) => ({
            label,
            optional,
            value:
              kind === 'people' || kind === 'person'
                ? initial.split(',').filter((one) => one !== '')
                : (choices?.find(({ value }) => value === initial)?.label ?? initial),
          })),
        ),
      };
    },
    hasForm: ({ handle }) => dialogs.has(handle),
    submit: async (player, filled) => {
      const dialog = dialogs.get(player.handle);
      if (!dialog) throw new Error(`No dialog is in front of ${player.handle}`);
      const fields = dialog.form.sections.flatMap((section) => section.fields);
      const answers = Object.fromEntries(
        fields.map(({ name, label, choices, initial = '' }) => [name, answerOf(filled[label] ?? initial, choices ?? [])]),
      );
      const { doing, input, draft, step } = dialog.form;
      const answer = await ask('submit', player, { ...here, doing, input, draft, step, answers }, dialog.key);
      if (answer.kind === 'mend')
        return {
          mend: Object.fromEntries(
            Object.entries(answer.fields).map(([name, words]) => [
              fields.find((field) => field.name === name)?.label ?? name,
              words,
            ]),
          ),
        };
      if (answer.kind !== 'form') dialogs.delete(player.handle);
      return { mend: {} };
    },
    close: () => {
      for (const browser of browsers.values()) browser.close();
    },
  };
}

function answerOf(answer: Filled[string], choices: readonly { readonly value: string; readonly label: string }[]): string {
  if (typeof answer === 'string') return choices.find(({ label }) => label === answer)?.value ?? answer;
  return (Array.isArray(answer) ? answer : [answer]).map(({ handle }: Player) => handle).join(',');
}
