import type { Field } from './form.ts';
import { compact, type JsonObject, object, text } from './json.ts';
import type { FakeMessage } from './messages.ts';
import type { Stores } from './methods/call.ts';
import type { FakeView } from './views.ts';
import type { FakeChannel, FakeUser } from './world.ts';

/** The old verification token, which Slack still sends and nobody should trust. */
const TOKEN = 'verification-token-of-the-fake';

/** What Slack tells the app, as it words it. */
export class Payloads {
  private readonly stores: Stores;
  private readonly hookUrl: (place: { user: string; channel: string; original?: FakeMessage }) => string;

  constructor(stores: Stores, hookUrl: (place: { user: string; channel: string; original?: FakeMessage }) => string) {
    this.stores = stores;
    this.hookUrl = hookUrl;
  }

  /** A slash command. */
  command(user: FakeUser, channel: FakeChannel, name: string, words: string): JsonObject {
    const { world } = this.stores;
    return {
      token: TOKEN,
      team_id: world.team.id,
      team_domain: world.team.domain,
      channel_id: channel.id,
      channel_name: this.channelName(channel),
      user_id: user.id,
      user_name: user.name,
      command: name.startsWith('/') ? name : `/${name}`,
      text: words,
      api_app_id: world.bot.appId,
      is_enterprise_install: 'false',
      response_url: this.hookUrl({ user: user.id, channel: channel.id }),
      trigger_id: world.trigger({ user: user.id, channel: channel.id }),
    };
  }

  /** Something pressed or chosen in a message. */
  messageAction(user: FakeUser, message: FakeMessage, field: Field, choice: JsonObject): JsonObject {
    const { world, messages } = this.stores;
    const channel = world.mustChannel(message.channel);
    const only = message.onlyFor !== undefined;
    const container = {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: only,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    };
    return {
      ...this.interaction('block_actions', user),
      container,
      trigger_id: world.trigger({ user: user.id, channel: channel.id }),
      channel: { id: channel.id, name: this.channelName(channel) },
      // Slack leaves the message out when only one person sees it.
      ...(only ? {} : { message: messages.wire(message, true) }),
      state: { values: field.element.type === 'button' ? {} : { [field.blockId]: { [field.actionId]: choice } } },
      response_url: this.hookUrl({ user: user.id, channel: channel.id, original: message }),
      actions: [this.action(field, choice)],
    };
  }

  /** Something pressed or chosen in a dialog or home tab. */
  viewAction(user: FakeUser, view: FakeView, field: Field, choice: JsonObject): JsonObject {
    return {
      ...this.interaction('block_actions', user),
      container: { type: 'view', view_id: view.id },
      trigger_id: this.viewTrigger(view),
      view: this.stores.views.wire(view),
      actions: [this.action(field, choice)],
    };
  }

  /** A dialog that is sent off. */
  submission(user: FakeUser, view: FakeView): JsonObject {
    return {
      ...this.interaction('view_submission', user),
      trigger_id: this.viewTrigger(view),
      view: this.stores.views.wire(view),
      response_urls: [],
    };
  }

  /** A dialog that is closed unsent. */
  closed(user: FakeUser, view: FakeView, cleared: boolean): JsonObject {
    return { ...this.interaction('view_closed', user), view: this.stores.views.wire(view), is_cleared: cleared };
  }

  /** A shortcut: from the menu, or on a message. */
  shortcut(user: FakeUser, callbackId: string, message?: FakeMessage): JsonObject {
    const { world, messages } = this.stores;
    const trigger = (channel?: string) => world.trigger(channel === undefined ? { user: user.id } : { user: user.id, channel });
    const shared = { callback_id: callbackId, action_ts: world.stamp() };
    if (message === undefined) return { ...this.interaction('shortcut', user), ...shared, trigger_id: trigger() };
    const channel = world.mustChannel(message.channel);
    return {
      ...this.interaction('message_action', user),
      ...shared,
      trigger_id: trigger(channel.id),
      response_url: this.hookUrl({ user: user.id, channel: channel.id, original: message }),
      message_ts: message.ts,
      channel: { id: channel.id, name: this.channelName(channel) },
      message: messages.wire(message, true),
    };
  }

  /** The question for the options of an external select. */
  suggestion(user: FakeUser, view: FakeView, field: Field, typedSoFar: string): JsonObject {
    return {
      ...this.interaction('block_suggestion', user),
      container: { type: 'view', view_id: view.id },
      action_id: field.actionId,
      block_id: field.blockId,
      value: typedSoFar,
      view: this.stores.views.wire(view),
    };
  }

  /** An event in its envelope. */
  event(event: JsonObject, eventId: string): JsonObject {
    const { world } = this.stores;
    const { id } = world.team;
    return {
      token: TOKEN,
      team_id: id,
      api_app_id: world.bot.appId,
      event: { event_ts: text(event.ts) || world.stamp(), ...event },
      type: 'event_callback',
      event_id: eventId,
      event_time: Math.floor(world.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: id, user_id: world.bot.userId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${eventId}`,
    };
  }

  /** The question that Slack asks when the request URL is entered. */
  verification(challenge: string): JsonObject {
    return { token: TOKEN, challenge, type: 'url_verification' };
  }

  private interaction(type: string, user: FakeUser): JsonObject {
    const { team, bot } = this.stores.world;
    return {
      type,
      user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
      api_app_id: bot.appId,
      token: TOKEN,
      team: { id: team.id, domain: team.domain },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  private viewTrigger(view: FakeView): string {
    const { world } = this.stores;
    const from = { user: view.user, view: view.id };
    return world.trigger(view.openedIn === undefined ? from : { ...from, channel: view.openedIn });
  }

  private action(field: Field, choice: JsonObject): JsonObject {
    const { element } = field;
    const shared = { action_id: field.actionId, block_id: field.blockId, action_ts: this.stores.world.stamp() };
    const { type, value, style, url } = element;
    if (type === 'button') return compact({ ...shared, type, text: object(element.text), value, style, url });
    return compact({ ...shared, ...choice, placeholder: element.placeholder });
  }

  private channelName(channel: FakeChannel): string {
    if (channel.directWith !== undefined) return 'directmessage';
    return channel.private === true ? 'privategroup' : channel.name;
  }
}
