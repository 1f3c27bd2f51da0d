/** What people do to messages on Discord: mark, pin, edit and delete them. Pure. Discord does not say who pins or deletes. */
import type {
  GatewayMessageDeleteDispatchData,
  GatewayMessageReactionAddDispatchData,
  GatewayMessageUpdateDispatchData,
} from 'discord.js';
import type { Mark } from '../../src/chat/marked.ts';
import type { Asker, Intent } from '../../src/chat/port.ts';
import { askerOf, channelPlace, DISCORD } from './intents.ts';

type Marked = Extract<Intent, { kind: 'marked' }>;

const marked = (key: string, channel: string, from: Asker, mark: Mark): Marked => ({
  kind: 'marked',
  ...mark,
  key: `discord:${mark.message}:${key}`,
  from,
  at: channelPlace(channel),
  address: { message: mark.message, channel, user: from.user },
});

/** Undefined in direct messages, and for what bots mark. */
export function fromReaction(raw: GatewayMessageReactionAddDispatchData): Marked | undefined {
  const { member, channel_id: channel, message_id: message, user_id: user, emoji } = raw;
  if (!member || member.user.bot || emoji.name === null) return undefined;
  return marked(`${user}:${emoji.name}`, channel, askerOf(member.user, member.nick), {
    message,
    how: 'emoji',
    emoji: emoji.name,
  });
}

/** An edit, and that it is pinned, each as a mark of its own; nothing in direct messages, and for what bots wrote. */
export function fromUpdate(raw: GatewayMessageUpdateDispatchData): readonly Marked[] {
  const { id: message, channel_id: channel, guild_id: guild, author, member, edited_timestamp: edited, pinned } = raw;
  if (guild === undefined || author.bot || raw.webhook_id !== undefined) return [];
  const from = askerOf(author, member?.nick);
  return [
    ...(pinned ? [marked('pinned', channel, from, { message, how: 'pin' })] : []),
    ...(edited === null ? [] : [marked(`edited:${edited}`, channel, from, { message, how: 'changed' })]),
  ];
}

/** Undefined in direct messages. Nobody is known to have done it, so it comes from the bot itself. */
export function fromDeletion(raw: GatewayMessageDeleteDispatchData, bot: string): Marked | undefined {
  if (raw.guild_id === undefined) return undefined;
  const itself: Asker = { platform: DISCORD, user: bot, handle: bot, name: bot, timeZone: 'UTC', bot: true, guest: false };
  return marked('deleted', raw.channel_id, itself, { message: raw.id, how: 'changed' });
}
