import { fieldsOf } from './form.ts';
import type { JsonObject } from './json.ts';
import { type FakeMessage, readable } from './messages.ts';
import type { Stores } from './methods/call.ts';
import type { FakeView } from './views.ts';
import { type Matcher, matches, Waits } from './waits.ts';

/** Which messages a wait looks at, and for how long. */
export type WaitOptions = {
  readonly limitMs?: number;
  /** Only messages said after this timestamp. */
  readonly after?: string;
};

/** What can be seen in the workspace, and waiting until it can be seen. */
export class Sight {
  protected readonly stores: Stores;
  protected readonly waits: Waits;

  constructor(stores: Stores) {
    this.stores = stores;
    this.waits = new Waits(stores.world);
  }

  /** Everything said in a channel, oldest first, deleted messages among it. */
  messages(channel: string): readonly FakeMessage[] {
    return this.stores.messages.in(this.stores.world.channel(channel)?.id ?? channel);
  }

  /** What can be seen in a channel now, oldest first. */
  visible(channel: string): readonly FakeMessage[] {
    return this.messages(channel).filter((message) => !message.deleted);
  }

  /** Everything said between our bot and a person. */
  directMessages(user: string): readonly FakeMessage[] {
    return this.stores.messages.in(`D${this.userId(user)}`);
  }

  /** Everything that only this person saw, answers to commands among it. */
  ephemerals(user: string): readonly FakeMessage[] {
    return this.stores.messages.onlyFor(this.userId(user));
  }

  /** All that a person can read in a message, one piece a line. */
  read(message: FakeMessage): string {
    return readable(message);
  }

  /** The labels of all that can be pressed or chosen in a message. */
  buttons(message: FakeMessage): string[] {
    return fieldsOf(message.blocks).map((field) => field.label);
  }

  /** The dialogs in front of a person; the last is on top. */
  openViews(user: string): readonly FakeView[] {
    return this.stores.views.of(this.userId(user));
  }

  /** The dialog on top. */
  lastView(user: string): FakeView | undefined {
    return this.openViews(user).at(-1);
  }

  /** The home tab of a person. */
  home(user: string): FakeView | undefined {
    return this.stores.views.home(this.userId(user));
  }

  /** What is in the fields of a dialog now, as Slack would send it. */
  values(view: FakeView): JsonObject {
    return this.stores.views.values(this.stores.views.get(view.id) ?? view);
  }

  /** Waits until `look` finds something; it looks again after every change and never by the clock. */
  waitFor<T>(look: () => T | undefined | false, limitMs?: number, what = 'what was looked for'): Promise<T> {
    return this.waits.until(look, () => what, limitMs);
  }

  /** Waits for a message that reads so; one that is there already counts. */
  waitForMessage(channel: string, matcher?: Matcher<FakeMessage>, options: WaitOptions = {}): Promise<FakeMessage> {
    return this.waitAmong(`a message in ${channel}`, () => this.visible(channel), matcher, options);
  }

  /** Waits for a direct message. */
  waitForDirect(user: string, matcher?: Matcher<FakeMessage>, options: WaitOptions = {}): Promise<FakeMessage> {
    return this.waitAmong(`a direct message to ${user}`, () => this.directMessages(user), matcher, options);
  }

  /** Waits for a message that only this person sees. */
  waitForEphemeral(user: string, matcher?: Matcher<FakeMessage>, options: WaitOptions = {}): Promise<FakeMessage> {
    return this.waitAmong(`a private message to ${user}`, () => this.ephemerals(user), matcher, options);
  }

  /** Waits for a dialog with this title; the topmost one counts. */
  waitForView(user: string, matcher?: Matcher<FakeView>, limitMs?: number): Promise<FakeView> {
    const look = () => this.openViews(user).findLast((view) => matches(view, view.title, matcher));
    const shown = () => this.openViews(user).map((view) => `"${view.title}"`);
    return this.waits.until(look, () => `a dialog for ${user} like ${matcher}; open: ${shown().join(', ') || 'none'}`, limitMs);
  }

  private userId(user: string): string {
    return this.stores.world.mustUser(user).id;
  }

  private waitAmong(
    what: string,
    list: () => readonly FakeMessage[],
    matcher: Matcher<FakeMessage> | undefined,
    options: WaitOptions,
  ): Promise<FakeMessage> {
    const candidates = () => list().filter((message) => !message.deleted && Number(message.ts) > Number(options.after ?? 0));
    const look = () => candidates().find((message) => matches(message, readable(message), matcher));
    const seen = () => candidates().map((message) => `\n- ${readable(message).slice(0, 200)}`);
    return this.waits.until(look, () => `${what} like ${matcher}. There is: ${seen().join('') || 'none'}`, options.limitMs);
  }
}
