import { type Directory, fieldNamed, fieldsOf, typed, unsendable, type Value } from './form.ts';
import type { Hooks } from './hooks.ts';
import { type JsonObject, object, text, words } from './json.ts';
import type { FakeMessage } from './messages.ts';
import type { Stores } from './methods/call.ts';
import type { Outgoing, Sent } from './outgoing.ts';
import type { Payloads } from './payloads.ts';
import type { FakeView } from './views.ts';
import { SlackError } from './world.ts';

/** How the app answered a dialog that was sent off, and what Slack then did. */
export type Submitted = Sent & {
  /** `none`: Slack could do nothing with the answer, and `trouble` says why; the dialog stays. */
  readonly action: 'close' | 'clear' | 'errors' | 'update' | 'push' | 'none';
  /** The complaints by field label. */
  readonly errors: Readonly<Record<string, string>>;
  readonly trouble?: string;
  /** What the person has in front of them now. */
  readonly view?: FakeView;
};

/** What a person does in Slack. */
export class Person {
  private readonly stores: Stores;
  private readonly hooks: Hooks;
  private readonly outgoing: Outgoing;
  private readonly payloads: Payloads;
  private readonly directory: Directory;

  constructor(stores: Stores, hooks: Hooks, outgoing: Outgoing, payloads: Payloads) {
    const { world } = stores;
    this.stores = stores;
    this.hooks = hooks;
    this.outgoing = outgoing;
    this.payloads = payloads;
    this.directory = {
      user: (name) => world.mustUser(name).id,
      channel: (name) => {
        const person = world.channel(name) === undefined ? world.user(name) : undefined;
        return person === undefined ? world.mustChannel(name).id : world.direct(person).id;
      },
    };
  }

  /** Says a slash command, and shows what the app answers at once. */
  async command(userName: string, name: string, commandText = '', where: { channel?: string } = {}): Promise<Sent> {
    const { world } = this.stores;
    const user = world.mustUser(userName);
    const channel = where.channel === undefined ? world.direct(user) : world.mustChannel(where.channel);
    const sent = await this.outgoing.send('slash_commands', this.payloads.command(user, channel, name, commandText));
    if (sent.status !== 200 || sent.late || sent.body === '') return sent;
    const answer = Object.keys(sent.json).length > 0 ? sent.json : { text: sent.body };
    try {
      this.hooks.say({ user: user.id, channel: channel.id }, answer);
      return sent;
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { ...sent, failed: `Slack shows nothing: ${error.code}` };
    }
  }

  /** Presses a button of a message, or makes a choice in one of its menus. */
  press(userName: string, message: FakeMessage, name: string, value?: Value): Promise<Sent> {
    const user = this.stores.world.mustUser(userName);
    const field = fieldNamed(fieldsOf(message.blocks), name);
    const choice = value === undefined ? {} : typed(field.element, value, this.directory);
    return this.outgoing.send('interactive', this.payloads.messageAction(user, message, field, choice));
  }

  /** Presses a button of a dialog or home tab, or makes a choice that the app wants to hear of at once. */
  pressInView(view: FakeView, name: string, value?: Value): Promise<Sent> {
    const before = this.current(view);
    const field = fieldNamed(fieldsOf(before.blocks), name);
    const now = value === undefined ? before : this.stores.views.fill(before, name, value, this.directory);
    const choice = value === undefined ? {} : this.stores.views.state(now, field);
    const user = this.stores.world.mustUser(now.user);
    return this.outgoing.send('interactive', this.payloads.viewAction(user, now, field, choice));
  }

  /** Fills fields in by label, action id or block id, without sending the dialog off. */
  fill(view: FakeView, values: Readonly<Record<string, Value>>): FakeView {
    let now = this.current(view);
    for (const [name, value] of Object.entries(values)) now = this.stores.views.fill(now, name, value, this.directory);
    return now;
  }

  /** Fills fields in and sends the dialog off, unless Slack itself would not; then does what the app answers. */
  async submit(view: FakeView, values: Readonly<Record<string, Value>> = {}, how: { force?: boolean } = {}): Promise<Submitted> {
    const now = this.fill(view, values);
    const reasons = fieldsOf(now.blocks).flatMap((field) => unsendable(field, this.stores.views.state(now, field)) ?? []);
    if (how.force !== true && now.submitLabel === '') throw new Error(`The dialog "${now.title}" has no button to send it with`);
    if (how.force !== true && reasons.length > 0) throw new Error(`Slack would not send the dialog: ${reasons.join('; ')}`);
    const user = this.stores.world.mustUser(now.user);
    const sent = await this.outgoing.send('interactive', this.payloads.submission(user, now));
    return this.followed(now, sent);
  }

  /** Closes a dialog unsent; with `all`, its whole stack. The app hears of it only when it asked to. */
  async close(view: FakeView, all = false): Promise<Sent | undefined> {
    const now = this.current(view);
    const user = this.stores.world.mustUser(now.user);
    const payload = this.payloads.closed(user, now, all);
    this.stores.views.close(now, all || now.given.clear_on_close === true);
    return now.given.notify_on_close === true ? this.outgoing.send('interactive', payload) : undefined;
  }

  /** Uses a shortcut, from the menu or on a message. */
  shortcut(userName: string, callbackId: string, message?: FakeMessage): Promise<Sent> {
    const user = this.stores.world.mustUser(userName);
    return this.outgoing.send('interactive', this.payloads.shortcut(user, callbackId, message));
  }

  /** Types into an external select, so that the app is asked for options. */
  suggest(view: FakeView, name: string, typedSoFar: string): Promise<Sent> {
    const now = this.current(view);
    const field = fieldNamed(fieldsOf(now.blocks), name);
    return this.outgoing.send(
      'interactive',
      this.payloads.suggestion(this.stores.world.mustUser(now.user), now, field, typedSoFar),
    );
  }

  private current(view: FakeView): FakeView {
    const now = this.stores.views.get(view.id);
    if (now === undefined) throw new Error(`The dialog "${view.title}" is not open any more`);
    return now;
  }

  /** Does what the app answered to a dialog, as Slack does it. */
  private followed(view: FakeView, sent: Sent): Submitted {
    const { views } = this.stores;
    const top = () => views.of(view.user).at(-1);
    const result = (action: Submitted['action'], more: Partial<Submitted> = {}): Submitted => {
      const shown = top();
      return { ...sent, action, errors: {}, ...(shown === undefined ? {} : { view: shown }), ...more };
    };
    const trouble = (why: string) => result('none', { trouble: why });
    if (sent.status !== 200) return trouble(sent.failed ?? `the app answered ${sent.status}`);
    if (sent.late) return trouble(`the app answered after ${Math.round(sent.ms)} ms, and Slack waits 3000`);
    const now = views.get(view.id);
    const action = text(sent.json.response_action);
    if (action === '' && sent.body !== '') return trouble(`the answer is not one to a dialog: ${sent.body.slice(0, 200)}`);
    if (now === undefined) return result('none', { trouble: 'the dialog was closed meanwhile' });
    try {
      if (action === '') {
        views.close(now);
        return result('close');
      }
      if (action === 'clear') {
        views.close(now, true);
        return result('clear');
      }
      if (action === 'errors') return this.complained(now, object(sent.json.errors), result, trouble);
      if (action === 'update') {
        const shown = views.update(now, sent.json.view);
        return result('update', { view: shown });
      }
      if (action === 'push') {
        const shown = views.show(sent.json.view, now.user, now.openedIn, now);
        return result('push', { view: shown });
      }
      return trouble(`unknown response_action: ${action}`);
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return trouble(`${error.code} ${JSON.stringify(error.extra)}`);
    }
  }

  private complained(
    view: FakeView,
    errors: JsonObject,
    result: (action: Submitted['action'], more: Partial<Submitted>) => Submitted,
    trouble: (why: string) => Submitted,
  ): Submitted {
    const inputs = view.blocks.filter((block) => block.type === 'input');
    const byBlock: Record<string, string> = {};
    const byLabel: Record<string, string> = {};
    if (Object.keys(errors).length === 0) return trouble('errors without a single field');
    for (const [blockId, message] of Object.entries(errors)) {
      const block = inputs.find((candidate) => candidate.block_id === blockId);
      if (block === undefined) return trouble(`errors name "${blockId}", which is no input block of the dialog`);
      byBlock[blockId] = text(message);
      byLabel[words(block.label)] = text(message);
    }
    return result('errors', { errors: byLabel, view: this.stores.views.complain(view, byBlock) });
  }
}
