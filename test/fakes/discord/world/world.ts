import type { FakeInteraction } from '../people/interaction.ts';
import { Ids } from './ids.ts';
import type { Fields } from './json.ts';
import type { Call, FakeAttachment, FakeChannel, FakeMessage, FakeRole, FakeUser } from './model.ts';
import { channelKind } from './model.ts';
import { everyonePermissions } from './permissions.ts';
import { Waiting } from './waiting.ts';

/** The intents (gateway) that the fake tells apart. */
export const intent = {
  guilds: 1 << 0,
  members: 1 << 1,
  presences: 1 << 8,
  messages: 1 << 9,
  directMessages: 1 << 12,
  content: 1 << 15,
} as const;

/** The intents that Discord gives only to applications that asked for them. */
export const privilegedIntents = intent.members | intent.presences | intent.content;

/** What a gateway event carries, and who gets it. */
export interface GatewayEvent {
  readonly name: string;
  readonly data: Fields;
  /** A session gets the event only with this intent; 0 for every session. */
  readonly intent: number;
  /** The same for sessions without the intent for message content. */
  readonly withoutContent?: Fields;
}

/** How a fake Discord is set up. */
interface WorldOptions {
  readonly token: string;
  readonly applicationId: string;
  readonly guildId: string;
  readonly guildName: string;
  readonly botName: string;
  /** Time for ids, timestamps and the window of nonces; deadlines and waits keep the real clock. */
  readonly now: () => number;
  readonly nonceWindowMs: number;
  readonly interactionDeadlineMs: number;
  readonly interactionTokenMs: number;
}

/** A command as registered, with the id that Discord gave it. */
export interface RegisteredCommand extends Fields {
  readonly id: string;
  readonly name: string;
  readonly type: number;
}

/** Everything that a fake Discord knows. */
export class World {
  readonly options: WorldOptions;
  readonly ids: Ids;
  readonly waiting = new Waiting();
  readonly users = new Map<string, FakeUser>();
  readonly roles = new Map<string, FakeRole>();
  readonly channels = new Map<string, FakeChannel>();
  readonly files = new Map<string, FakeAttachment>();
  readonly ephemerals: FakeMessage[] = [];
  readonly interactions = new Map<string, FakeInteraction>();
  readonly calls: Call[] = [];
  readonly commands = { global: [] as RegisteredCommand[], guild: [] as RegisteredCommand[] };
  readonly nonces = new Map<string, { readonly message: FakeMessage; readonly at: number }>();
  readonly bot: FakeUser;
  /** Privileged intents that the application has; the rest are refused. */
  allowedIntents: number = privilegedIntents;
  /** Where the fake listens, as `http://127.0.0.1:PORT`. */
  origin = '';
  /** Hands an event to the gateway's sessions. */
  emit: (event: GatewayEvent) => void = () => undefined;

  constructor(options: WorldOptions) {
    this.options = options;
    this.ids = new Ids(options.now);
    const { applicationId, guildId, botName } = options;
    this.bot = {
      id: applicationId,
      name: botName,
      displayName: botName,
      isBot: true,
      isMember: true,
      dmClosed: false,
      roles: [],
      permissions: 0n,
    };
    this.users.set(applicationId, this.bot);
    this.roles.set(guildId, { id: guildId, name: '@everyone', permissions: everyonePermissions, mentionable: false });
  }

  /** A person by object, id or name; throws when there is none. */
  user(wanted: FakeUser | string): FakeUser {
    if (typeof wanted !== 'string') return wanted;
    const found = this.users.get(wanted) ?? [...this.users.values()].find((user) => user.name === wanted);
    if (!found) throw new Error(`The fake Discord has no user ${wanted}`);
    return found;
  }

  /** A channel by object, id or name; throws when there is none. */
  channel(wanted: FakeChannel | string): FakeChannel {
    if (typeof wanted !== 'string') return wanted;
    const found = this.channels.get(wanted) ?? [...this.channels.values()].find((each) => each.name === wanted && !each.deleted);
    if (!found) throw new Error(`The fake Discord has no channel ${wanted}`);
    return found;
  }

  /** The direct conversation between the bot and a person, made when it is not there yet. */
  directChannel(user: FakeUser): FakeChannel {
    for (const channel of this.channels.values()) {
      if (channel.type === channelKind.direct && channel.recipientId === user.id) return channel;
    }
    return this.addChannel({ id: this.ids.next(), name: user.name, type: channelKind.direct, recipientId: user.id });
  }

  /** Adds a channel without telling the gateway. */
  addChannel(channel: Pick<FakeChannel, 'id' | 'name'> & Partial<FakeChannel>): FakeChannel {
    const made: FakeChannel = {
      type: channelKind.text,
      parentId: null,
      recipientId: null,
      ownerId: null,
      topic: null,
      botCanRead: true,
      botCanReadHistory: true,
      botCanSend: true,
      archived: false,
      locked: false,
      deleted: false,
      threadMembers: new Set(),
      overwrites: [],
      messages: [],
      ...channel,
    };
    this.channels.set(made.id, made);
    this.waiting.changed();
    return made;
  }

  /** A message by id, in any channel or ephemeral; undefined when there is none. */
  message(id: string): FakeMessage | undefined {
    for (const channel of this.channels.values()) {
      const found = channel.messages.find((message) => message.id === id);
      if (found) return found;
    }
    return this.ephemerals.find((message) => message.id === id);
  }
}

/** Whether a channel is a thread. */
export function isThread(channel: FakeChannel): boolean {
  return channel.type === channelKind.publicThread || channel.type === channelKind.privateThread;
}
