import { announceChannel } from '../rest/channels.ts';
import type { FakeChannel, FakeRole, FakeUser } from '../world/model.ts';
import { memberJson, roleJson } from '../world/wire.ts';
import { intent, privilegedIntents, type World } from '../world/world.ts';

/** A person by object, id or name. */
export type UserRef = FakeUser | string;
/** A channel by object, id or name. */
export type ChannelRef = FakeChannel | string;

/** A person to be added. */
interface NewUser {
  readonly id?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly isBot?: boolean;
  readonly isMember?: boolean;
  readonly dmClosed?: boolean;
  readonly roles?: readonly string[];
  readonly permissions?: bigint;
}

/** A channel to be added. */
interface NewChannel {
  readonly id?: string;
  readonly name: string;
  readonly type?: number;
  readonly botCanRead?: boolean;
  readonly botCanReadHistory?: boolean;
  readonly botCanSend?: boolean;
}

/** The people, roles and channels of the guild, and what the bot may do there. */
export class Setting {
  protected readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Adds a person (or another bot), a member of the guild unless said otherwise. */
  addUser(user: NewUser): FakeUser {
    const id = user.id ?? this.world.ids.next();
    const made: FakeUser = {
      id,
      name: user.name,
      displayName: user.displayName ?? user.name,
      isBot: user.isBot ?? false,
      isMember: user.isMember ?? true,
      dmClosed: user.dmClosed ?? false,
      roles: [...(user.roles ?? [])],
      permissions: user.permissions ?? 0n,
    };
    this.world.users.set(id, made);
    if (made.isMember) {
      const data = { ...memberJson(made), guild_id: this.world.options.guildId };
      this.world.emit({ name: 'GUILD_MEMBER_ADD', data, intent: intent.members });
    }
    return made;
  }

  /** Gives a person these roles in place of those they had. */
  setRoles(user: UserRef, roles: readonly string[]): void {
    const who = this.world.user(user);
    who.roles = [...roles];
    const data = { ...memberJson(who), guild_id: this.world.options.guildId };
    this.world.emit({ name: 'GUILD_MEMBER_UPDATE', data, intent: intent.members });
  }

  /** Adds a role. */
  addRole(role: { readonly id?: string; readonly name: string; readonly permissions?: bigint }): FakeRole {
    const id = role.id ?? this.world.ids.next();
    const made = { id, name: role.name, permissions: role.permissions ?? 0n, mentionable: true };
    this.world.roles.set(id, made);
    const data = { guild_id: this.world.options.guildId, role: roleJson(made) };
    this.world.emit({ name: 'GUILD_ROLE_CREATE', data, intent: intent.guilds });
    return made;
  }

  /** Adds a channel. */
  addChannel(channel: NewChannel): FakeChannel {
    const made = this.world.addChannel({ ...channel, id: channel.id ?? this.world.ids.next() });
    announceChannel(this.world, made, 'CREATE');
    return made;
  }

  /** Changes what the bot may do in a channel. */
  setChannel(channel: ChannelRef, rights: Pick<NewChannel, 'botCanRead' | 'botCanReadHistory' | 'botCanSend'>): void {
    const changed = this.world.channel(channel);
    Object.assign(changed, rights);
    announceChannel(this.world, changed, 'UPDATE');
  }

  /** Deletes a channel. */
  removeChannel(channel: ChannelRef): void {
    const gone = this.world.channel(channel);
    gone.deleted = true;
    announceChannel(this.world, gone, 'DELETE');
  }

  /** A channel by id or name, one that the bot made too. */
  channel(channel: ChannelRef): FakeChannel {
    return this.world.channel(channel);
  }

  /** Takes privileged intents from the application, or gives them back: identify is then closed with 4014. */
  allowIntents(allowed: { readonly members?: boolean; readonly content?: boolean }): void {
    const members = (allowed.members ?? true) ? intent.members : 0;
    const content = (allowed.content ?? true) ? intent.content : 0;
    this.world.allowedIntents = (privilegedIntents & ~intent.members & ~intent.content) | members | content;
  }
}
