import { type Fields, fieldsOf, isFields, objectsOf, textOrEmpty } from './json.ts';
import {
  type Component,
  channelKind,
  type FakeAttachment,
  type FakeChannel,
  type FakeMessage,
  flag,
  type Pings,
} from './model.ts';
import { textOf } from './reading.ts';
import { messageJson } from './wire.ts';
import { intent, type World } from './world.ts';

/** A file as it was uploaded. */
export interface Upload {
  /** The form's field, as `files[0]`. */
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** What a new message is made of besides its body. */
interface Origin {
  readonly channel: FakeChannel;
  readonly authorId: string;
  readonly flags: number;
  readonly type?: number;
  readonly ephemeralFor?: string | null;
  readonly interaction?: FakeMessage['interaction'];
}

const REPLY = 19;

/** Stores a message from a body that was checked before, and tells the gateway. */
export function createMessage(world: World, origin: Origin, body: Fields, uploads: readonly Upload[]): FakeMessage {
  const { channel } = origin;
  const id = world.ids.next();
  const attachments = storeFiles(world, channel.id, body, uploads);
  const replyTo = textOrEmpty(fieldsOf(body.message_reference).message_id) || null;
  const nonce = typeof body.nonce === 'string' || typeof body.nonce === 'number' ? body.nonce : null;
  const message: FakeMessage = {
    id,
    channelId: channel.id,
    authorId: origin.authorId,
    type: origin.type ?? (replyTo ? REPLY : 0),
    createdAt: world.options.now(),
    nonce,
    ephemeralFor: origin.ephemeralFor ?? null,
    interaction: origin.interaction ?? null,
    replyTo,
    content: textOrEmpty(body.content).trim(),
    embeds: resolveFiles(objectsOf(body.embeds), attachments),
    components: withIds(resolveFiles(objectsOf(body.components), attachments)),
    attachments,
    flags: origin.flags,
    allowedMentions: isFields(body.allowed_mentions) ? body.allowed_mentions : null,
    pings: { users: [], roles: [], everyone: false },
    editedAt: null,
    edits: [],
    deleted: false,
    pinned: false,
    reactions: [],
  };
  message.pings = pingsOf(world, message);
  if (message.ephemeralFor === null) channel.messages.push(message);
  else world.ephemerals.push(message);
  announce(world, 'MESSAGE_CREATE', channel, message);
  return message;
}

/** Changes a message by a body that was checked before, and tells the gateway. Fields that are absent stay. */
export function editMessage(world: World, message: FakeMessage, body: Fields, uploads: readonly Upload[], flags: number): void {
  const wasLoading = (message.flags & flag.loading) !== 0;
  if (!wasLoading) {
    message.edits.push({ content: message.content, embeds: message.embeds, components: message.components });
    message.editedAt = world.options.now();
  }
  const added = storeFiles(world, message.channelId, body, uploads);
  const kept = Array.isArray(body.attachments)
    ? message.attachments.filter((file) => objectsOf(body.attachments).some((each) => each.id === file.id))
    : message.attachments;
  message.attachments = [...kept, ...added];
  if (body.content !== undefined) message.content = textOrEmpty(body.content).trim();
  if (body.embeds !== undefined) message.embeds = resolveFiles(objectsOf(body.embeds), message.attachments);
  if (body.components !== undefined) {
    message.components = withIds(resolveFiles(objectsOf(body.components), message.attachments));
  }
  if (body.allowed_mentions !== undefined) {
    message.allowedMentions = isFields(body.allowed_mentions) ? body.allowed_mentions : null;
  }
  message.flags = flags & ~flag.loading;
  // An edit pings nobody, but the first text of a deferred answer does.
  if (wasLoading) message.pings = pingsOf(world, message);
  const channel = world.channels.get(message.channelId);
  if (channel) announce(world, 'MESSAGE_UPDATE', channel, message);
}

/** Deletes a message and tells the gateway. */
export function deleteMessage(world: World, message: FakeMessage): void {
  message.deleted = true;
  const channel = world.channels.get(message.channelId);
  if (channel) {
    world.emit({
      name: 'MESSAGE_DELETE',
      data: { id: message.id, channel_id: message.channelId, ...inGuild(world, channel) },
      intent: intentFor(channel),
    });
  }
  world.waiting.changed();
}

/** The intent that a session needs for what happens in a channel. */
export function intentFor(channel: FakeChannel): number {
  return channel.type === channelKind.direct ? intent.directMessages : intent.messages;
}

/** The guild's id where an event of a channel carries it. */
export function inGuild(world: World, channel: FakeChannel): Fields {
  return channel.type === channelKind.direct ? {} : { guild_id: world.options.guildId };
}

/** Tells the gateway of a message. */
export function announce(world: World, name: string, channel: FakeChannel, message: FakeMessage): void {
  const isHidden = message.ephemeralFor !== null || !channel.botCanRead;
  if (!isHidden) {
    const direct = channel.type === channelKind.direct;
    const data = { ...messageJson(world, message, { nonce: true }), ...inGuild(world, channel) };
    const hidden = { ...messageJson(world, message, { nonce: true, hideContent: true }), ...inGuild(world, channel) };
    world.emit({ name, data, intent: intentFor(channel), ...(direct ? {} : { withoutContent: hidden }) });
  }
  world.waiting.changed();
}

function storeFiles(world: World, channelId: string, body: Fields, uploads: readonly Upload[]): FakeAttachment[] {
  const described = objectsOf(body.attachments);
  return uploads.map((upload) => {
    const index = /\d+/.exec(upload.field)?.[0];
    const about = fieldsOf(described.find((each) => String(each.id) === index));
    const filename = textOrEmpty(about.filename) || upload.filename;
    const id = world.ids.next();
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
    const description = textOrEmpty(about.description) || null;
    const { contentType, bytes } = upload;
    const stored = { id, filename, description, contentType, bytes, url: world.origin + path };
    world.files.set(path, stored);
    return stored;
  });
}

/** Puts the address of an uploaded file where the body names it as `attachment://name`. */
function resolveFiles(parts: Fields[], attachments: readonly FakeAttachment[]): Fields[] {
  const resolve = (value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('attachment://')) {
      const name = value.slice('attachment://'.length);
      return attachments.find((file) => file.filename === name)?.url ?? value;
    }
    if (Array.isArray(value)) return value.map(resolve);
    if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]));
    return value;
  };
  return parts.map((part) => fieldsOf(resolve(part)));
}

/** Gives each component the number that Discord gives to those without one. */
export function withIds(components: readonly Fields[]): Component[] {
  let last = 0;
  const number = (part: Fields): Fields => {
    last += 1;
    const numbered: Fields = { ...part, id: part.id ?? last };
    if (Array.isArray(part.components)) numbered.components = objectsOf(part.components).map(number);
    if (isFields(part.component)) numbered.component = number(part.component);
    if (isFields(part.accessory)) numbered.accessory = number(part.accessory);
    return numbered;
  };
  return components.map(number) as unknown as Component[];
}

/** Embeds never ping, so their text is left out. */
function pingsOf(world: World, message: FakeMessage): Pings {
  const text = textOf({ ...message, embeds: [] });
  const allowed = message.allowedMentions;
  const permits = (what: string, id: string): boolean => {
    if (allowed === null) return true;
    const list = (name: string) => (Array.isArray(allowed[name]) ? allowed[name] : []);
    return list('parse').includes(what) || list(what).includes(id);
  };
  const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
  return {
    users: found(/<@!?(\d+)>/g).filter((id) => world.users.has(id) && permits('users', id)),
    roles: found(/<@&(\d+)>/g).filter((id) => world.roles.has(id) && permits('roles', id)),
    everyone: /@(everyone|here)\b/.test(text) && permits('everyone', ''),
  };
}
