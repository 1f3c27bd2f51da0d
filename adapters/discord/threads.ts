/**
 * The thread of a record in a channel: one of ours that is named after the record. It is found by its name before one is made, so that
 * after a crash, or from another process, there is never a second one.
 */
import { type APIThreadChannel, ChannelType, type REST, Routes, ThreadAutoArchiveDuration } from 'discord.js';

import { CODE, codeOf } from './errors.ts';

export interface ThreadsParts {
  readonly rest: REST;
  /** The bot's own user. */
  readonly bot: () => Promise<string>;
  readonly guildOf: (channel: string) => Promise<string>;
}

export interface Threads {
  /** The record's thread in the channel; made where there is none. */
  readonly of: (channel: string, record: string) => Promise<string>;
  /** Does something in the record's thread: where it was archived it is opened again, where it was deleted another one is made. */
  readonly within: <T>(channel: string, record: string, work: (thread: string) => Promise<T>) => Promise<T>;
  /** Our threads in the channel in which something was said since; archived ones are among them. */
  readonly since: (channel: string, since: Date) => Promise<readonly string[]>;
}

interface Listed {
  readonly threads: readonly APIThreadChannel[];
}

/** Older ones than a page of those that were archived last are not ours any more: nobody is told there. */
const PAGE = 100;
/** How much earlier than asked threads are looked through, in milliseconds: Discord's clock is not ours. */
const CLOCKS_MS = 60_000;
const DISCORD_EPOCH = 1_420_070_400_000;

const saidAt = (id: string): number => Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
const byAge = (a: APIThreadChannel, b: APIThreadChannel): number => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);

/** Makes the book of threads. Its methods throw what Discord's client throws. */
export function threads({ rest, bot, guildOf }: ThreadsParts): Threads {
  const known = new Map<string, string>();

  async function ours(channel: string): Promise<readonly APIThreadChannel[]> {
    const [guild, me] = await Promise.all([guildOf(channel), bot()]);
    const query = new URLSearchParams({ limit: String(PAGE) });
    const [active, archived] = await Promise.all([
      rest.get(Routes.guildActiveThreads(guild)) as Promise<Listed>,
      rest.get(Routes.channelThreads(channel, 'public'), { query }) as Promise<Listed>,
    ]);
    return [...active.threads, ...archived.threads].filter((one) => one.parent_id === channel && one.owner_id === me).sort(byAge);
  }

  async function of(channel: string, record: string): Promise<string> {
    const key = `${channel} ${record}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const found = (await ours(channel)).find(({ name }) => name === record);
    const { id } = found ?? (await make(channel, record));
    known.set(key, id);
    return id;
  }

  const make = async (channel: string, name: string): Promise<APIThreadChannel> =>
    (await rest.post(Routes.threads(channel), {
      body: { name, type: ChannelType.PublicThread, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek },
    })) as APIThreadChannel;

  return {
    of,
    async within(channel, record, work) {
      const thread = await of(channel, record);
      try {
        return await work(thread);
      } catch (error) {
        const code = codeOf(error);
        if (code !== CODE.threadArchived && code !== CODE.unknownChannel) throw error;
        if (code === CODE.threadArchived) await rest.patch(Routes.channel(thread), { body: { archived: false } });
        else known.delete(`${channel} ${record}`);
        return work(await of(channel, record));
      }
    },
    async since(channel, since) {
      const from = since.getTime() - CLOCKS_MS;
      const spoken = (await ours(channel)).filter((one) => saidAt(one.last_message_id ?? one.id) >= from);
      return spoken.map(({ id }) => id);
    },
  };
}

/** What names a message of a thread: the thread and the message. */
export const inThread = (thread: string, message: string): string => `${thread}/${message}`;

/** The channel and the message that are named so; `channel` where it is no message of a thread. */
export function messageAt(externalId: string, channel: string): { readonly channel: string; readonly message: string } {
  const [thread, message] = externalId.split('/');
  return thread !== undefined && message !== undefined ? { channel: thread, message } : { channel, message: externalId };
}
