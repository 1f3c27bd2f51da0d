/**
 * People and channels of Discord: found, named, and checked for whether we can speak there. Its answers are taken to be what its API
 * reference says they are.
 */
import {
  type APIChannel,
  type APIGuildChannel,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type APIUser,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import { type Asker, type Place, PlatformError, placeParts } from '../../src/chat/port.ts';
import { type Refusal, refuse } from '../../src/core/refusal.ts';
import { PERMISSIONS } from './cards.ts';
import { canTalkIn } from './commands.ts';
import { CODE, codeOf, tried } from './errors.ts';
import { askerOf, channelPlace, DISCORD, personPlace } from './intents.ts';

export interface Places {
  /** The bot's own user. */
  readonly bot: () => Promise<string>;
  /** The servers that the bot is in, or the one that it is set to. */
  readonly guilds: () => Promise<readonly string[]>;
  /** The channel to post in; that of a direct message is opened when needed. Throws `PlatformError`. */
  readonly channelId: (place: Place) => Promise<string>;
  /** The server of a channel, as addresses have it. Throws what Discord's client throws. */
  readonly guildOf: (place: Place, channel: string) => Promise<string>;
  readonly openDirect: (user: string) => Promise<Place>;
  readonly checkPlace: (place: Place) => Promise<Refusal | undefined>;
  readonly describe: (userOrHandle: string) => Promise<Asker | undefined>;
  readonly channel: (idOrName: string) => Promise<Place | undefined>;
}

/** How many members a search by handle looks through. */
const SEARCHED = 100;

export interface PlacesParts {
  readonly rest: REST;
  readonly guildId: string | undefined;
}

/** Makes the book of people and places. Every method throws `PlatformError`, and `checkPlace` refuses with the step to take instead. */
export function places({ rest, guildId }: PlacesParts): Places {
  const direct = new Map<string, string>();
  const guildsOf = new Map<string, string>();
  const standings = new Map<string, Promise<Pick<Standing, 'member' | 'roles'>>>();
  let known: { readonly bot: string; readonly guilds: readonly string[] } | undefined;

  /** Who we are, and in which servers. Asked once; a server that is joined later is found after the next start. */
  async function self() {
    if (known) return known;
    const me = (await rest.get(Routes.user())) as APIUser;
    const guilds =
      guildId === undefined ? ((await rest.get(Routes.userGuilds())) as { id: string }[]).map(({ id }) => id) : [guildId];
    known = { bot: me.id, guilds };
    return known;
  }

  async function directChannel(user: string): Promise<string> {
    const open = direct.get(user);
    if (open !== undefined) return open;
    if (!/^\d+$/u.test(user)) throw new PlatformError('refused', 'Discord has no such person');
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as { id: string };
    direct.set(user, id);
    return id;
  }

  async function channelId(place: Place): Promise<string> {
    const { platform, kind, id } = placeParts(place);
    if (platform !== DISCORD || (kind !== 'channel' && kind !== 'thread' && kind !== 'person'))
      throw new PlatformError('refused', `${place} is no place on Discord`);
    return kind === 'person' ? directChannel(id) : id;
  }

  async function guildOf(place: Place, channel: string): Promise<string> {
    if (placeParts(place).kind === 'person') return '@me';
    const known = guildId ?? guildsOf.get(channel);
    if (known !== undefined) return known;
    const found = (await rest.get(Routes.channel(channel))) as APIChannel;
    const guild = ('guild_id' in found && found.guild_id) || '@me';
    guildsOf.set(channel, guild);
    return guild;
  }

  async function checkChannel(id: string, threads: boolean): Promise<Refusal | undefined> {
    const shown = `<#${id}>`;
    let channel: APIChannel;
    try {
      channel = (await rest.get(Routes.channel(id))) as APIChannel;
    } catch (error) {
      const code = codeOf(error);
      if (code === CODE.missingAccess)
        return refuse('place-closed', { place: shown, why: 'I may not see the channel', step: steps([PERMISSIONS.ViewChannel]) });
      if (code === undefined || ![CODE.unknownChannel, CODE.invalidBody].some((known) => known === code)) throw error;
      return refuse('place-closed', {
        place: shown,
        why: 'Discord has no such channel',
        step: 'Name a channel of this server with #.',
      });
    }
    if (!('guild_id' in channel) || channel.guild_id === undefined || !canTalkIn(channel.type))
      return refuse('place-closed', {
        place: shown,
        why: 'it is no channel for text',
        step: 'Name a text channel of this server with #.',
      });
    if (threads && channel.type !== ChannelType.GuildText)
      return refuse('place-closed', {
        place: `#${channel.name ?? id}`,
        why: 'no thread can be made there',
        step: 'Name a text channel of this server with thread:#.',
      });
    const missing = await missingIn(channel as APIGuildChannel, channel.guild_id, threads);
    if (missing.length === 0) return undefined;
    return refuse('place-closed', {
      place: `#${channel.name ?? id}`,
      why: `I lack ${missing.join(', ')} there`,
      step: steps(missing),
    });
  }

  /** The permissions that we lack in a channel, by the names that Discord's settings have. */
  async function missingIn(channel: APIGuildChannel, guild: string, threads: boolean): Promise<readonly string[]> {
    const thread = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread].includes(channel.type);
    const { bot } = await self();
    const [{ member, roles }, ruling] = await Promise.all([
      standingIn(guild, bot),
      thread && 'parent_id' in channel && channel.parent_id
        ? (rest.get(Routes.channel(channel.parent_id)) as Promise<APIGuildChannel>)
        : channel,
    ]);
    const has = permissionsOf({ bot, guild, member, roles, overwrites: overwritesOf(ruling) });
    const send = thread || threads ? 'SendMessagesInThreads' : 'SendMessages';
    const make = threads ? (['CreatePublicThreads'] as const) : [];
    return (['ViewChannel', send, ...make, 'EmbedLinks', 'ReadMessageHistory'] as const)
      .filter((name) => (has & PermissionFlagsBits[name]) === 0n)
      .map((name) => PERMISSIONS[name]);
  }

  /** Our own roles in a server: read once for all channels that are checked at the same time, as Discord counts such calls. */
  function standingIn(guild: string, bot: string): Promise<Pick<Standing, 'member' | 'roles'>> {
    const running = standings.get(guild);
    if (running) return running;
    const reading = Promise.all([
      rest.get(Routes.guildMember(guild, bot)) as Promise<APIGuildMember>,
      rest.get(Routes.guildRoles(guild)) as Promise<APIRole[]>,
    ])
      .then(([member, roles]) => ({ member, roles }))
      .finally(() => standings.delete(guild));
    standings.set(guild, reading);
    return reading;
  }

  async function member(guild: string, user: string): Promise<Asker | undefined> {
    try {
      const found = (await rest.get(Routes.guildMember(guild, user))) as APIGuildMember;
      return askerOf(found.user, found.nick);
    } catch (error) {
      if (isUnknown(error)) return undefined;
      throw error;
    }
  }

  async function byId(user: string): Promise<Asker | undefined> {
    for (const guild of (await self()).guilds) {
      const found = await member(guild, user);
      if (found) return found;
    }
    try {
      return askerOf((await rest.get(Routes.user(user))) as APIUser);
    } catch (error) {
      if (isUnknown(error)) return undefined;
      throw error;
    }
  }

  async function byHandle(handle: string): Promise<Asker | undefined> {
    for (const guild of (await self()).guilds) {
      const query = new URLSearchParams({ query: handle, limit: String(SEARCHED) });
      const found = (await rest.get(Routes.guildMembersSearch(guild), { query })) as APIGuildMember[];
      // Only the whole handle counts: a beginning, or a nickname that anybody may take, would name the wrong person.
      const exact = found.find(({ user }) => user.username.toLowerCase() === handle);
      if (exact) return askerOf(exact.user, exact.nick);
    }
    return undefined;
  }

  return {
    bot: async () => (await self()).bot,
    guilds: async () => (await self()).guilds,
    channelId: (place) => tried(() => channelId(place)),
    guildOf,
    openDirect: (user) =>
      tried(async () => {
        await directChannel(user);
        return personPlace(user);
      }),
    checkPlace: async (place) => {
      const { kind, id } = placeParts(place);
      return tried(async () => {
        if (kind === 'channel' || kind === 'thread') return checkChannel(id, kind === 'thread');
        try {
          await channelId(place);
          return undefined;
        } catch (error) {
          if (codeOf(error) === undefined && !(error instanceof PlatformError)) throw error;
          return refuse('place-closed', {
            place: `<@${id}>`,
            why: 'Discord opens no direct message with them',
            step: 'Name a member of this server who accepts direct messages.',
          });
        }
      }).catch((error: unknown) => {
        if (!(error instanceof PlatformError)) throw error;
        const why = error.outcome === 'refused' ? error.message : 'Discord does not answer';
        return refuse('place-closed', {
          place: kind !== 'person' ? `<#${id}>` : `<@${id}>`,
          why,
          step: 'Try again in a minute.',
        });
      });
    },
    describe: (userOrHandle) =>
      tried(async () => {
        const said = userOrHandle
          .replace(/^<?@!?/u, '')
          .replace(/[|>].*$/u, '')
          .trim()
          .toLowerCase();
        if (said === '') return undefined;
        return (/^\d+$/u.test(said) ? await byId(said) : undefined) ?? byHandle(said);
      }),
    channel: (idOrName) =>
      tried(async () => {
        const said = idOrName.replace(/^<?#/u, '').replace(/>$/u, '').trim().toLowerCase();
        if (said === '') return undefined;
        const { guilds } = await self();
        if (/^\d+$/u.test(said)) {
          try {
            const found = (await rest.get(Routes.channel(said))) as APIChannel;
            return 'guild_id' in found && found.guild_id && guilds.includes(found.guild_id) ? channelPlace(found.id) : undefined;
          } catch (error) {
            // A channel that we may not see exists: naming it is answered with the step to take, by `checkPlace`.
            if (codeOf(error) === CODE.missingAccess) return channelPlace(said);
            if (!isUnknown(error)) throw error;
          }
        }
        for (const guild of guilds) {
          const all = (await rest.get(Routes.guildChannels(guild))) as APIGuildChannel[];
          const found = all.find((one) => canTalkIn(one.type) && one.name?.toLowerCase() === said);
          if (found) return channelPlace(found.id);
        }
        return undefined;
      }),
  };
}

const isUnknown = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === CODE.unknownUser || code === CODE.unknownMember || code === CODE.unknownChannel || code === CODE.invalidBody;
};

const steps = (missing: readonly string[]): string =>
  `Give Bellman ${missing.join(', ')} in the channel's settings under Permissions, then name it again.`;

const overwritesOf = (channel: APIGuildChannel): readonly APIOverwrite[] =>
  ('permission_overwrites' in channel ? channel.permission_overwrites : undefined) ?? [];

interface Standing {
  readonly bot: string;
  readonly guild: string;
  readonly member: Pick<APIGuildMember, 'roles'>;
  readonly roles: readonly Pick<APIRole, 'id' | 'permissions'>[];
  readonly overwrites: readonly APIOverwrite[];
}

const ALL = ~0n;

/** What a member may do in a channel, as Discord counts it: everyone's, the roles' together, then the channel's own settings. */
export function permissionsOf({ bot, guild, member, roles, overwrites }: Standing): bigint {
  const held = roles.filter(({ id }) => id === guild || member.roles.includes(id));
  let has = held.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((has & PermissionFlagsBits.Administrator) !== 0n) return ALL;
  const everyone = overwrites.filter(({ id }) => id === guild);
  const ofRoles = overwrites.filter(({ id, type }) => type === OverwriteType.Role && id !== guild && member.roles.includes(id));
  const own = overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === bot);
  for (const level of [everyone, ofRoles, own]) {
    const deny = level.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allow = level.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    has = (has & ~deny) | allow;
  }
  return has;
}
