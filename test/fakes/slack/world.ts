import { randomBytes } from 'node:crypto';
import { compact, type JsonObject } from './json.ts';

/** Somebody in the workspace. */
export type FakeUser = {
  readonly id: string;
  readonly name: string;
  readonly realName?: string;
  readonly email?: string;
  readonly tz?: string;
  readonly isBot?: boolean;
  readonly isAdmin?: boolean;
  /** A multi-channel guest (`is_restricted`). */
  readonly isGuest?: boolean;
  readonly deleted?: boolean;
  /** Nobody can write to this person directly; a text is the error that Slack answers with. */
  readonly dmClosed?: boolean | string;
};

/** A place where messages are: a channel or the direct conversation with one person. */
export type FakeChannel = {
  readonly id: string;
  readonly name: string;
  /** Whether our bot is in it; true unless said otherwise. */
  readonly member?: boolean;
  readonly archived?: boolean;
  readonly private?: boolean;
  /** False: our bot has no right to read what was said (`missing_scope`). */
  readonly historyReadable?: boolean;
  /** Who is in it. Everybody, when not said. */
  readonly members?: readonly string[];
  readonly topic?: string;
  readonly purpose?: string;
  /** Set for a direct conversation: with whom. */
  readonly directWith?: string;
};

/** A named list of people (`@cab`). */
export type FakeUserGroup = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
};

/** Where an interaction came from; its id may be exchanged once, within three seconds. */
export type Trigger = {
  readonly user: string;
  readonly channel?: string;
  readonly view?: string;
  readonly at: number;
  used: boolean;
};

/** An error as the Web API answers it. */
export class SlackError extends Error {
  readonly code: string;
  readonly extra: JsonObject;

  constructor(code: string, extra: JsonObject = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** The workspace: who and what is in it, its clock and its numbers. Tells its listeners of every change. */
export class World {
  readonly team = { id: 'T0FAKE0001', domain: 'fake', name: 'Fake Workspace' };
  readonly bot = { userId: 'U0BELLMAN', botId: 'B0BELLMAN', appId: 'A0BELLMAN', name: 'bellman' };
  readonly users = new Map<string, FakeUser>();
  readonly channels = new Map<string, FakeChannel>();
  readonly userGroups = new Map<string, FakeUserGroup>();
  readonly triggers = new Map<string, Trigger>();
  /** What the app was granted, as every answer says; undefined: the answers do not say. */
  scopes: readonly string[] | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly clock: () => number;
  private lastStamp = 0;
  private count = 0;

  constructor(clock: () => number) {
    this.clock = clock;
    this.users.set(this.bot.userId, { id: this.bot.userId, name: this.bot.name, realName: 'Bellman', isBot: true });
  }

  /** Milliseconds since 1970 by the workspace's clock. */
  now(): number {
    return this.clock();
  }

  /** A new message timestamp: like Slack's, unique and growing. */
  stamp(): string {
    this.lastStamp = Math.max(this.lastStamp + 1, Math.floor(this.now() * 1000));
    const digits = String(this.lastStamp);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  /** A new id with the given letter in front. */
  id(letter: string): string {
    this.count += 1;
    return `${letter}${this.count.toString(36).toUpperCase().padStart(10, '0')}`;
  }

  /** Registers what is to be called after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Says that something is different now. */
  changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** The user with this id or name. */
  user(idOrName: string): FakeUser | undefined {
    return this.users.get(idOrName) ?? [...this.users.values()].find((user) => user.name === idOrName);
  }

  /** The user with this id or name; a test that names nobody is wrong. */
  mustUser(idOrName: string): FakeUser {
    const user = this.user(idOrName);
    if (user === undefined) throw new Error(`The fake Slack has no user "${idOrName}": call addUser first`);
    return user;
  }

  /** The channel with this id or name. */
  channel(idOrName: string): FakeChannel | undefined {
    const name = idOrName.replace(/^#/, '');
    return this.channels.get(idOrName) ?? [...this.channels.values()].find((channel) => channel.name === name);
  }

  /** The channel with this id or name; a test that names none is wrong. */
  mustChannel(idOrName: string): FakeChannel {
    const channel = this.channel(idOrName);
    if (channel === undefined) throw new Error(`The fake Slack has no channel "${idOrName}": call addChannel first`);
    return channel;
  }

  /** The channel as our bot may see it, for a Web API call. Private ones without our bot do not exist for it. */
  seenChannel(idOrName: string): FakeChannel {
    const channel = this.channel(idOrName);
    if (channel === undefined || (channel.private === true && channel.member === false))
      throw new SlackError('channel_not_found');
    return channel;
  }

  /** Ids of the people in a channel, our bot among them when it is a member. */
  membersOf(channel: FakeChannel): string[] {
    if (channel.directWith !== undefined) return [this.bot.userId, channel.directWith];
    const people = channel.members ?? [...this.users.values()].filter((user) => user.isBot !== true).map((user) => user.id);
    const others = people.filter((id) => id !== this.bot.userId);
    return channel.member === false ? [...others] : [this.bot.userId, ...others];
  }

  /** The direct conversation of our bot with this person, opened when there is none. */
  direct(user: FakeUser): FakeChannel {
    const known = [...this.channels.values()].find((channel) => channel.directWith === user.id);
    if (known !== undefined) return known;
    const channel = { id: `D${user.id}`, name: 'directmessage', directWith: user.id };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Why our bot cannot write to this person, as Slack's error; undefined when it can. */
  directRefusal(user: FakeUser): string | undefined {
    if (user.isBot === true) return 'cannot_dm_bot';
    if (user.deleted === true) return 'user_disabled';
    if (user.dmClosed === undefined || user.dmClosed === false) return undefined;
    return user.dmClosed === true ? 'user_not_found' : user.dmClosed;
  }

  /** A new trigger id. */
  trigger(from: { user: string; channel?: string; view?: string }): string {
    const id = `${this.stamp()}.${randomBytes(16).toString('hex')}`;
    this.triggers.set(id, { ...from, at: this.now(), used: false });
    return id;
  }

  /** The user as Slack describes it. */
  wireUser(user: FakeUser): JsonObject {
    const realName = user.realName ?? user.name;
    const zone = user.tz ?? 'Europe/Amsterdam';
    return compact({
      id: user.id,
      team_id: this.team.id,
      name: user.name,
      deleted: user.deleted ?? false,
      real_name: realName,
      tz: zone,
      tz_label: zone,
      tz_offset: 3600,
      profile: compact({
        real_name: realName,
        real_name_normalized: realName,
        display_name: user.name,
        display_name_normalized: user.name,
        email: user.email,
        team: this.team.id,
        bot_id: user.id === this.bot.userId ? this.bot.botId : undefined,
      }),
      is_admin: user.isAdmin ?? false,
      is_owner: false,
      is_primary_owner: false,
      is_restricted: user.isGuest ?? false,
      is_ultra_restricted: false,
      is_bot: user.isBot ?? false,
      is_app_user: false,
      updated: 1,
    });
  }

  /** The channel as Slack describes it. */
  wireChannel(channel: FakeChannel): JsonObject {
    const shared = { id: channel.id, created: 1, is_archived: channel.archived ?? false, is_org_shared: false };
    if (channel.directWith !== undefined) return { ...shared, is_im: true, user: channel.directWith, is_open: true, priority: 0 };
    return {
      ...shared,
      name: channel.name,
      name_normalized: channel.name,
      is_channel: channel.private !== true,
      is_group: false,
      is_im: false,
      is_mpim: false,
      is_private: channel.private ?? false,
      is_general: false,
      is_shared: false,
      is_ext_shared: false,
      is_member: channel.member ?? true,
      creator: this.bot.userId,
      context_team_id: this.team.id,
      topic: { value: channel.topic ?? '', creator: '', last_set: 0 },
      purpose: { value: channel.purpose ?? '', creator: '', last_set: 0 },
      num_members: this.membersOf(channel).length,
    };
  }
}
