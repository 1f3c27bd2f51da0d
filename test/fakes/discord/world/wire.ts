import type { Fields } from './json.ts';
import { channelKind, type FakeChannel, type FakeMessage, type FakeRole, type FakeUser } from './model.ts';
import { botPermissions, deniedToBot, everyonePermissions } from './permissions.ts';
import { isThread, type World } from './world.ts';

const JOINED_AT = '2024-01-01T00:00:00.000000+00:00';

/** A user as the API shows it. */
export function userJson(user: FakeUser): Fields {
  return {
    id: user.id,
    username: user.name,
    global_name: user.isBot ? null : user.displayName,
    discriminator: '0',
    avatar: null,
    bot: user.isBot,
    public_flags: 0,
  };
}

/** A member of the guild as the API shows it. */
export function memberJson(user: FakeUser): Fields {
  return {
    user: userJson(user),
    nick: null,
    avatar: null,
    roles: [...user.roles],
    joined_at: JOINED_AT,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}

/** A member as an interaction shows it, with their permissions. */
export function actingMemberJson(user: FakeUser): Fields {
  return { ...memberJson(user), permissions: (everyonePermissions | user.permissions).toString() };
}

/** A role as the API shows it. */
export function roleJson(role: FakeRole): Fields {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: role.permissions.toString(),
    managed: false,
    mentionable: role.mentionable,
    flags: 0,
  };
}

/** A channel, thread or direct conversation as the API shows it. */
export function channelJson(world: World, channel: FakeChannel): Fields {
  const last = channel.messages.at(-1)?.id ?? null;
  if (channel.type === channelKind.direct) {
    const recipient = channel.recipientId ? world.users.get(channel.recipientId) : undefined;
    return { id: channel.id, type: channel.type, last_message_id: last, recipients: recipient ? [userJson(recipient)] : [] };
  }
  const shared = {
    id: channel.id,
    type: channel.type,
    guild_id: world.options.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    last_message_id: last,
    rate_limit_per_user: 0,
  };
  if (isThread(channel)) {
    return {
      ...shared,
      owner_id: channel.ownerId,
      message_count: channel.messages.length,
      member_count: channel.threadMembers.size,
      total_message_sent: channel.messages.length,
      thread_metadata: {
        archived: channel.archived,
        auto_archive_duration: 1440,
        archive_timestamp: JOINED_AT,
        locked: channel.locked,
        create_timestamp: JOINED_AT,
      },
    };
  }
  const denied = deniedToBot(channel);
  return {
    ...shared,
    topic: channel.topic,
    nsfw: false,
    position: 0,
    permission_overwrites: [
      ...channel.overwrites,
      ...(denied === 0n ? [] : [{ id: world.bot.id, type: 1, allow: '0', deny: denied.toString() }]),
    ],
  };
}

/** The guild as the API shows it. */
export function guildJson(world: World): Fields {
  const { guildId, guildName } = world.options;
  return {
    id: guildId,
    name: guildName,
    icon: null,
    splash: null,
    banner: null,
    description: null,
    owner_id: [...world.users.values()].find((user) => !user.isBot)?.id ?? world.bot.id,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: [...world.roles.values()].map(roleJson),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    nsfw_level: 0,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    application_id: null,
    max_members: 500_000,
  };
}

/** The guild as the gateway sends it after login, with channels and members. */
export function guildCreateJson(world: World, withMembers: boolean): Fields {
  const channels = [...world.channels.values()].filter((each) => each.type !== channelKind.direct && !each.deleted);
  const members = membersOf(world);
  return {
    ...guildJson(world),
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: members.length,
    voice_states: [],
    members: (withMembers ? members : [world.bot]).map(memberJson),
    channels: channels.filter((each) => !isThread(each)).map((each) => channelJson(world, each)),
    threads: channels.filter((each) => isThread(each) && !each.archived).map((each) => channelJson(world, each)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The members of the guild, the bot among them. */
export function membersOf(world: World): FakeUser[] {
  return [...world.users.values()].filter((user) => user.isMember);
}

/** The role that an application gets with its bot. */
export function botRole(id: string, name: string): FakeRole {
  return { id, name, permissions: botPermissions, mentionable: false };
}

/** How a message is shown to whom asks. */
interface MessageView {
  /** The answer to a send and its event carry the nonce; history does not. */
  readonly nonce?: boolean;
  /** Without the intent for message content, what others wrote is blank. */
  readonly hideContent?: boolean;
}

/** A message as the API shows it. */
export function messageJson(world: World, message: FakeMessage, view: MessageView = {}): Fields {
  const author = world.users.get(message.authorId) ?? world.bot;
  const blank = view.hideContent === true && author !== world.bot && !message.pings.users.includes(world.bot.id);
  const quoted = message.replyTo ? world.message(message.replyTo) : undefined;
  const users = message.pings.users.flatMap((id) => world.users.get(id) ?? []);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userJson(author),
    content: blank ? '' : message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: message.pings.everyone,
    mentions: users.map(userJson),
    mention_roles: [...message.pings.roles],
    embeds: blank ? [] : message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: blank ? [] : message.components,
    attachments: blank
      ? []
      : message.attachments.map((file) => ({
          id: file.id,
          filename: file.filename,
          description: file.description,
          content_type: file.contentType,
          size: file.bytes.length,
          url: file.url,
          proxy_url: file.url,
        })),
    pinned: message.pinned,
    flags: message.flags,
    ...(view.nonce && message.nonce !== null ? { nonce: message.nonce } : {}),
    ...(message.replyTo ? { message_reference: { message_id: message.replyTo, channel_id: message.channelId, type: 0 } } : {}),
    ...(quoted && !quoted.deleted ? { referenced_message: messageJson(world, { ...quoted, replyTo: null }, view) } : {}),
    ...(message.interaction ? interactionFields(world, message.interaction) : {}),
  };
}

function interactionFields(world: World, origin: NonNullable<FakeMessage['interaction']>): Fields {
  const user = world.users.get(origin.userId) ?? world.bot;
  return {
    application_id: world.options.applicationId,
    webhook_id: world.options.applicationId,
    interaction_metadata: {
      id: origin.id,
      type: origin.type,
      user: userJson(user),
      authorizing_integration_owners: { 0: world.options.guildId },
    },
  };
}
