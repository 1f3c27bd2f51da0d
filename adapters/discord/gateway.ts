/** The gateway: one process at a time listens to Discord, the one that holds the lease. Others stand by. */
import { setTimeout as later } from 'node:timers/promises';
import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteDispatchData,
  type GatewayMessageReactionAddDispatchData,
  type GatewayMessageUpdateDispatchData,
  Options,
  type RESTOptions,
  Status,
} from 'discord.js';
import type { Intent, Log } from '../../src/chat/port.ts';
import { fromDeletion, fromReaction, fromUpdate } from './marks.ts';

/** The lease on the gateway; it ends by itself after 15 seconds. */
export interface Lease {
  /** Takes or renews it; false while another process holds it. */
  readonly acquire: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

export interface GatewayParts {
  readonly token: string;
  readonly rest: Partial<RESTOptions>;
  readonly lease: Lease;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds between two looks at the lease. */
  readonly every: number;
  readonly onInteraction: (interaction: APIInteraction) => Promise<void>;
  readonly onMessage: (message: GatewayMessageCreateDispatchData, bot: string) => Promise<void>;
  /** Something was done to a message. */
  readonly onMark: (intent: Extract<Intent, { kind: 'marked' }>) => Promise<void>;
  /** Runs whenever this process has become the one that listens. */
  readonly onHeld: () => Promise<void>;
}

export interface Gateway {
  start(): Promise<void>;
  /** Stops listening, lets what is being answered finish, and gives the lease back. */
  stop(): Promise<void>;
}

/** How long the lease is trusted without a word from its keeper, in milliseconds: less than it lasts. */
const TRUSTED_MS = 10_000;
/** How long the lease's keeper may take to answer, in milliseconds. */
const ASKING_MS = 4000;
/** How long a connection that Discord refused for good is left alone, in milliseconds. */
const REFUSED_MS = 60_000;
/** How long a connection that is just being made is waited for before it is ended, and how long its ending may take, in milliseconds. */
const ENDING_MS = 3000;

/** Makes the gateway. It listens while this process holds the lease, and comes back by itself; `start` resolves after the first look. */
export function gateway(parts: GatewayParts): Gateway {
  const { lease, log, every } = parts;
  const working = new Set<Promise<void>>();
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let heldAt = 0;
  let notBefore = 0;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const asked = Date.now();
    const silence = later(ASKING_MS, undefined, { ref: false });
    const held = await Promise.race([lease.acquire(), silence]).catch((error: unknown) => {
      log.warn({ error }, 'Discord: the lease on the gateway could not be renewed');
      return undefined;
    });
    if (stopped) return;
    if (held === true) heldAt = asked;
    const mine = held ?? Date.now() - heldAt < TRUSTED_MS;
    if (!mine) await leave();
    else if (held && !client && Date.now() >= notBefore) join();
  }

  function join(): void {
    const joined = new Client({
      // Messages that mention the bot, and direct ones, come with their content without a privileged intent.
      intents: [
        GatewayIntentBits.Guilds,
        GatewayIntentBits.GuildMessages,
        GatewayIntentBits.GuildMessageReactions,
        GatewayIntentBits.DirectMessages,
      ],
      rest: parts.rest,
      // Everything is read from the event itself or from Postgres.
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        PresenceManager: 0,
        ThreadMemberManager: 0,
      }),
    });
    client = joined;
    joined.ws.on(GatewayDispatchEvents.InteractionCreate, (raw: APIInteraction) => {
      if (client === joined) work('an interaction', parts.onInteraction(raw));
    });
    joined.ws.on(GatewayDispatchEvents.MessageCreate, (raw: GatewayMessageCreateDispatchData) => {
      if (client === joined && joined.user) work('a message', parts.onMessage(raw, joined.user.id));
    });
    const mark = (intent: Extract<Intent, { kind: 'marked' }> | undefined) => {
      if (client === joined && intent) work('a mark', parts.onMark(intent));
    };
    joined.ws.on(GatewayDispatchEvents.MessageReactionAdd, (raw: GatewayMessageReactionAddDispatchData) =>
      mark(fromReaction(raw)),
    );
    joined.ws.on(GatewayDispatchEvents.MessageUpdate, (raw: GatewayMessageUpdateDispatchData) => fromUpdate(raw).forEach(mark));
    joined.ws.on(GatewayDispatchEvents.MessageDelete, (raw: GatewayMessageDeleteDispatchData) => {
      if (joined.user) mark(fromDeletion(raw, joined.user.id));
    });
    joined.on(Events.Error, (error) => log.warn({ error }, 'Discord: the gateway had an error'));
    joined.on(Events.ShardError, (error) => log.warn({ reason: error.message }, 'Discord: the connection had an error'));
    joined.on(Events.ShardDisconnect, ({ code }) => lost(joined, { code }));
    joined.on(Events.Invalidated, () => lost(joined, { reason: 'the session was invalidated' }));
    joined.once(Events.ClientReady, () => log.info({ bot: joined.user?.username }, 'Discord: this process listens'));
    joined.login(parts.token).catch((error: unknown) => lost(joined, { error }, isAboutToken(error) ? REFUSED_MS : 0));
    work('the registration of commands', parts.onHeld());
  }

  /** Discord will not have this connection any more; another is tried later. */
  function lost(gone: Client, facts: object, wait = REFUSED_MS): void {
    if (client !== gone) return;
    log.warn(facts, 'Discord: this process cannot listen; it tries again');
    client = undefined;
    notBefore = Date.now() + wait;
    work('the end of a connection', ended(gone));
  }

  async function leave(): Promise<void> {
    const gone = client;
    if (!gone) return;
    client = undefined;
    log.info({}, 'Discord: another process listens now');
    await ended(gone);
  }

  function work(what: string, doing: Promise<void>): void {
    const done = doing
      .catch((error: unknown) => log.warn({ error }, `Discord: ${what} could not be answered`))
      .finally(() => working.delete(done));
    working.add(done);
  }

  function next(): void {
    if (!stopped) timer = setTimeout(again, every);
  }

  function again(): void {
    looking = look().finally(next);
  }

  return {
    async start() {
      stopped = false;
      again();
      await looking;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      const gone = client;
      client = undefined;
      await Promise.all([...working, gone && ended(gone)]);
      await lease.release().catch((error: unknown) => log.warn({ error }, 'Discord: the lease could not be given back'));
    },
  };
}

/**
 * Ends a connection. discord.js takes a connection that is ended while it is being made for a failed one: the ending never ends, and
 * another connection is made. So one that is being made is waited for first.
 */
async function ended(gone: Client): Promise<void> {
  const limit = Date.now() + ENDING_MS;
  while (isConnecting(gone) && Date.now() < limit) await later(20);
  await Promise.race([gone.destroy().catch(() => undefined), later(ENDING_MS, undefined, { ref: false })]);
}

const SETTLED: readonly Status[] = [Status.Ready, Status.WaitingForGuilds, Status.Nearly, Status.Disconnected];

const isConnecting = ({ ws, token }: Client): boolean =>
  token !== null && (ws.shards.size === 0 || ws.shards.some(({ status }) => !SETTLED.includes(status)));

const isAboutToken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
