import {
  ChannelType,
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
} from 'discord.js';
import { afterEach } from 'vitest';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './fake-discord.ts';

/** The longest that a test waits for one thing, in milliseconds. */
export const WAIT = 4000;

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Starts an empty fake that ends with the test. */
export async function startEmpty(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await startFakeDiscord(options);
  ends.push(() => discord.close());
  return discord;
}

/** A fake with two people and a channel, and a real client logged in to it; both end with the test. */
export async function start(options: FakeDiscordOptions = {}, client: Partial<ClientOptions> = {}) {
  const discord = await startEmpty(options);
  discord.addUser({ id: '2001', name: 'anna', displayName: 'Anna Berg' });
  discord.addUser({ id: '2002', name: 'ben' });
  discord.addChannel({ id: '3001', name: 'cab' });
  const bot = await login(discord, client);
  return { discord, bot };
}

/** A client that ends with the test and tries each request once. */
export function makeClient(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  const { Guilds, GuildMembers, GuildMessages, MessageContent, DirectMessages } = GatewayIntentBits;
  const bot = new Client({
    intents: [Guilds, GuildMembers, GuildMessages, MessageContent, DirectMessages],
    ...options,
    rest: { api: discord.apiUrl, retries: 0, ...options.rest },
  });
  // Without a listener a network error would end the process.
  bot.on(Events.Error, () => undefined);
  ends.push(() => bot.destroy());
  return bot;
}

/** A client that is logged in and ready. */
export async function login(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const bot = makeClient(discord, options);
  const ready = new Promise<Client<true>>((resolve) => bot.once(Events.ClientReady, resolve));
  await bot.login(discord.token);
  return ready;
}

/** Runs something for each interaction; the errors are collected in the list that it returns. */
export function onInteraction(bot: Client, run: (interaction: Interaction) => Promise<unknown>): Error[] {
  const errors: Error[] = [];
  bot.on(Events.InteractionCreate, (interaction) => {
    run(interaction).catch((error: Error) => errors.push(error));
  });
  return errors;
}

/** A text channel as the client knows it. */
export async function textChannel(bot: Client, id = '3001') {
  const channel = await bot.channels.fetch(id);
  if (channel?.type !== ChannelType.GuildText) throw new Error('not a text channel');
  return channel;
}

/** The status and code of a refusal, as `403 50013`. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => 'no refusal',
    (reason: unknown) => reason,
  );
  return codeOf(error);
}

/** The status and code of an error of Discord's, or the error in words. */
export function codeOf(error: unknown): string {
  return error instanceof DiscordAPIError ? `${error.status} ${error.code}` : String(error);
}
