/** What people do to messages on Slack: mark, pin, edit and delete them. Pure. */

import type { Mark } from '../../src/chat/marked.ts';
import { placeOf } from '../../src/chat/port.ts';
import { type Address, address, type Message, type Request } from './requests.ts';

/** What we read of a reaction. */
export interface Reaction {
  readonly user: string;
  readonly reaction: string;
  readonly item: { readonly type: string; readonly channel?: string; readonly ts?: string };
}

/** What we read of a pin. */
export interface Pin {
  readonly user: string;
  readonly channel_id: string;
  readonly item: { readonly message?: { readonly ts?: string } };
}

/** What we read of an edit or a deletion. */
export interface Changed extends Message {
  readonly message?: Version;
  readonly previous_message?: Version;
  readonly deleted_ts?: string;
}
interface Version {
  readonly ts?: string;
  readonly user?: string;
  readonly text?: string;
  readonly bot_id?: string;
}

function marked(channel: string, user: string, eventId: string, mark: Mark): Request {
  const from: Address = { ...address(channel, user, {}), at: placeOf({ platform: 'slack', kind: 'channel', id: channel }) };
  const key = `slack:${eventId}`;
  return {
    way: 'event',
    quiet: true,
    key,
    user,
    address: from,
    intent: (asker) => ({ kind: 'marked', ...mark, key, from: asker, at: from.at, address: from }),
  };
}

/** Undefined for what is marked besides messages, and what the bot marks itself. */
export function fromReaction({ user, reaction, item }: Reaction, eventId: string, bot: string | undefined): Request | undefined {
  if (item.type !== 'message' || item.channel === undefined || item.ts === undefined || user === bot) return undefined;
  return marked(item.channel, user, eventId, { message: item.ts, how: 'emoji', emoji: reaction });
}

/** Undefined for what is pinned besides messages, and what the bot pins itself. */
export function fromPin({ user, channel_id: channel, item }: Pin, eventId: string, bot: string | undefined): Request | undefined {
  const message = item.message?.ts;
  return message === undefined || user === bot ? undefined : marked(channel, user, eventId, { message, how: 'pin' });
}

/** An edit or a deletion of what a person wrote. Undefined for all other messages, and where only a preview was added. */
export function fromChanged(event: Changed, eventId: string, bot: string | undefined): Request | undefined {
  const { subtype, channel, message, previous_message: before, deleted_ts: deleted } = event;
  if (subtype !== 'message_changed' && subtype !== 'message_deleted') return undefined;
  const user = message?.user ?? before?.user;
  const id = message?.ts ?? deleted ?? before?.ts;
  if (user === undefined || id === undefined || user === bot || (message ?? before)?.bot_id !== undefined) return undefined;
  if (subtype === 'message_changed' && before !== undefined && before.text === message?.text) return undefined;
  return marked(channel, user, eventId, { message: id, how: 'changed' });
}
