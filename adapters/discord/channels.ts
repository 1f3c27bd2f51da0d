/** Text channels that Bellman makes itself: a repeat finds by its name and topic what was made before. */
import { type APIGuildChannel, ChannelType, OverwriteType, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { type Place, PlatformError } from '../../src/chat/port.ts';
import { codeOf, tried } from './errors.ts';
import { channelPlace } from './intents.ts';
import type { Places } from './places.ts';

/** Discord's code for a permission that we lack, and for an overwrite about somebody who is not in the server. */
const MISSING_PERMISSIONS = 50013;
const TOPIC = 'Made by Bellman';
const MAY = (
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory
).toString();
const OWN = (
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.EmbedLinks
).toString();

type TextChannel = APIGuildChannel & { readonly topic?: string | null };

const isUser = (id: string): boolean => /^\d+$/u.test(id);

/** Makes, or finds, the channel of this name in the first server. A private one is seen by Bellman and these users only. Throws `PlatformError`. */
export const createChannel = (
  rest: REST,
  where: Pick<Places, 'bot' | 'guilds'>,
  name: string,
  { private: hidden, people }: { readonly private: boolean; readonly people: readonly string[] },
): Promise<Place> =>
  tried(async () => {
    const [guild] = await where.guilds();
    if (guild === undefined) throw new PlatformError('refused', 'Bellman is in no Discord server: invite it first');
    const bot = await where.bot();
    const users = people.filter(isUser);
    const all = (await rest.get(Routes.guildChannels(guild))) as TextChannel[];
    const before = all.find((one) => one.type === ChannelType.GuildText && one.name === name && one.topic === TOPIC);
    if (before) {
      if (hidden) for (const user of users) await letIn(rest, before.id, user);
      return channelPlace(before.id);
    }
    const overwrites = [
      { id: guild, type: OverwriteType.Role, deny: PermissionFlagsBits.ViewChannel.toString(), allow: '0' },
      { id: bot, type: OverwriteType.Member, allow: OWN, deny: '0' },
      ...users.map((id) => ({ id, type: OverwriteType.Member, allow: MAY, deny: '0' })),
    ];
    try {
      const made = (await rest.post(Routes.guildChannels(guild), {
        body: { name, type: ChannelType.GuildText, topic: TOPIC, ...(hidden ? { permission_overwrites: overwrites } : {}) },
      })) as TextChannel;
      return channelPlace(made.id);
    } catch (error) {
      if (codeOf(error) !== MISSING_PERMISSIONS) throw error;
      throw new PlatformError(
        'refused',
        'Bellman may not make channels in this server: give its role Manage Channels and Manage Roles',
      );
    }
  });

async function letIn(rest: REST, channel: string, user: string): Promise<void> {
  await rest.put(Routes.channelPermission(channel, user), { body: { type: OverwriteType.Member, allow: MAY, deny: '0' } });
}
