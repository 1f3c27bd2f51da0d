/** What Slack sends, as what somebody wants. Pure: who it is and what becomes of it is found out elsewhere. */
import type { BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { type Asker, type Intent, type Place, placeOf, type ReplyAddress } from '../../src/chat/port.ts';
import { actionOf, pressedIn } from './blocks.ts';
import { asWritten, withoutMention } from './mrkdwn.ts';
import { answersIn, carriedIn } from './view.ts';

/** One request: who says it, where an answer goes, and what is wanted, once it is known who asks. */
export interface Request {
  /** How Slack wants its answer: a command in the body, an event not at all, ... */
  readonly way: 'command' | 'event' | 'press' | 'submit';
  /** Whether nobody waits for an answer. */
  readonly quiet?: true;
  readonly key: string;
  readonly user: string;
  readonly address: Address;
  readonly intent: (from: Asker) => Intent;
  /** The button that asks for the same again, when a form could not be opened at once. */
  readonly again?: { readonly line: string } | { readonly action: string; readonly record: string; readonly value?: string };
  /** The fields of the form that is sent in. */
  readonly fields?: readonly string[];
}

/** Our reading of a `ReplyAddress`: how and where whoever asked can be answered. */
export interface Address extends ReplyAddress {
  readonly at: Place;
  readonly channel: string;
  readonly user: string;
}

const isDirect = (channel: string): boolean => channel.startsWith('D');

export const address = (channel: string, user: string, more: Readonly<Record<string, string | undefined>>): Address => ({
  at: isDirect(channel)
    ? placeOf({ platform: 'slack', kind: 'person', id: user })
    : placeOf({ platform: 'slack', kind: 'channel', id: channel }),
  channel,
  user,
  ...Object.fromEntries(Object.entries(more).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
});

/** The address that came back from storage or a dialog; undefined when it is none of ours. */
export const readAddress = ({ at, channel, user, ...more }: ReplyAddress): Address | undefined =>
  at === undefined || channel === undefined || user === undefined ? undefined : { at, channel, user, ...more };

/** `/rfc new`: the same words as after a mention. */
export function fromCommand(said: SlashCommand): Request {
  const words = `${said.command.replace(/^\//u, '')} ${asWritten(said.text)}`.trim();
  const from = address(said.channel_id, said.user_id, { response_url: said.response_url, trigger_id: said.trigger_id });
  return spoken('command', `slack:${said.trigger_id}`, words, from);
}

/** What we read of messages and mentions. */
export interface Message {
  readonly type: string;
  readonly channel: string;
  readonly ts: string;
  readonly user?: string | undefined;
  readonly text?: string | undefined;
  readonly thread_ts?: string | undefined;
  readonly channel_type?: string | undefined;
  readonly subtype?: string | undefined;
  readonly bot_id?: string | undefined;
}

/**
 * A mention of the bot, or a direct message to it. Undefined for everything that nobody says to us: what other bots and we
 * ourselves say, edits, joins, and messages in channels. Replies go to the thread of a mention.
 */
export function fromMessage(message: Message, eventId: string, bot: string | undefined): Request | undefined {
  const { type, channel, ts, user, subtype, thread_ts: thread } = message;
  const mention = type === 'app_mention';
  if (user === undefined || message.bot_id !== undefined || user === bot) return undefined;
  if (!mention && message.channel_type !== 'im') return undefined;
  if (subtype !== undefined && subtype !== 'file_share' && subtype !== 'thread_broadcast') return undefined;
  const said = asWritten(withoutMention(message.text ?? '', bot)).replace(/^\//u, '');
  if (said === '' && !mention) return undefined;
  const from = address(channel, user, {
    thread_ts: mention ? (thread ?? ts) : thread,
    in_thread: thread === undefined ? undefined : 'yes',
  });
  return spoken('event', `slack:${eventId}`, said === '' ? 'bellman help' : said, from);
}

const spoken = (way: 'command' | 'event', key: string, words: string, from: Address): Request => ({
  way,
  key,
  user: from.user,
  address: from,
  again: { line: words },
  intent: (asker) => ({ kind: 'words', words, key, from: asker, at: from.at, address: from }),
});

/** A button of a message; undefined for anything else that can be used in one. */
export function fromAction(body: BlockAction): Request | undefined {
  const [pressed] = body.actions;
  const channel = body.channel?.id;
  const { message_ts: ts, thread_ts: thread }: { message_ts?: string; thread_ts?: string } = body.container;
  if (pressed?.type !== 'button' || channel === undefined || ts === undefined) return undefined;
  const said = pressedIn(pressed.value) ?? { record: '' };
  const action = actionOf(pressed.action_id);
  const from = address(channel, body.user.id, {
    response_url: body.response_url,
    trigger_id: body.trigger_id,
    thread_ts: thread,
    in_thread: thread === undefined ? undefined : 'yes',
  });
  const key = `slack:${[body.team?.id ?? '', body.user.id, ts, pressed.action_id, pressed.action_ts].join(':')}`;
  return {
    way: 'press',
    key,
    user: body.user.id,
    address: from,
    again: { action, ...said },
    intent: (asker) => ({ kind: 'press', action, ...said, key, from: asker, at: from.at, address: from }),
  };
}

/** What we read of a shortcut that was used on a message. */
export interface UsedShortcut {
  readonly callback_id: string;
  readonly trigger_id: string;
  readonly response_url: string;
  readonly user: { readonly id: string };
  readonly channel: { readonly id: string };
  readonly message_ts: string;
  readonly message: { readonly text?: string | undefined; readonly user?: string | undefined };
}

/** A shortcut that was used on a message: the message goes with it as it was written. */
export function fromShortcut(body: UsedShortcut): Request {
  const from = address(body.channel.id, body.user.id, { response_url: body.response_url, trigger_id: body.trigger_id });
  const key = `slack:${body.trigger_id}`;
  const { text = '', user = '' } = body.message;
  const message = { text: asWritten(text), user, message: body.message_ts };
  return {
    way: 'press',
    key,
    user: body.user.id,
    address: from,
    intent: (asker) => ({ kind: 'shortcut', shortcut: body.callback_id, message, key, from: asker, at: from.at, address: from }),
  };
}

/** A form that is sent in; undefined when it is none of ours. Its key is the dialog's id, so that it is accepted once. */
export function fromSubmission(body: ViewSubmitAction): Request | undefined {
  const carried = carriedIn(body.view.private_metadata);
  const origin = carried && readAddress(carried.address);
  if (!carried || !origin) return undefined;
  const { doing, input, draft, step } = carried;
  const answers = answersIn(body.view.state);
  const key = `slack:${body.view.id}`;
  // Whoever sends the form is asked about, not whoever opened it: Slack lets nobody else, and we do not rely on it.
  const from = { ...origin, user: body.user.id };
  return {
    way: 'submit',
    key,
    user: body.user.id,
    address: from,
    fields: Object.keys(answers),
    intent: (asker) => ({
      kind: 'submit',
      doing,
      input,
      answers,
      ...(draft === undefined ? {} : { draft }),
      ...(step === undefined ? {} : { step }),
      key,
      from: asker,
      at: from.at,
      address: from,
    }),
  };
}
