/**
 * What people put on the timeline of a record (P8): what they wrote for it, and messages that were kept from its channel, whose edits
 * and deletions are followed. What Bellman itself did stands in the journal already. Pure.
 */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type PersonId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

/** Why a message was kept. */
export type KeptBy = 'pin' | 'emoji';

/** A message as its platform has it now. */
export interface Message {
  readonly text: string;
  /** When it was written. */
  readonly at: Instant;
  /** Who wrote it. */
  readonly author?: PersonId | undefined;
  /** Where it can be opened. */
  readonly link?: string | undefined;
}

export interface Timeline {
  /** Messages that were kept, by place and the platform's own id, as they read now; without a text: deleted. */
  readonly messages: Readonly<Record<string, { readonly text?: string }>>;
}

export type TimelineCommand =
  | { readonly type: 'add'; readonly text: string }
  | { readonly type: 'keep'; readonly message: string; readonly by: KeptBy; readonly as: Message }
  /** A kept message was edited, or without a text deleted. */
  | { readonly type: 'follow'; readonly message: string; readonly text?: string | undefined };

export type TimelineEvent =
  | { readonly type: 'added'; readonly by: PersonId; readonly at: Instant; readonly words: { readonly text: string } }
  | {
      readonly type: 'message-kept';
      readonly message: string;
      readonly how: KeptBy;
      readonly author?: PersonId | undefined;
      /** When the message was written. */
      readonly at: Instant;
      readonly words: { readonly text: string; readonly link?: string | undefined };
    }
  | { readonly type: 'message-edited'; readonly message: string; readonly words: { readonly text: string } }
  | { readonly type: 'message-deleted'; readonly message: string };

/** What the state keeps to see that a message changed. */
const MOST_MESSAGES = 1000;

/** Anybody who may know of the record may. Refuses `timeline-full` (fact `most`). What is kept already, or reads as it did, changes nothing. */
export const timeline: Part<Timeline, TimelineCommand, TimelineEvent> = {
  name: 'timeline',
  initial: { messages: {} },
  decide({ messages }, command, { actor, now }: Context): Decision<TimelineEvent> {
    switch (command.type) {
      case 'add':
        return accept({ type: 'added', by: actor.person, at: now, words: { text: command.text } });
      case 'keep': {
        const { message, by, as } = command;
        const { text, at, author, link } = as;
        if (message in messages) return accept();
        if (Object.keys(messages).length >= MOST_MESSAGES) return refuse('timeline-full', { most: MOST_MESSAGES });
        return accept({ type: 'message-kept', message, how: by, author, at, words: { text, ...(link ? { link } : {}) } });
      }
      case 'follow': {
        const { message, text } = command;
        const before = messages[message];
        if (!before || before.text === text) return accept();
        return accept(
          text === undefined ? { type: 'message-deleted', message } : { type: 'message-edited', message, words: { text } },
        );
      }
      default:
        return command satisfies never;
    }
  },
  evolve(state, event): Timeline {
    switch (event.type) {
      case 'added':
        return state;
      case 'message-kept':
      case 'message-edited':
        return { messages: { ...state.messages, [event.message]: { text: event.words.text } } };
      case 'message-deleted':
        return { messages: { ...state.messages, [event.message]: {} } };
      default:
        return event satisfies never;
    }
  },
};
