import { Api } from './api.ts';
import { type Call, Door } from './door.ts';
import type { Fault, FaultOrder } from './faults.ts';
import { type FakeFile, Files } from './files.ts';
import type { Value } from './form.ts';
import { type HookPost, Hooks } from './hooks.ts';
import type { JsonObject } from './json.ts';
import { Listener } from './listener.ts';
import { type FakeMessage, Messages } from './messages.ts';
import { Outgoing, type Raw, type Sent, type Tampering } from './outgoing.ts';
import { Payloads } from './payloads.ts';
import { Person, type Submitted } from './person.ts';
import { Sight } from './sight.ts';
import { Sockets } from './socket.ts';
import { type Retry, Speaker } from './speaker.ts';
import { type FakeView, Views } from './views.ts';
import { type FakeChannel, type FakeUser, type FakeUserGroup, World } from './world.ts';

export type { Call } from './door.ts';
export type { Fault, FaultKind, FaultOrder } from './faults.ts';
export type { FakeFile } from './files.ts';
export type { Value } from './form.ts';
export type { HookPost } from './hooks.ts';
export type { JsonObject } from './json.ts';
export type { FakeMessage } from './messages.ts';
export type { Raw, Sent, Tampering } from './outgoing.ts';
export type { Submitted } from './person.ts';
export type { Retry } from './speaker.ts';
export type { FakeView } from './views.ts';
export type { FakeChannel, FakeUser, FakeUserGroup } from './world.ts';

/** What may be chosen when the fake starts. */
export type FakeSlackOptions = {
  readonly signingSecret?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Zero, as by default, for any free port. */
  readonly port?: number;
  /** How long to wait for the app's answer; longer than Slack, so that a test can see how late it was. */
  readonly patienceMs?: number;
  /** The workspace's clock, in milliseconds. Signatures always have the real time. */
  readonly clock?: () => number;
};

/** A workspace that speaks Slack's protocols on the loopback interface and remembers everything. */
export class FakeSlack extends Sight {
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  /** Socket Mode connections: how many, what they acknowledged, and orders to end them. */
  readonly sockets: Sockets;
  private readonly world: World;
  private readonly door: Door;
  private readonly hooks: Hooks;
  private readonly outgoing: Outgoing;
  private readonly person: Person;
  private readonly speaker: Speaker;
  private readonly api: Api;
  private readonly listener: Listener;

  constructor(options: FakeSlackOptions) {
    const world = new World(options.clock ?? Date.now);
    const changed = () => world.changed();
    const stores = { world, messages: new Messages(world), views: new Views(world), files: new Files(world) };
    super(stores);
    this.signingSecret = options.signingSecret ?? 'signing-secret-of-the-fake';
    this.botToken = options.botToken ?? 'xoxb-fake-bot';
    this.appToken = options.appToken ?? 'xapp-fake-app';
    this.world = world;
    this.door = new Door(changed);
    this.hooks = new Hooks(stores);
    this.sockets = new Sockets(world.bot.appId, changed);
    this.outgoing = new Outgoing(this.signingSecret, this.sockets, options.patienceMs ?? 15_000);
    const payloads = new Payloads(stores, (place) => `${this.listener.base}/hooks/${this.hooks.create(place)}`);
    this.person = new Person(stores, this.hooks, this.outgoing, payloads);
    this.speaker = new Speaker(stores, this.outgoing, payloads);
    this.api = new Api(
      stores,
      this.door,
      { bot: this.botToken, app: this.appToken },
      {
        socket: () => `${this.listener.base.replace('http', 'ws')}${this.sockets.path(this.sockets.ticket())}`,
        upload: (id) => `${this.listener.base}/upload/${id}`,
      },
    );
    const rooms = { api: this.api, door: this.door, hooks: this.hooks, sockets: this.sockets, stores };
    this.listener = new Listener(() => rooms);
  }

  /** Starts to listen. */
  listen(port: number): Promise<void> {
    return this.listener.listen(port);
  }

  /** Ends everything: hung calls, sockets and waits. */
  async close(): Promise<void> {
    this.waits.close();
    this.door.close();
    this.sockets.close();
    await this.listener.close();
  }

  /** What to give the app as the address of the Web API. */
  get apiUrl(): string {
    return `${this.listener.base}/api/`;
  }

  /** Who our bot is. */
  get bot(): { readonly userId: string; readonly botId: string; readonly appId: string; readonly name: string } {
    return this.world.bot;
  }

  /** Which workspace this is. */
  get team(): { readonly id: string; readonly domain: string; readonly name: string } {
    return this.world.team;
  }

  /** All calls of the app, in the order of arrival. */
  get calls(): readonly Call[] {
    return this.door.calls;
  }

  /** All posts to response_urls. */
  get responses(): readonly HookPost[] {
    return this.hooks.posts;
  }

  /** All requests to the app, with its answers. */
  get sent(): readonly Sent[] {
    return this.outgoing.log;
  }

  /** All files that the app announced. */
  get files(): readonly FakeFile[] {
    return this.stores.files.all();
  }

  /** The app's request URL. */
  sendTo(url: string): void {
    this.outgoing.url = url;
  }

  /** Delivers everything as envelopes over the app's socket, or over HTTP again. */
  useSocket(on: boolean): void {
    this.outgoing.useSocket = on;
  }

  /** Lets Slack's own rate limits hold, or not. */
  rateLimits(on: boolean): void {
    this.api.limited = on;
  }

  /** Orders calls to fail. */
  fault(order: FaultOrder): Fault {
    return this.door.faults.add(order);
  }

  /** Takes all orders back. */
  clearFaults(): void {
    this.door.faults.clear();
  }

  /** Adds a person, or changes one. */
  addUser(user: FakeUser): FakeUser {
    this.world.users.set(user.id, { ...this.world.users.get(user.id), ...user });
    this.world.changed();
    return user;
  }

  /** Adds a channel, or changes one. */
  addChannel(channel: FakeChannel): FakeChannel {
    this.world.channels.set(channel.id, { ...this.world.channels.get(channel.id), ...channel });
    this.world.changed();
    return channel;
  }

  /** Adds a group of people, or changes one. */
  addUserGroup(group: FakeUserGroup): FakeUserGroup {
    this.world.userGroups.set(group.id, group);
    return group;
  }

  /** Says from now on which scopes the app was granted. */
  grant(scopes: readonly string[]): void {
    this.world.scopes = scopes;
  }

  /** From now on a new file can be shown once it was asked for so often. */
  looksAtFiles(times: number): void {
    this.stores.files.looks = times;
  }

  /** A channel as it stands now. */
  channel(idOrName: string): FakeChannel {
    return this.world.mustChannel(idOrName);
  }

  /** A person says a slash command; what the app answers at once is shown to that person. */
  command(user: string, name: string, text = '', where: { channel?: string } = {}): Promise<Sent> {
    return this.person.command(user, name, text, where);
  }

  /** A person presses a button of a message, by label or action id, or chooses in a menu. An old copy may be pressed. */
  press(user: string, message: FakeMessage, labelOrActionId: string, value?: Value): Promise<Sent> {
    return this.person.press(user, message, labelOrActionId, value);
  }

  /** The same in a dialog or home tab. */
  pressInView(view: FakeView, labelOrActionId: string, value?: Value): Promise<Sent> {
    return this.person.pressInView(view, labelOrActionId, value);
  }

  /** Fills in fields of a dialog by label, action id or block id. */
  fill(view: FakeView, values: Readonly<Record<string, Value>>): FakeView {
    return this.person.fill(view, values);
  }

  /** Fills in fields and sends the dialog off. Throws when Slack itself would not send it, unless forced. */
  submit(view: FakeView, values: Readonly<Record<string, Value>> = {}, how: { force?: boolean } = {}): Promise<Submitted> {
    return this.person.submit(view, values, how);
  }

  /** Closes a dialog, or its whole stack; sends `view_closed` when the app asked for that. */
  closeView(view: FakeView, all = false): Promise<Sent | undefined> {
    return this.person.close(view, all);
  }

  /** Uses a shortcut, from the menu or on a message. */
  shortcut(user: string, callbackId: string, message?: FakeMessage): Promise<Sent> {
    return this.person.shortcut(user, callbackId, message);
  }

  /** Types into an external select; the app answers with options. */
  suggest(view: FakeView, name: string, typedSoFar: string): Promise<Sent> {
    return this.person.suggest(view, name, typedSoFar);
  }

  /** Sends an event of any type; the same `eventId` again is a repetition. */
  event(event: JsonObject, retry: Retry = {}): Promise<Sent> {
    return this.speaker.event(event, retry);
  }

  /** A person writes, and nobody is told. A person's id in the place of the channel: to our bot directly. */
  write(user: string, channel: string, text: string, where: { thread_ts?: string } = {}): FakeMessage {
    return this.speaker.write(user, channel, text, where);
  }

  /** A person writes, and the app gets a `message` event. */
  say(user: string, channel: string, text: string, where: { thread_ts?: string } = {}): Promise<Sent & { message: FakeMessage }> {
    return this.speaker.say(user, channel, text, where);
  }

  /** A person mentions our bot, and the app gets an `app_mention` event. */
  mention(
    user: string,
    channel: string,
    text: string,
    where: { thread_ts?: string } = {},
  ): Promise<Sent & { message: FakeMessage }> {
    return this.speaker.mention(user, channel, text, where);
  }

  /** A person marks a message with an emoji, by its name. */
  react(user: string, message: FakeMessage, reaction: string, retry: Retry = {}): Promise<Sent> {
    return this.speaker.react(user, message, reaction, retry);
  }

  /** A person pins a message. */
  pin(user: string, message: FakeMessage): Promise<Sent> {
    return this.speaker.pin(user, message);
  }

  /** Whoever wrote a message edits it. */
  rewrite(message: FakeMessage, text: string): Promise<Sent & { message: FakeMessage }> {
    return this.speaker.rewrite(message, text);
  }

  /** Whoever wrote a message deletes it. */
  erase(message: FakeMessage): Promise<Sent> {
    return this.speaker.erase(message);
  }

  /** A person opens the home tab. */
  openHome(user: string): Promise<Sent> {
    return this.speaker.openHome(user);
  }

  /** Slack asks the request URL to prove itself. */
  verifyUrl(challenge?: string): Promise<Sent> {
    return this.speaker.verifyUrl(challenge);
  }

  /** Sends an earlier request again: the same to the byte, too old, wrongly signed, or as Slack's own second try. */
  replay(raw: Raw, change: Tampering = {}): Promise<Sent> {
    return this.outgoing.again(raw, change);
  }

  /** Waits for a call of a method. */
  waitForCall(method: string, matcher: (call: Call) => boolean = () => true, limitMs?: number): Promise<Call> {
    const look = () => this.calls.find((call) => call.method === method && matcher(call));
    return this.waits.until(look, () => `a call of ${method}`, limitMs);
  }

  /** Waits until the app is connected by socket. */
  async waitForSocket(connections = 1, limitMs?: number): Promise<void> {
    await this.waits.until(
      () => this.sockets.connections >= connections,
      () => 'a socket connection',
      limitMs,
    );
  }
}

/** Starts a fake Slack on a free port. */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = new FakeSlack(options);
  await slack.listen(options.port ?? 0);
  return slack;
}
