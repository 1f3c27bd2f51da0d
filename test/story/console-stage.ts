/** The story's stage on the console: what a browser sends and hears, over HTTP. */
import type { MessageView } from '../../adapters/console/content.ts';
import type { Answer } from '../../adapters/console/talk.ts';
import type { Field, Form } from '../../src/chat/form.ts';
import { type Listener, listen } from '../adapters/console/listen.ts';
import { seen } from '../adapters/console/stage.ts';
import { CHANNELS, type Filled, PEOPLE, type Seen, type Stage, type Where, withTimes } from './stage.ts';

export interface ConsoleStage extends Stage {
  /** Closes all pages. */
  readonly close: () => void;
}

interface Dialog {
  readonly form: Form;
  readonly key: string;
  readonly at: object;
}

interface State {
  readonly messages: readonly MessageView[];
  readonly channels: readonly string[];
}

/** Opens the page for everybody of the bank; channels that the story needs and the console lacks are added. */
export async function consoleStage(url: string): Promise<ConsoleStage> {
  const pages = new Map<string, { readonly heard: Listener; readonly before: readonly MessageView[] }>();
  const dialogs = new Map<string, Dialog>();
  let count = 0;

  const post = async (path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${url}/console/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The console answered ${response.status} to ${path}: ${await response.text()}`);
    // The console's own answers have this shape.
    return (await response.json()) as Answer;
  };
  const state = async (who: string) => (await (await fetch(`${url}/console/state?as=${who}`)).json()) as State;
  const { channels } = await state('admin');
  for (const name of CHANNELS.filter((wanted) => !channels.includes(wanted))) await post('channels', { name });
  for (const { handle } of PEOPLE)
    pages.set(handle, { heard: await listen({ url }, handle), before: (await state(handle)).messages });

  /** What somebody's page holds: the newest version of each message that was not removed. */
  function messages(who: string): readonly MessageView[] {
    const page = pages.get(who);
    const known = new Map(page?.before.map((message) => [message.id, message]));
    for (const { event, data } of page?.heard.heard ?? []) {
      // The console sends these events with these contents.
      if (event === 'message') known.set((data as MessageView).id, data as MessageView);
      if (event === 'removed') known.delete((data as MessageView).id);
    }
    return [...known.values()];
  }

  async function ask(path: string, who: string, at: object, body: object): Promise<void> {
    count += 1;
    const answer = await post(path, { as: who, ...at, ...body, key: `key${count}` });
    if (answer.kind === 'form') dialogs.set(who, { form: answer.form, key: `form${count}`, at });
  }

  const dialogOf = (who: string): Dialog => {
    const dialog = dialogs.get(who);
    if (!dialog) throw new Error(`There is no dialog in front of ${who}`);
    return dialog;
  };
  const fieldsIn = ({ form }: Dialog): readonly Field[] => form.sections.flatMap(({ fields }) => fields);
  const isDirect = ({ place }: MessageView) => place.startsWith('console/person/');
  const fits = (message: MessageView, where: Where): boolean => {
    const own = message.author !== undefined;
    if (where === 'direct') return isDirect(message) && !own;
    if (where === 'answer') return (message.private || isDirect(message)) && !own;
    return message.place === `console/channel/${where.slice(1)}` && !message.private;
  };
  const read = (message: MessageView): Seen => {
    const { text, buttons, mentions, id } = seen(message);
    return { text: withTimes(text), buttons, calls: mentions, id };
  };

  return {
    platform: 'console',
    say: (who, where, words) => ask('say', who, { channel: where.slice(1) }, { text: words }),
    press: async (who, { id }, label) => {
      const content = messages(who).find((message) => message.id === id)?.content;
      const blocks = content?.kind === 'card' ? content.card.blocks : [];
      const control = blocks
        .flatMap((block) => (block.kind === 'controls' ? block.controls : []))
        .find((one) => one.label === label);
      if (!control) throw new Error(`${who} has no button ${label} there`);
      const { action, record, value } = control;
      await ask('press', who, { direct: true }, { message: id, action, record, value });
    },
    dialog: async (who) => {
      const dialog = dialogOf(who);
      const shown = ({ choices, initial = '' }: Field) => choices?.find(({ value }) => value === initial)?.label ?? initial;
      return {
        title: dialog.form.title,
        fields: Object.fromEntries(fieldsIn(dialog).map((field) => [field.label, shown(field)])),
      };
    },
    fill: async (who, filled) => {
      const dialog = dialogOf(who);
      const fields = fieldsIn(dialog);
      const { doing, input, draft, step } = dialog.form;
      const answers = Object.fromEntries(fields.map((field) => [field.name, answerOf(field, filled)]));
      const answer = await post('submit', { as: who, ...dialog.at, doing, input, draft, step, answers, key: dialog.key });
      if (answer.kind !== 'mend') {
        dialogs.delete(who);
        return {};
      }
      return Object.fromEntries(
        Object.entries(answer.fields).map(([name, why]) => [fields.find((field) => field.name === name)?.label ?? name, why]),
      );
    },
    all: (who, where) =>
      messages(who)
        .filter((message) => fits(message, where))
        .map(read),
    close: () => {
      for (const { heard } of pages.values()) heard.close();
    },
  };
}

function answerOf({ label, choices, initial = '' }: Field, filled: Filled): string {
  const said = filled[label];
  return said === undefined ? initial : (choices?.find((choice) => choice.label === said)?.value ?? said);
}
