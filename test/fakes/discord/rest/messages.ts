import { checkEdit, checkNewMessage } from '../checks/message.ts';
import { compareIds } from '../world/ids.ts';
import { fieldsOf, textOrEmpty } from '../world/json.ts';
import { createMessage, deleteMessage, editMessage, inGuild, intentFor } from '../world/messages.ts';
import { channelKind, type FakeChannel, type FakeMessage, flag } from '../world/model.ts';
import { messageJson } from '../world/wire.ts';
import { intent, isThread, type World } from '../world/world.ts';
import { ApiError, refuse } from './errors.ts';
import type { Answer, Request, Route } from './router.ts';

const SENDABLE = flag.suppressEmbeds | flag.quiet | flag.componentsV2;

/** The channel that a path names, if the bot may see it. */
export function channelIn(request: Request): FakeChannel {
  const channel = request.world.channels.get(request.params.channel ?? '');
  if (!channel || channel.deleted) throw refuse.unknownChannel();
  if (!channel.botCanRead) throw refuse.missingAccess();
  return channel;
}

/** The message that a path names, if the bot may see it. */
export function messageIn(request: Request, channel: FakeChannel): FakeMessage {
  const message = channel.messages.find((each) => each.id === request.params.message);
  if (!message || message.deleted) throw refuse.unknownMessage();
  return message;
}

/** The flags of a message after an edit. Components v2 cannot be taken back, and leave no place for content and embeds. */
export function flagsAfter(message: FakeMessage, body: Readonly<Record<string, unknown>>): number {
  const asked = typeof body.flags === 'number' ? body.flags : message.flags;
  const kept = message.flags & ~(flag.suppressEmbeds | flag.loading);
  const after = kept | (asked & (flag.suppressEmbeds | flag.componentsV2));
  const becomesV2 = (after & flag.componentsV2) !== 0 && (message.flags & flag.componentsV2) === 0;
  const keepsOld = (message.content && body.content === undefined) || (message.embeds.length > 0 && body.embeds === undefined);
  if (becomesV2 && keepsOld) {
    const text = 'The content and embeds must be removed when using MessageFlags.IS_COMPONENTS_V2';
    const problem = { code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message: text };
    throw new ApiError(400, 50035, 'Invalid Form Body', { flags: { _errors: [problem] } });
  }
  return after;
}

/** Throws when an edit would leave nothing in the message. */
export function keepsSomething(message: FakeMessage, body: Readonly<Record<string, unknown>>, files: number): void {
  const left = (name: 'content' | 'embeds' | 'components' | 'attachments') =>
    body[name] === undefined ? message[name].length : ((body[name] as string | unknown[] | null)?.length ?? 0);
  if (left('content') + left('embeds') + left('components') + left('attachments') + files === 0) throw refuse.emptyMessage();
}

function send(request: Request): Answer {
  const { world, body, uploads } = request;
  const channel = channelIn(request);
  mayWrite(world, channel);
  const flags = (typeof body.flags === 'number' ? body.flags : 0) & SENDABLE;
  checkNewMessage(body, flags, uploads.length);
  const quoted = textOrEmpty(fieldsOf(body.message_reference).message_id);
  const mustExist = fieldsOf(body.message_reference).fail_if_not_exists !== false;
  if (quoted && mustExist && !channel.messages.some((each) => each.id === quoted && !each.deleted)) {
    const problem = { code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' };
    throw new ApiError(400, 50035, 'Invalid Form Body', { message_reference: { _errors: [problem] } });
  }
  const nonce = body.nonce === undefined || body.nonce === null ? undefined : `${channel.id} ${String(body.nonce)}`;
  const now = world.options.now();
  const earlier = nonce === undefined ? undefined : world.nonces.get(nonce);
  if (earlier && body.enforce_nonce === true && now - earlier.at <= world.options.nonceWindowMs) {
    return { body: messageJson(world, earlier.message, { nonce: true }) };
  }
  const message = createMessage(world, { channel, authorId: world.bot.id, flags }, body, uploads);
  if (nonce !== undefined) world.nonces.set(nonce, { message, at: now });
  return { body: messageJson(world, message, { nonce: true }) };
}

function mayWrite(world: World, channel: FakeChannel): void {
  if (channel.type === channelKind.direct) {
    const recipient = world.users.get(channel.recipientId ?? '');
    if (!recipient || recipient.dmClosed || recipient.isBot) throw refuse.directMessagesClosed();
    return;
  }
  const parent = channel.parentId ? world.channels.get(channel.parentId) : undefined;
  const closed = isThread(channel) && parent && !parent.botCanSend;
  if (!channel.botCanSend || closed) throw refuse.missingPermissions();
  if (isThread(channel) && channel.archived && channel.locked) throw refuse.threadArchived();
  // A message wakes an archived thread.
  if (isThread(channel)) channel.archived = false;
}

function history(request: Request): Answer {
  const { world, query } = request;
  const channel = channelIn(request);
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    const problem = { code: 'NUMBER_TYPE_MAX', message: 'int value should be between 1 and 100.' };
    throw new ApiError(400, 50035, 'Invalid Form Body', { limit: { _errors: [problem] } });
  }
  // Discord shows an empty history to a bot without the permission to read it, and no error.
  const all = channel.botCanReadHistory ? channel.messages.filter((each) => !each.deleted) : [];
  const { before, after, around } = Object.fromEntries(query);
  let page: FakeMessage[];
  if (around) {
    const earlier = all.filter((each) => compareIds(each.id, around) < 0).slice(-Math.floor(limit / 2));
    const later = all.filter((each) => compareIds(each.id, around) >= 0).slice(0, limit - earlier.length);
    page = [...earlier, ...later];
  } else if (after) {
    page = all.filter((each) => compareIds(each.id, after) > 0).slice(0, limit);
  } else {
    page = all.filter((each) => !before || compareIds(each.id, before) < 0).slice(-limit);
  }
  return { body: page.toReversed().map((message) => messageJson(world, message, viewIn(world, channel))) };
}

function viewIn(world: World, channel: FakeChannel) {
  return { hideContent: channel.type !== channelKind.direct && (world.allowedIntents & intent.content) === 0 };
}

function read(request: Request): Answer {
  const channel = channelIn(request);
  if (!channel.botCanReadHistory) throw refuse.missingPermissions();
  return { body: messageJson(request.world, messageIn(request, channel), viewIn(request.world, channel)) };
}

function edit(request: Request): Answer {
  const { world, body, uploads } = request;
  const message = messageIn(request, channelIn(request));
  if (message.authorId !== world.bot.id) throw refuse.notTheAuthor();
  const flags = flagsAfter(message, body);
  checkEdit(body, flags);
  keepsSomething(message, body, uploads.length);
  editMessage(world, message, body, uploads, flags);
  return { body: messageJson(world, message) };
}

function remove(request: Request): Answer {
  const channel = channelIn(request);
  const message = messageIn(request, channel);
  if (message.authorId !== request.world.bot.id && channel.type === channelKind.direct) throw refuse.missingPermissions();
  deleteMessage(request.world, message);
  return {};
}

function pin(request: Request, pinned: boolean): Answer {
  const message = messageIn(request, channelIn(request));
  message.pinned = pinned;
  request.world.waiting.changed();
  return {};
}

function react(request: Request): Answer {
  const { world } = request;
  const channel = channelIn(request);
  const message = messageIn(request, channel);
  const emoji = request.params.emoji ?? '';
  if (!message.reactions.includes(emoji)) message.reactions.push(emoji);
  const place = { channel_id: channel.id, message_id: message.id, ...inGuild(world, channel) };
  const data = { ...place, user_id: world.bot.id, emoji: { id: null, name: emoji }, type: 0, burst: false };
  // The intents for reactions sit one bit above those for messages.
  world.emit({ name: 'MESSAGE_REACTION_ADD', data, intent: intentFor(channel) << 1 });
  world.waiting.changed();
  return {};
}

function typing(request: Request): Answer {
  channelIn(request);
  return {};
}

/** The routes for messages. */
export const messageRoutes: readonly Route[] = [
  { pattern: 'POST /channels/:channel/messages', run: send },
  { pattern: 'GET /channels/:channel/messages', run: history },
  { pattern: 'PUT /channels/:channel/messages/pins/:message', run: (request) => pin(request, true) },
  { pattern: 'DELETE /channels/:channel/messages/pins/:message', run: (request) => pin(request, false) },
  { pattern: 'PUT /channels/:channel/pins/:message', run: (request) => pin(request, true) },
  { pattern: 'DELETE /channels/:channel/pins/:message', run: (request) => pin(request, false) },
  { pattern: 'PUT /channels/:channel/messages/:message/reactions/:emoji/@me', run: react },
  { pattern: 'GET /channels/:channel/messages/:message', run: read },
  { pattern: 'PATCH /channels/:channel/messages/:message', run: edit },
  { pattern: 'DELETE /channels/:channel/messages/:message', run: remove },
  { pattern: 'POST /channels/:channel/typing', run: typing },
];
