/** What somebody says, presses or fills in on the page becomes an intent; the reply becomes messages that the page shows. */
import { createHash } from 'node:crypto';
import { type Card, card, controls, text } from '../../src/chat/card.ts';
import { OPEN } from '../../src/chat/dispatch.ts';
import type { Form, RawAnswers } from '../../src/chat/form.ts';
import { peopleOfCard, peopleOfForm } from '../../src/chat/mentions.ts';
import type { Dispatch, Intent, Log, Names, Place, Reply } from '../../src/chat/port.ts';
import { placeParts } from '../../src/chat/port.ts';
import { type Content, type MessageView, messageView } from './content.ts';
import { askerOf, directOf } from './places.ts';
import type { ConsolePerson, ConsoleStore, NewMessage } from './store.ts';
import { cardView, formView, hasButtons } from './view.ts';

/** Who does something on the page, where, and under which key: a repeat has the same key and does nothing new. */
export interface Doer {
  readonly person: ConsolePerson;
  readonly place: Place;
  readonly key: string;
  /** IANA name of the browser's zone. */
  readonly zone?: string | undefined;
}

/** What the page gets back at once. Messages in it come by the event stream as well, under the same id. */
export type Answer =
  | { readonly kind: 'card'; readonly to: 'private' | 'here'; readonly message: MessageView }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'mend'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'nothing' };

export interface Talk {
  readonly say: (doer: Doer, text: string) => Promise<Answer>;
  readonly press: (
    doer: Doer,
    pressed: { readonly action: string; readonly record: string; readonly value?: string | undefined },
  ) => Promise<Answer>;
  readonly submit: (doer: Doer, filled: Filled) => Promise<Answer>;
}

export interface Filled {
  readonly doing: string;
  readonly input: RawAnswers;
  readonly answers: RawAnswers;
  readonly draft?: string | undefined;
  readonly step?: number | undefined;
}

export interface TalkParts {
  readonly store: ConsoleStore;
  readonly names: (people: readonly string[]) => Promise<Names>;
  readonly log: Pick<Log, 'warn'>;
  readonly dispatch: () => Dispatch | undefined;
}

/** The console is asked for something before it has started or while it stops. */
export class NotReady extends Error {
  constructor() {
    super('Bellman is not ready yet. Try again in a moment.');
    this.name = 'NotReady';
  }
}

const MENTION = /^\s*@bellman\b[\s,:]*/i;

/** Makes the talker. Its methods throw `NotReady`, or what the store throws when plain text could not be kept. */
export function talker({ store, names, log, dispatch }: TalkParts): Talk {
  async function ask(doer: Doer, wanted: Wanted): Promise<Answer> {
    return give(doer, await replyTo(doer, wanted));
  }

  async function replyTo(doer: Doer, wanted: Wanted): Promise<Reply> {
    const answer = dispatch();
    if (!answer) throw new NotReady();
    return answer({
      key: `console:${doer.person.handle}:${doer.key}`,
      from: askerOf(doer.person, doer.zone),
      at: doer.place,
      address: { user: doer.person.handle, place: doer.place },
      ...wanted,
    });
  }

  async function give(doer: Doer, reply: Reply): Promise<Answer> {
    switch (reply.kind) {
      case 'card':
        return { kind: 'card', to: reply.to, message: await shown(doer, reply.card, reply.to) };
      case 'form':
        return { kind: 'form', form: formView(reply.form, await namesFor(peopleOfForm(reply.form))) };
      case 'mend':
      case 'nothing':
        return reply;
      default:
        return reply satisfies never;
    }
  }

  async function shown(doer: Doer, card: Card, to: 'private' | 'here'): Promise<MessageView> {
    const content: Content = { kind: 'card', card: cardView(card, await namesFor(peopleOfCard(card))) };
    const key = `${keyOf(doer)}:${fingerprint(content)}`;
    if (to === 'here') return kept({ place: doer.place, content, key });
    const only = doer.person.handle;
    if (!hasButtons(card)) return kept({ place: doer.place, only, content, key });
    // Buttons are pressed later too: a private card with some stands where it is found again.
    const direct = directOf(only);
    const posted = await kept({ place: direct, content, key });
    if (doer.place !== direct)
      await kept({ place: doer.place, only, content: { kind: 'pointer', place: direct }, key: `${key}:pointer` });
    return posted;
  }

  /** Keeps a message; where the store cannot be reached the page still gets it, it only does not last. */
  async function kept(message: NewMessage): Promise<MessageView> {
    try {
      return messageView(await store.add(message));
    } catch (error) {
      log.warn({ error }, 'an answer of the console could not be kept');
      return messageView({ ...message, id: `passing-${message.key}`, at: Date.now(), version: 1 });
    }
  }

  async function namesFor(people: readonly string[]): Promise<Names> {
    try {
      return await names([...new Set(people)]);
    } catch (error) {
      log.warn({ error }, 'names for an answer of the console could not be read');
      return (person) => ({ name: person });
    }
  }

  return {
    say: async (doer, words) => {
      const { person, place } = doer;
      const said: NewMessage = {
        place,
        author: person.handle,
        content: { kind: 'text', text: words },
        key: `${keyOf(doer)}:said`,
      };
      const direct = placeParts(place).kind === 'person';
      if (words.trimStart().startsWith('/')) {
        // A command is nobody else's business: only its author sees that it was said, as on other platforms.
        await kept({ ...said, only: person.handle });
        return ask(doer, { kind: 'words', words: words.trim().slice(1) });
      }
      await store.add(said);
      if (!direct && !MENTION.test(words)) return { kind: 'nothing' };
      const line = words.replace(MENTION, '').trim();
      const reply = await replyTo(doer, { kind: 'words', words: line });
      // What was said aloud is answered aloud, so that whoever goes on with it finds the form, as on other platforms.
      return give(doer, reply.kind === 'form' && !direct ? openCard(reply.form.title, line) : reply);
    },
    press: (doer, { action, record, value }) =>
      ask(doer, { kind: 'press', action, record, ...(value === undefined ? {} : { value }) }),
    submit: (doer, { doing, input, answers, draft, step }) =>
      ask(doer, {
        kind: 'submit',
        doing,
        input,
        answers,
        ...(draft === undefined ? {} : { draft }),
        ...(step === undefined ? {} : { step }),
      }),
  };
}

/** An intent without who, where and when. */
type Wanted = Intent extends infer I ? (I extends Intent ? Omit<I, 'key' | 'from' | 'at' | 'address'> : never) : never;

/** The card that stands for a form after a mention. */
const openCard = (title: string, line: string): Reply => ({
  kind: 'card',
  to: 'here',
  card: card(title, [
    text('Open the form to go on.'),
    controls({ label: 'Open', action: OPEN, record: '', value: line, style: 'primary' }),
  ]),
});

const keyOf = ({ person, key }: Doer): string => `${person.handle}:${key}`;

/** A form that was refused may be sent again under its key and then gets another answer, which must be kept too. */
const fingerprint = (content: Content): string => createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
