import { type JsonObject, text } from './json.ts';
import type { FakeMessage } from './messages.ts';
import type { Stores } from './methods/call.ts';
import type { Outgoing, Sent } from './outgoing.ts';
import type { Payloads } from './payloads.ts';

/** How often Slack tried before, and under which id. */
export type Retry = { readonly retryNum?: number; readonly retryReason?: string; readonly eventId?: string };

/** What the app is told of by events: what people say, and whatever else happens. */
export class Speaker {
  private readonly stores: Stores;
  private readonly outgoing: Outgoing;
  private readonly payloads: Payloads;

  constructor(stores: Stores, outgoing: Outgoing, payloads: Payloads) {
    this.stores = stores;
    this.outgoing = outgoing;
    this.payloads = payloads;
  }

  /** Sends an event of any type. */
  event(event: JsonObject, retry: Retry = {}): Promise<Sent> {
    return this.outgoing.send('events_api', this.payloads.event(event, retry.eventId ?? this.stores.world.id('Ev')), retry);
  }

  /** Lets a person write in a channel or, by the person's own id, to our bot directly; nobody is told. */
  write(userName: string, channelName: string, words: string, where: { thread_ts?: string } = {}): FakeMessage {
    const { world, messages } = this.stores;
    const user = world.mustUser(userName);
    const direct = world.user(channelName);
    const channel = direct === undefined ? world.mustChannel(channelName) : world.direct(direct);
    return messages.add({ channel: channel.id, user: user.id, text: words, ...where });
  }

  /** Lets a person write and tells the app by a `message` event. */
  async say(
    userName: string,
    channelName: string,
    words: string,
    where: { thread_ts?: string } = {},
  ): Promise<Sent & { readonly message: FakeMessage }> {
    const message = this.write(userName, channelName, words, where);
    const channel = this.stores.world.mustChannel(message.channel);
    const type = channel.directWith !== undefined ? 'im' : channel.private === true ? 'group' : 'channel';
    return { ...(await this.event({ ...this.said(message), type: 'message', channel_type: type })), message };
  }

  /** Lets a person mention our bot and tells the app by an `app_mention` event. */
  async mention(
    userName: string,
    channelName: string,
    words: string,
    where: { thread_ts?: string } = {},
  ): Promise<Sent & { readonly message: FakeMessage }> {
    const handle = `<@${this.stores.world.bot.userId}>`;
    const message = this.write(userName, channelName, words.includes(handle) ? words : `${handle} ${words}`, where);
    return { ...(await this.event({ ...this.said(message), type: 'app_mention' })), message };
  }

  /** Lets a person mark a message with an emoji, by its name. */
  react(userName: string, { channel, ts, user: author }: FakeMessage, reaction: string, retry: Retry = {}): Promise<Sent> {
    const user = this.stores.world.mustUser(userName).id;
    const item = { type: 'message', channel, ts };
    return this.event({ type: 'reaction_added', user, reaction, item, item_user: author }, retry);
  }

  /** Lets a person pin a message. */
  pin(userName: string, message: FakeMessage): Promise<Sent> {
    const user = this.stores.world.mustUser(userName).id;
    const item = { type: 'message', channel: message.channel, message: this.stores.messages.wire(message) };
    return this.event({ type: 'pin_added', user, channel_id: message.channel, item, item_user: message.user });
  }

  /** Lets a person edit what they wrote. */
  async rewrite(message: FakeMessage, words: string): Promise<Sent & { readonly message: FakeMessage }> {
    const { messages } = this.stores;
    const before = messages.wire(message);
    const now = messages.change(message, { text: words, edits: message.edits + 1 });
    const told = { message: messages.wire(now), previous_message: before, hidden: true };
    return { ...(await this.event({ ...this.changed(message, 'message_changed'), ...told })), message: now };
  }

  /** Lets a person delete what they wrote. */
  erase(message: FakeMessage): Promise<Sent> {
    const before = this.stores.messages.wire(message);
    this.stores.messages.change(message, { deleted: true });
    const told = { deleted_ts: message.ts, previous_message: before, hidden: true };
    return this.event({ ...this.changed(message, 'message_deleted'), ...told });
  }

  private changed({ channel }: FakeMessage, subtype: string): JsonObject {
    const type = this.stores.world.mustChannel(channel).private === true ? 'group' : 'channel';
    return { type: 'message', subtype, channel, channel_type: type, ts: this.stores.world.stamp() };
  }

  /** Lets a person open the app's home tab. */
  openHome(userName: string): Promise<Sent> {
    const { world, views } = this.stores;
    const user = world.mustUser(userName);
    const home = views.home(user.id);
    const view = home === undefined ? {} : { view: views.wire(home) };
    return this.event({ type: 'app_home_opened', user: user.id, channel: world.direct(user).id, tab: 'home', ...view });
  }

  /** Asks the app's address to prove itself; resolves with its answer. */
  verifyUrl(challenge = 'challenge-of-the-fake'): Promise<Sent> {
    return this.outgoing.send('events_api', this.payloads.verification(challenge));
  }

  private said(message: FakeMessage): JsonObject {
    const wire = this.stores.messages.wire(message);
    const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text: message.text }] }];
    return {
      ...wire,
      client_msg_id: `client-${message.ts}`,
      channel: message.channel,
      event_ts: text(wire.ts),
      blocks: [{ type: 'rich_text', block_id: 'said', elements }],
    };
  }
}
