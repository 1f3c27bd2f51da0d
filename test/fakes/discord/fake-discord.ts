import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Gateway } from './gateway/gateway.ts';
import { isLoading } from './people/interaction.ts';
import { People } from './people/people.ts';
import type { ChannelRef, UserRef } from './people/setting.ts';
import { applicationRoutes } from './rest/application.ts';
import { channelRoutes } from './rest/channels.ts';
import { type Fault, type FaultDetails, Faults, type OrderedFault } from './rest/faults.ts';
import { interactionRoutes } from './rest/interactions.ts';
import { messageRoutes } from './rest/messages.ts';
import { type Rate, Rates } from './rest/rates.ts';
import { matchRoute } from './rest/router.ts';
import { makeServer } from './rest/server.ts';
import { realNow } from './world/clock.ts';
import type { Call, FakeChannel, FakeMessage } from './world/model.ts';
import { channelKind } from './world/model.ts';
import { textOf } from './world/reading.ts';
import { botRole } from './world/wire.ts';
import { type RegisteredCommand, World } from './world/world.ts';

export type { FakeModal } from './people/forms.ts';
export type { FakeInteraction } from './people/interaction.ts';
export type { Call, FakeChannel, FakeMessage } from './world/model.ts';
export { buttonsOf, picturesOf, textOf } from './world/reading.ts';

/** How to start a fake Discord. Everything has a default. */
export interface FakeDiscordOptions {
  readonly token?: string;
  readonly applicationId?: string;
  readonly guildId?: string;
  readonly guildName?: string;
  readonly botName?: string;
  /** Time for ids, timestamps and the window of nonces; deadlines and waits keep the real clock. */
  readonly now?: () => number;
  /** How long a nonce is remembered for `enforce_nonce`. */
  readonly nonceWindowMs?: number;
  /** How long the app has for its first answer; 3 seconds on Discord. */
  readonly interactionDeadlineMs?: number;
  /** How long the app can follow up; 15 minutes on Discord. */
  readonly interactionTokenMs?: number;
  readonly heartbeatMs?: number;
}

/** What a message must be: contain this text, match this pattern, or pass this test. */
type Matcher = string | RegExp | ((message: FakeMessage) => boolean);

/** A running fake Discord: what people do, what the bot said, and the troubles that can be ordered. */
export class FakeDiscord extends People {
  readonly gateway: Gateway;
  private readonly server: ReturnType<typeof makeServer>;
  private readonly faults: Faults;
  private readonly rates = new Rates();

  /** Use `startFakeDiscord`. */
  constructor(options: FakeDiscordOptions) {
    const world = new World({
      token: options.token ?? 'fake-discord-token',
      applicationId: options.applicationId ?? '1000',
      guildId: options.guildId ?? '9000',
      guildName: options.guildName ?? 'Test guild',
      botName: options.botName ?? 'bellman',
      now: options.now ?? realNow,
      nonceWindowMs: options.nonceWindowMs ?? 120_000,
      interactionDeadlineMs: options.interactionDeadlineMs ?? 3000,
      interactionTokenMs: options.interactionTokenMs ?? 15 * 60_000,
    });
    super(world);
    this.faults = new Faults(world);
    const routes = [...applicationRoutes, ...channelRoutes, ...messageRoutes, ...interactionRoutes];
    this.server = makeServer({ world, routes, faults: this.faults, rates: this.rates });
    this.gateway = new Gateway(world, this.server, options.heartbeatMs ?? 41_250);
    const role = botRole(world.ids.next(), world.bot.name);
    world.roles.set(role.id, role);
    world.bot.roles.push(role.id);
  }

  /** Starts to listen on a free port of 127.0.0.1. */
  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const { port } = this.server.address() as AddressInfo;
    this.world.origin = `http://127.0.0.1:${port}`;
  }

  /** The address for discord.js: `new Client({ rest: { api: discord.apiUrl } })`. */
  get apiUrl(): string {
    return `${this.world.origin}/api`;
  }

  /** The bot's token. */
  get token(): string {
    return this.world.options.token;
  }

  /** The application's id, which is the bot's too. */
  get applicationId(): string {
    return this.world.options.applicationId;
  }

  /** The guild's id. */
  get guildId(): string {
    return this.world.options.guildId;
  }

  /** Every request so far, oldest first. */
  get calls(): readonly Call[] {
    return this.world.calls;
  }

  /** What was said in a channel, oldest first; deleted messages are there and say so, private ones are not. */
  messages(channel: ChannelRef): readonly FakeMessage[] {
    return this.world.channel(channel).messages.filter((message) => !isLoading(message));
  }

  /** What the bot and a person said to each other directly. */
  directMessages(user: UserRef): readonly FakeMessage[] {
    const who = this.world.user(user);
    return [...this.world.channels.values()]
      .filter((channel) => channel.type === channelKind.direct && channel.recipientId === who.id)
      .flatMap((channel) => this.messages(channel));
  }

  /** What only this person was shown. */
  ephemerals(user: UserRef): readonly FakeMessage[] {
    const who = this.world.user(user);
    return this.world.ephemerals.filter((message) => message.ephemeralFor === who.id && !isLoading(message));
  }

  /** The threads under a channel. */
  threads(channel: ChannelRef): readonly FakeChannel[] {
    const parent = this.world.channel(channel);
    return [...this.world.channels.values()].filter((each) => each.parentId === parent.id && !each.deleted);
  }

  /** The commands that the app registered: the guild's and the global ones. */
  commands(): readonly RegisteredCommand[] {
    return [...this.world.commands.guild, ...this.world.commands.global];
  }

  /** Waits for a message in a channel; one that is there already counts. */
  waitForMessage(channel: ChannelRef, matcher: Matcher, limitMs: number): Promise<FakeMessage> {
    const name = typeof channel === 'string' ? channel : channel.name;
    return this.waitIn(() => this.messages(channel), matcher, limitMs, `in ${name}`);
  }

  /** Waits for a direct message to a person. */
  waitForDirectMessage(user: UserRef, matcher: Matcher, limitMs: number): Promise<FakeMessage> {
    return this.waitIn(() => this.directMessages(user), matcher, limitMs, 'said directly');
  }

  /** Waits for a message that only this person is shown. */
  waitForEphemeral(user: UserRef, matcher: Matcher, limitMs: number): Promise<FakeMessage> {
    return this.waitIn(() => this.ephemerals(user), matcher, limitMs, 'shown privately');
  }

  /** Waits until so many requests matched (`POST /channels/:channel/messages`) and were answered. */
  waitForCall(pattern: string, limitMs: number, count = 1): Promise<readonly Call[]> {
    const done = () => this.calls.filter((call) => matchRoute(pattern, call.method, call.path) && call.status !== null);
    const missed = () => `${count} answered calls of ${pattern}; there were ${done().length}`;
    return this.world.waiting.until(() => (done().length >= count ? done() : undefined), limitMs, missed);
  }

  /** Waits until a test of one's own holds; it is looked at after every change. */
  until<T>(look: () => T | undefined, limitMs: number, missed: string): Promise<T> {
    return this.world.waiting.until(look, limitMs, () => missed);
  }

  /** Orders a fault for the next requests that match a pattern such as `POST /channels/:channel/messages` or `/webhooks/**`. */
  fail(pattern: string, fault: Fault, details?: FaultDetails): OrderedFault {
    return this.faults.order(pattern, fault, details);
  }

  /** Sets and enforces a rate for the routes that match, in each channel apart. */
  limit(pattern: string, rate: Rate): void {
    this.rates.limit(pattern, rate);
  }

  /** Sets and enforces a rate for all requests together; undefined lifts it. */
  limitAll(rate: Rate | undefined): void {
    this.rates.limitAll(rate);
  }

  /** Forgets the nonces, as Discord does after a few minutes. */
  forgetNonces(): void {
    this.world.nonces.clear();
  }

  /** Ends everything, also requests that hang and waits that were not met. */
  async close(): Promise<void> {
    this.world.waiting.close();
    for (const interaction of this.world.interactions.values()) interaction.dispose();
    this.gateway.close();
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private waitIn(list: () => readonly FakeMessage[], matcher: Matcher, limitMs: number, where: string): Promise<FakeMessage> {
    const fits = (message: FakeMessage): boolean => {
      if (message.deleted) return false;
      if (typeof matcher === 'function') return matcher(message);
      const text = textOf(message);
      return typeof matcher === 'string' ? text.includes(matcher) : matcher.test(text);
    };
    const missed = () => {
      const said = list().map((message) => `  ${message.deleted ? '(deleted) ' : ''}${JSON.stringify(textOf(message))}`);
      return `a message ${String(matcher)} ${where}; there were:\n${said.join('\n') || '  none'}`;
    };
    return this.world.waiting.until(() => list().find(fits), limitMs, missed);
  }
}

/** Starts a fake Discord on a free port of 127.0.0.1. */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = new FakeDiscord(options);
  await discord.listen();
  return discord;
}
