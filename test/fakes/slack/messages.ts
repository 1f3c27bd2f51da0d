import { randomBytes } from 'node:crypto';
import { compact, type Json, type JsonObject, objects, text, visibleText } from './json.ts';
import type { World } from './world.ts';

/** A message as it stands now. Editing makes a new one, so a test may keep an old one and press its buttons. */
export type FakeMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments?: Json;
  readonly metadata?: JsonObject;
  readonly bot_id?: string;
  readonly thread_ts?: string;
  readonly reply_broadcast?: boolean;
  readonly unfurl_links?: boolean;
  readonly unfurl_media?: boolean;
  readonly files?: readonly string[];
  readonly reactions: readonly string[];
  readonly edits: number;
  readonly deleted: boolean;
  /** Seen by this person only. */
  readonly onlyFor?: string;
};

/** What a new message needs; the rest is given by the store. */
export type NewMessage = Partial<Omit<FakeMessage, 'ts' | 'edits' | 'deleted' | 'reactions'>> & { channel: string; user: string };

/** Gives blocks and elements the ids that Slack makes up when the app gave none. */
export function withIds(blocks: readonly JsonObject[]): JsonObject[] {
  const short = () => randomBytes(4).toString('base64url').slice(0, 5);
  const named = (element: Json | undefined): Json | undefined => {
    if (typeof element !== 'object' || element === null || Array.isArray(element)) return element;
    const inert = element.type === 'image' || element.type === 'mrkdwn' || element.type === 'plain_text';
    return inert || text(element.action_id) !== '' ? element : { ...element, action_id: short() };
  };
  return structuredClone([...blocks]).map((block) =>
    compact({
      ...block,
      block_id: text(block.block_id) === '' ? short() : text(block.block_id),
      element: named(block.element),
      accessory: named(block.accessory),
      elements: block.type === 'actions' ? objects(block.elements).map((element) => named(element) ?? null) : block.elements,
    }),
  );
}

/** All that a person can read in the message: its text and that of its blocks, one piece a line. */
export function readable(message: FakeMessage): string {
  return [message.text, ...visibleText([...message.blocks]), ...visibleText(message.attachments)].join('\n');
}

/** Everything that was said, in the order in which it was said. */
export class Messages {
  private readonly world: World;
  private readonly byChannel = new Map<string, FakeMessage[]>();
  private readonly ephemeral: FakeMessage[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** Stores a new message and returns it. */
  add(message: NewMessage): FakeMessage {
    const stored: FakeMessage = {
      text: '',
      ...message,
      blocks: withIds(message.blocks ?? []),
      ts: this.world.stamp(),
      edits: 0,
      deleted: false,
      reactions: [],
    };
    if (stored.onlyFor !== undefined) this.ephemeral.push(stored);
    else this.list(stored.channel).push(stored);
    this.world.changed();
    return stored;
  }

  /** All messages of the channel, oldest first, the deleted ones among them. */
  in(channel: string): readonly FakeMessage[] {
    return this.byChannel.get(channel) ?? [];
  }

  /** Messages that only this person sees, oldest first. */
  onlyFor(user: string): readonly FakeMessage[] {
    return this.ephemeral.filter((message) => message.onlyFor === user);
  }

  /** The message as it stands now; undefined when there is none or it was deleted. */
  find(channel: string, ts: string): FakeMessage | undefined {
    const all = [...this.in(channel), ...this.ephemeral.filter((message) => message.channel === channel)];
    return all.find((message) => message.ts === ts && !message.deleted);
  }

  /** Puts a changed message in the place of the old one. */
  change(message: FakeMessage, changes: Partial<FakeMessage>): FakeMessage {
    const changed: FakeMessage = { ...message, ...changes };
    if (changes.blocks !== undefined) Object.assign(changed, { blocks: withIds(changes.blocks) });
    const list = message.onlyFor === undefined ? this.list(message.channel) : this.ephemeral;
    list[list.findLastIndex((candidate) => candidate.ts === message.ts && candidate.channel === message.channel)] = changed;
    this.world.changed();
    return changed;
  }

  /** Replies in a thread, oldest first, without its first message. */
  replies(channel: string, threadTs: string): FakeMessage[] {
    return this.in(channel).filter((message) => message.thread_ts === threadTs && message.ts !== threadTs && !message.deleted);
  }

  /** The message as Slack sends it. Metadata goes along only when it was asked for. */
  wire(message: FakeMessage, withMetadata = false): JsonObject {
    const replies = this.replies(message.channel, message.ts);
    const ours = message.bot_id !== undefined;
    return compact({
      type: 'message',
      user: message.user,
      bot_id: message.bot_id,
      app_id: ours ? this.world.bot.appId : undefined,
      team: this.world.team.id,
      text: message.text,
      ts: message.ts,
      blocks: message.blocks.length > 0 ? [...message.blocks] : undefined,
      attachments: message.attachments,
      metadata: withMetadata ? message.metadata : undefined,
      edited: message.edits > 0 ? { user: message.user, ts: message.ts } : undefined,
      thread_ts: message.thread_ts ?? (replies.length > 0 ? message.ts : undefined),
      parent_user_id: message.thread_ts !== undefined && message.thread_ts !== message.ts ? this.parentUser(message) : undefined,
      subtype: message.reply_broadcast === true ? 'thread_broadcast' : undefined,
      reply_count: replies.length > 0 ? replies.length : undefined,
      latest_reply: replies.at(-1)?.ts,
      reply_users: replies.length > 0 ? [...new Set(replies.map((reply) => reply.user))] : undefined,
      files: message.files?.map((id) => ({ id })),
      reactions:
        message.reactions.length > 0
          ? message.reactions.map((name) => ({ name, count: 1, users: [this.world.bot.userId] }))
          : undefined,
    });
  }

  private list(channel: string): FakeMessage[] {
    const known = this.byChannel.get(channel) ?? [];
    this.byChannel.set(channel, known);
    return known;
  }

  private parentUser(message: FakeMessage): string | undefined {
    return this.in(message.channel).find((candidate) => candidate.ts === message.thread_ts)?.user;
  }
}
