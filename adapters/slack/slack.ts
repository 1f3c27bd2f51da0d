/** Slack as a platform: words, buttons and forms in, cards out. */

import { type Overflow, overflowing } from '../../src/chat/overflow.ts';
import { type Asker, type ChatPlatform, type Dispatch, type Log, type Names, PlatformError } from '../../src/chat/port.ts';
import { createChannel } from './channels.ts';
import { conversationPlatform } from './delivery.ts';
import { groups } from './groups.ts';
import { BOT_SCOPES } from './manifest.ts';
import { people } from './people.ts';
import { pictures } from './pictures.ts';
import { places } from './places.ts';
import { HttpReceiver, SocketReceiver } from './receiver.ts';
import { readAddress } from './requests.ts';
import { routes } from './routes.ts';
import { saying } from './saying.ts';
import { talk } from './talk.ts';
import { web } from './web.ts';
import { written } from './written.ts';

export interface SlackOptions {
  readonly botToken: string;
  /** Needed unless Socket Mode is used. */
  readonly signingSecret?: string | undefined;
  /** The app-level token: Socket Mode in place of HTTP. */
  readonly appToken?: string | undefined;
  /** Slack's Web API, if not the usual one. */
  readonly apiUrl?: string | undefined;
  readonly log: Log;
  /** How people are called, and who they are on Slack, for the answers that the adapter shows itself. */
  readonly names: (people: readonly string[]) => Promise<Names>;
  /** Somebody as Slack described them last, for when it does not tell: many at once are more than it answers. */
  readonly lastSeen?: (user: string) => Promise<Asker | undefined>;
  /** How long a call to Slack may take, in milliseconds. */
  readonly timeout?: number;
  /** What is done about a text that does not fit; tests throw, else it is shortened visibly and logged. */
  readonly overflow?: Overflow;
}

export interface Slack extends ChatPlatform {
  /** Answers what Slack sends to `/slack/events`; 404 in Socket Mode. */
  handle(request: Request): Promise<Response>;
}

/** How long a call to Slack may take unless said otherwise, and how long the stop waits for answers, in milliseconds. */
const TIMEOUT = 10_000;
const LAST_WORDS = 3000;

/**
 * Makes the Slack adapter. With `appToken` requests come over Socket Mode, else through `handle`, each checked against the signing
 * secret. `start` throws `PlatformError` when Slack refuses the app token. Throws when there is neither token nor secret.
 */
export function slack(options: SlackOptions): Slack {
  const { botToken, signingSecret, appToken, apiUrl, log, timeout = TIMEOUT } = options;
  if (appToken === undefined && !signingSecret)
    throw new Error('Slack needs SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode');
  const overflow = options.overflow ?? overflowing('Slack', log);
  const api = web(botToken, apiUrl, timeout, log);
  const users = people(api, Date.now, options.lastSeen);
  const channels = places(api);
  const teams = groups(api);
  const voice = saying(api, channels, pictures(api, log, timeout), overflow, log);
  const conversation = talk({ web: api, people: users, saying: voice, overflow, log, names: options.names });
  const http = appToken === undefined ? new HttpReceiver(signingSecret ?? '', log) : undefined;
  const receiver = http ?? new SocketReceiver({ appToken: appToken ?? '', apiUrl, timeout, log });
  let known: Dispatch | undefined;
  const app = routes(receiver, conversation, () => known, log);

  const addressed = (address: Readonly<Record<string, string>>) => {
    const read = readAddress(address);
    if (read === undefined) throw new PlatformError('refused', 'This is no address on Slack');
    return read;
  };

  return {
    ...conversationPlatform(api, channels, voice),
    sectionsAtOnce: 99,
    start: async (dispatch) => {
      known = dispatch;
      await app.start();
    },
    stop: async () => {
      known = undefined;
      await app.stop();
      await conversation.settled(LAST_WORDS);
    },
    openForm: async (address, form, names) => conversation.open(addressed(address), form, names),
    replyPrivately: async (address, card, names) => voice.privately(addressed(address), card, names),
    lacks: async () => {
      const answer = await api.call('auth.test', (client) => client.auth.test());
      const granted = answer.response_metadata?.scopes;
      // A Slack that does not say what it granted is not asked again; what is missing shows where it is needed.
      return granted === undefined ? [] : BOT_SCOPES.filter((scope) => !granted.includes(scope));
    },
    describe: users.describe,
    createChannel: (name, how) => createChannel(api, name, how),
    written: (place, message) => written(api, channels, place, message),
    channel: channels.channel,
    group: teams.group,
    members: teams.members,
    checkPlace: channels.check,
    handle: async (request) => (http === undefined ? new Response(null, { status: 404 }) : http.handle(request)),
  };
}
