/** Discord as a chat platform. Posting works in every process; listening only in the one that holds the lease. */
import { type APIMessage, REST, type RESTOptions, Routes, SnowflakeUtil } from 'discord.js';
import { overflowing } from '../../src/chat/overflow.ts';
import {
  type ChatPlatform,
  type Dispatch,
  type Log,
  type Names,
  PlatformError,
  type Post,
  type Posted,
  placeParts,
} from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { createChannel } from './channels.ts';
import { type CommandBody, commandBodies, menuBodies, sameCommands } from './commands.ts';
import { CODE, codeOf, impatient, platformError, tried } from './errors.ts';
import { type Gateway, gateway, type Lease } from './gateway.ts';
import { notGranted } from './granted.ts';
import { groups } from './groups.ts';
import { channelPlace, DISCORD } from './intents.ts';
import { attachments, drawn, request } from './pictures.ts';
import { places } from './places.ts';
import { isMarked, render } from './render.ts';
import { sender } from './send.ts';
import { talker } from './talk.ts';
import { inThread, messageAt, threads } from './threads.ts';
import { written } from './written.ts';

export interface DiscordParts {
  readonly token: string;
  readonly applicationId: string;
  /** The server in which commands are registered; without it they are registered for all servers and for direct messages. */
  readonly guildId?: string | undefined;
  /** Discord's REST API, if not the usual one; the gateway's address comes from it. */
  readonly apiUrl?: string | undefined;
  readonly registry: Registry;
  /** The lease on the gateway: `acquire` is called every few seconds and holds for 15. */
  readonly lease: Lease;
  /** How these persons are called on Discord: for cards that answer at once. */
  readonly names: (people: readonly string[]) => Promise<Names>;
  /** Keys of the audiences that there are: offered while somebody types one. */
  readonly audiences: () => Promise<readonly string[]>;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** How long an answer may take before Discord is told so, and how often the lease is looked at: milliseconds, for tests. */
  readonly patience?: number;
  readonly leaseEvery?: number;
  /** How long one request may take, in milliseconds. */
  readonly timeout?: number;
}

const PATIENCE_MS = 2000;
const LEASE_EVERY_MS = 5000;
const TIMEOUT_MS = 5000;
/** Discord holds 5 messages in 5 seconds a channel; over all channels its own client holds 50 requests a second. */
const A_CHANNEL = { perSecond: 1, burst: 5 } as const;
/** A page of history, and how many are read before we say that we cannot tell. */
const PAGE = 100;
const PAGES = 20;
/** How much earlier than asked history is read, in milliseconds: Discord's clock is not ours. */
const CLOCKS_MS = 60_000;
/** Discord's ids count milliseconds from 2015 on; earlier times have none. */
const FIRST_MOMENT = Date.UTC(2015, 0, 1) + 1;

/** Makes Discord. Nobody is answered before `start`. */
export function discord(parts: DiscordParts): ChatPlatform {
  const { token, applicationId, guildId, registry, log } = parts;
  const overflow = overflowing('Discord', log);
  const options: Partial<RESTOptions> = {
    version: '10',
    // A request is tried once: whether to try again is decided where deliveries are kept.
    retries: 0,
    timeout: parts.timeout ?? TIMEOUT_MS,
    ...(parts.apiUrl === undefined ? {} : { api: parts.apiUrl }),
  };
  const rest = new REST({ ...options, rejectOnRateLimit: () => true, makeRequest: impatient }).setToken(token);
  const patient = new REST(options).setToken(token);
  const where = places({ rest, guildId });
  const roles = groups(rest, where.guilds);
  const send = sender({ rest: patient, overflow, names: parts.names, log });
  let dispatch: Dispatch | undefined;
  const talk = talker({
    rest: patient,
    applicationId,
    registry,
    places: places({ rest: patient, guildId }),
    send,
    overflow,
    log,
    dispatch: () => dispatch,
    audiences: parts.audiences,
    patience: parts.patience ?? PATIENCE_MS,
  });
  let listening: Gateway | undefined;
  let registered = false;

  /** Registers the commands where they differ from those that stand. */
  async function register(): Promise<void> {
    if (registered) return;
    const everywhere = guildId === undefined;
    const wanted: CommandBody[] = [...commandBodies(registry, everywhere), ...menuBodies(registry, everywhere)];
    const route =
      guildId === undefined ? Routes.applicationCommands(applicationId) : Routes.applicationGuildCommands(applicationId, guildId);
    const standing = (await patient.get(route)) as CommandBody[];
    if (!sameCommands(standing, wanted)) {
      await patient.put(route, { body: wanted });
      log.info({ commands: wanted.length }, 'Discord: the commands were registered');
    }
    registered = true;
  }

  const threaded = threads({
    rest,
    bot: where.bot,
    guildOf: (channel) => where.guildOf(channelPlace(channel), channel),
  });
  const attached = attachments();
  const bodyOf = async ({ card, delivery }: Post, names: Names) =>
    render(card, { names, overflow, delivery, drawn: await drawn(card, log) });

  async function history(channel: string, since: Date): Promise<readonly APIMessage[]> {
    const found: APIMessage[] = [];
    let after = SnowflakeUtil.generate({
      timestamp: Math.max(since.getTime() - CLOCKS_MS, FIRST_MOMENT),
      increment: 0n,
    }).toString();
    for (let page = 1; page <= PAGES; page += 1) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const messages = ((await rest.get(Routes.channelMessages(channel), { query })) as APIMessage[]).toReversed();
      found.push(...messages);
      after = messages.at(-1)?.id ?? after;
      if (messages.length < PAGE) return found;
    }
    throw new PlatformError('unknown', 'More was said in the channel since then than Bellman reads');
  }

  return {
    platform: DISCORD,
    canLook: true,
    sectionsAtOnce: 1,
    rate: (method, place) => ({ key: method === 'post' ? place : `${place}/${method}`, ...A_CHANNEL }),
    async start(given) {
      dispatch = given;
      try {
        await register();
      } catch (error) {
        const wrong = wrongSetting(error, guildId);
        if (wrong) throw new Error(wrong);
        log.warn({ reason: platformError(error).message }, 'Discord: the commands could not be registered yet');
      }
      listening = gateway({
        token,
        rest: options,
        lease: parts.lease,
        log,
        every: parts.leaseEvery ?? LEASE_EVERY_MS,
        onInteraction: talk.interaction,
        onMessage: talk.message,
        onMark: talk.mark,
        onHeld: register,
      });
      await listening.start();
    },
    async stop() {
      await listening?.stop();
      dispatch = undefined;
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
      patient.clearHashSweeper();
      patient.clearHandlerSweeper();
    },
    post: (place, post, names): Promise<Posted> =>
      tried(async () => {
        const channel = await where.channelId(place);
        const { body, ...more } = request(await bodyOf(post, names));
        const say = async (id: string) => {
          const content = { body: { ...body, nonce: post.delivery, enforce_nonce: true }, ...more };
          const posted = (await rest.post(Routes.channelMessages(id), content)) as APIMessage;
          attached.note(posted);
          return posted.id;
        };
        if (placeParts(place).kind !== 'thread') return { externalId: await say(channel) };
        return threaded.within(channel, post.record, async (id) => ({ externalId: inThread(id, await say(id)) }));
      }),
    edit: (place, externalId, post, names) =>
      tried(async () => {
        const { channel, message } = messageAt(externalId, await where.channelId(place));
        const wanted = attached.edit(message, await bodyOf(post, names));
        attached.note((await rest.patch(Routes.channelMessage(channel, message), wanted)) as APIMessage);
      }),
    find: (place, delivery, since) =>
      tried(async () => {
        const channel = await where.channelId(place);
        const bot = await where.bot();
        const isOurs = ({ author, components }: APIMessage) => author.id === bot && isMarked(components, delivery);
        if (placeParts(place).kind === 'thread') {
          const found: Posted[] = [];
          for (const thread of await threaded.since(channel, since))
            for (const message of (await history(thread, since)).filter(isOurs))
              found.push({ externalId: inThread(thread, message.id) });
          return found;
        }
        const messages = await history(channel, since);
        // Discord shows an empty history, and no error, to a bot that may not read it.
        if (messages.length === 0 && placeParts(place).kind === 'channel' && (await where.checkPlace(place)))
          throw new PlatformError('refused', 'Bellman may not read the history of this Discord channel');
        return messages.filter(isOurs).map(({ id }) => ({ externalId: id }));
      }),
    remove: (place, externalId) =>
      tried(async () => {
        const { channel, message } = messageAt(externalId, await where.channelId(place));
        try {
          await rest.delete(Routes.channelMessage(channel, message));
        } catch (error) {
          if (codeOf(error) !== CODE.unknownMessage) throw error;
        }
      }),
    written: (place, message) => tried(async () => written(rest, await where.channelId(place), message)),
    permalink: (place, externalId) =>
      tried(async () => {
        const own = await where.channelId(place);
        const { channel, message } = messageAt(externalId, own);
        return `https://discord.com/channels/${await where.guildOf(place, own)}/${channel}/${message}`;
      }),
    openForm: (address, form, names) => tried(() => talk.openForm(address, form, names)),
    replyPrivately: (address, card, names) => tried(() => talk.replyPrivately(address, card, names)),
    openDirect: where.openDirect,
    checkPlace: where.checkPlace,
    // What Discord grants per channel `checkPlace` tells; who is in a server is the whole installation's.
    lacks: () => tried(() => notGranted(rest)),
    describe: where.describe,
    createChannel: (name, how) => createChannel(rest, where, name, how),
    channel: where.channel,
    group: roles.group,
    members: roles.members,
  };
}

/** The setting that Discord's answer says is wrong; undefined where it says nothing about one. */
function wrongSetting(error: unknown, guildId: string | undefined): string | undefined {
  const code = codeOf(error);
  if (code === 0 || (error instanceof Error && 'status' in error && error.status === 401))
    return 'DISCORD_TOKEN is not right: Discord does not accept it';
  if (code === CODE.unknownApplication) return 'DISCORD_APPLICATION_ID is not right: Discord knows no such application';
  if (code === CODE.missingAccess || code === CODE.unknownGuild)
    return guildId === undefined
      ? 'DISCORD_APPLICATION_ID is not right: it is not the application of DISCORD_TOKEN'
      : 'DISCORD_GUILD_ID or DISCORD_APPLICATION_ID is not right: Bellman is not in that server, or was invited without applications.commands';
  return undefined;
}
