import type { FakeChannel } from './model.ts';

/** The permission bits that the fake uses. */
export const permission = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createThreads: 1n << 35n,
  sendInThreads: 1n << 38n,
} as const;

/** What every member may do. */
export const everyonePermissions =
  permission.addReactions |
  permission.viewChannel |
  permission.sendMessages |
  permission.embedLinks |
  permission.attachFiles |
  permission.readHistory |
  permission.useCommands |
  permission.createThreads |
  permission.sendInThreads;

/** What the bot may do on top: enough to ping everyone by mistake, so that a test can catch it. */
export const botPermissions =
  permission.mentionEveryone | permission.manageChannels | permission.manageMessages | permission.manageThreads;

/** What the channel takes from the bot. */
export function deniedToBot(channel: FakeChannel): bigint {
  let denied = 0n;
  if (!channel.botCanRead) denied |= permission.viewChannel;
  if (!channel.botCanReadHistory) denied |= permission.readHistory;
  if (!channel.botCanSend) denied |= permission.sendMessages | permission.sendInThreads | permission.createThreads;
  return denied;
}

/** What the bot may do in the channel. */
export function botPermissionsIn(channel: FakeChannel): bigint {
  return (everyonePermissions | botPermissions) & ~deniedToBot(channel);
}
