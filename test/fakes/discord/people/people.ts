import { announce, createMessage, deleteMessage, editMessage, inGuild, intentFor } from '../world/messages.ts';
import type { Component, FakeChannel, FakeMessage, FakeUser } from '../world/model.ts';
import { channelKind, kind } from '../world/model.ts';
import { everyonePermissions, permission } from '../world/permissions.ts';
import { buttonsOf, selectsOf, walk } from '../world/reading.ts';
import { memberJson, messageJson } from '../world/wire.ts';
import type { RegisteredCommand } from '../world/world.ts';
import { type FakeModal, type Filled, formData, valuesIn } from './forms.ts';
import { FakeInteraction, interactionKind, sendInteraction } from './interaction.ts';
import { commandData, findSpoken, type Given, nothingResolved, resolvedPart } from './options.ts';
import { type ChannelRef, Setting, type UserRef } from './setting.ts';

/** Where something is done: in a channel, or with the bot directly; in the first channel, unless said otherwise. */
interface Place {
  readonly channel?: ChannelRef;
  readonly direct?: true;
}

/** What people do in Discord. Each act is refused (throws) where Discord's own client would not offer it. */
export class People extends Setting {
  /** Says a slash command: `command(anna, 'rfc new', { title: 'Move the database' })`. */
  command(user: UserRef, words: string, options: Readonly<Record<string, Given>> = {}, place: Place = {}): FakeInteraction {
    const spoken = findSpoken(this.world, words);
    const who = this.world.user(user);
    const channel = this.place(place, who);
    this.mayUse(spoken.command, who, channel);
    return this.act(interactionKind.command, who, channel, null, commandData(this.world, spoken, options));
  }

  /** Types into an option: the app offers choices. `typed` names the option and what stands in it so far. */
  autocomplete(
    user: UserRef,
    words: string,
    typed: { readonly option: string; readonly text: string },
    options: Readonly<Record<string, Given>> = {},
    place: Place = {},
  ): FakeInteraction {
    const spoken = findSpoken(this.world, words);
    const data = commandData(this.world, spoken, { ...options, [typed.option]: typed.text }, typed.option);
    const who = this.world.user(user);
    return this.act(interactionKind.autocomplete, who, this.place(place, who), null, data);
  }

  /** Uses a command from the menu of a message. */
  messageCommand(user: UserRef, name: string, message: FakeMessage): FakeInteraction {
    const all = [...this.world.commands.guild, ...this.world.commands.global];
    const command = all.find((each) => each.type === 3 && each.name === name);
    if (!command) throw new Error(`No message command "${name}" is registered`);
    const who = this.world.user(user);
    const channel = this.seen(who, message);
    this.mayUse(command, who, channel);
    const resolved = { messages: { [message.id]: messageJson(this.world, message) } };
    const data = { id: command.id, name, type: command.type, target_id: message.id, resolved };
    return this.act(interactionKind.command, who, channel, null, data);
  }

  /** Presses a button, named by its label or custom id. */
  press(user: UserRef, message: FakeMessage, labelOrCustomId: string): FakeInteraction {
    const who = this.world.user(user);
    const channel = this.seen(who, message);
    const buttons = walk(message.components).filter((part) => part.type === kind.button);
    const button = buttons.find((each) => each.label === labelOrCustomId || each.custom_id === labelOrCustomId);
    if (!button) {
      const labels = buttonsOf(message).map((each) => each.label);
      throw new Error(`The message has no button ${labelOrCustomId}; there are: ${labels.join(', ') || 'none'}`);
    }
    if (button.disabled) throw new Error(`The button ${labelOrCustomId} is disabled`);
    if (!button.custom_id) throw new Error(`The button ${labelOrCustomId} is a link to ${button.url ?? 'nowhere'}`);
    const data = { id: button.id, custom_id: button.custom_id, component_type: button.type };
    return this.act(interactionKind.component, who, channel, message, data);
  }

  /** Chooses in a select, named by its custom id or placeholder; options are named by label or value. */
  select(user: UserRef, message: FakeMessage, customId: string, given: readonly Given[]): FakeInteraction {
    const who = this.world.user(user);
    const channel = this.seen(who, message);
    const select = selectsOf(message).find((each) => each.custom_id === customId || each.placeholder === customId);
    if (!select) {
      const ids = selectsOf(message).map((each) => each.custom_id);
      throw new Error(`The message has no select ${customId}; there are: ${ids.join(', ') || 'none'}`);
    }
    if (select.disabled) throw new Error(`The select ${customId} is disabled`);
    const resolved = nothingResolved();
    const values = valuesIn(this.world, select, given, resolved);
    countValues(select, values);
    const data = { id: select.id, custom_id: select.custom_id, component_type: select.type, values, ...resolvedPart(resolved) };
    return this.act(interactionKind.component, who, channel, message, data);
  }

  /** Fills in a form by label and sends it; fields that are not named keep what stood in them. */
  submit(modal: FakeModal, filled: Filled = {}): FakeInteraction {
    const { user, channel, source } = modal.interaction;
    return this.act(interactionKind.modal, user, channel, source, formData(this.world, modal, filled));
  }

  /** Writes a message in a channel, or to the bot (`{ direct: true }` in place of the channel). */
  say(
    user: UserRef,
    where: ChannelRef | { readonly direct: true },
    text: string,
    options: { readonly mentionsBot?: boolean; readonly replyTo?: FakeMessage } = {},
  ): FakeMessage {
    const who = this.world.user(user);
    const direct = typeof where === 'object' && 'direct' in where;
    const channel = direct ? this.world.directChannel(who) : this.world.channel(where);
    const content = options.mentionsBot ? `<@${this.world.bot.id}> ${text}` : text;
    const reply = options.replyTo ? { message_reference: { message_id: options.replyTo.id } } : {};
    // People without the right to ping everyone do not, whatever they write.
    const body = { content, ...reply, allowed_mentions: { parse: ['users', 'roles'] } };
    return createMessage(this.world, { channel, authorId: who.id, flags: 0 }, body, []);
  }

  /** Marks a message with an emoji. */
  react(user: UserRef, message: FakeMessage, emoji: string): void {
    const who = this.world.user(user);
    const channel = this.seen(who, message);
    const place = { channel_id: channel.id, message_id: message.id, ...inGuild(this.world, channel) };
    const direct = channel.type === channelKind.direct;
    const data = {
      ...place,
      user_id: who.id,
      ...(direct ? {} : { member: memberJson(who) }),
      emoji: { id: null, name: emoji },
      type: 0,
      burst: false,
    };
    if (!message.reactions.includes(emoji)) message.reactions.push(emoji);
    // The intents for reactions sit one bit above those for messages.
    this.world.emit({ name: 'MESSAGE_REACTION_ADD', data, intent: intentFor(channel) << 1 });
  }

  /** Pins a message; Discord tells of it as of a change, and does not say who did it. */
  pin(message: FakeMessage): void {
    message.pinned = true;
    announce(this.world, 'MESSAGE_UPDATE', this.world.channel(message.channelId), message);
  }

  /** Edits what somebody wrote. */
  rewrite(message: FakeMessage, text: string): void {
    editMessage(this.world, message, { content: text }, [], message.flags);
  }

  /** Deletes a message, as a moderator can. */
  remove(message: FakeMessage): void {
    deleteMessage(this.world, message);
  }

  private act(
    type: number,
    user: FakeUser,
    channel: FakeChannel,
    source: FakeMessage | null,
    data: Record<string, unknown>,
  ): FakeInteraction {
    const interaction = new FakeInteraction(this.world, type, user, channel, source);
    sendInteraction(this.world, interaction, data);
    return interaction;
  }

  private place(place: Place, user: FakeUser): FakeChannel {
    if (place.direct) return this.world.directChannel(user);
    if (place.channel !== undefined) return this.world.channel(place.channel);
    const first = [...this.world.channels.values()].find((each) => each.type === channelKind.text && !each.deleted);
    if (!first) throw new Error('The fake Discord has no channel yet: add one first');
    return first;
  }

  /** The channel of a message that the person can see; throws when they cannot. */
  private seen(user: FakeUser, message: FakeMessage): FakeChannel {
    const channel = this.world.channel(message.channelId);
    if (message.deleted || channel.deleted) throw new Error('The message was deleted');
    const hidden = message.ephemeralFor !== null && message.ephemeralFor !== user.id;
    const foreign = channel.type === channelKind.direct && channel.recipientId !== user.id;
    if (hidden || foreign) throw new Error(`${user.name} cannot see this message`);
    return channel;
  }

  private mayUse(command: RegisteredCommand, user: FakeUser, channel: FakeChannel): void {
    const name = `/${command.name}`;
    if (channel.type === channelKind.direct) {
      const contexts = command.contexts;
      const closed = command.dm_permission === false || (Array.isArray(contexts) && !contexts.includes(1));
      if (closed || this.world.commands.guild.includes(command)) throw new Error(`${name} is not offered in direct messages`);
      return;
    }
    const wanted = command.default_member_permissions;
    if (typeof wanted !== 'string') return;
    const has = everyonePermissions | user.permissions;
    const isAdministrator = (has & permission.administrator) !== 0n;
    const enough = wanted !== '0' && (has & BigInt(wanted)) === BigInt(wanted);
    if (!isAdministrator && !enough) throw new Error(`${name} is not offered to ${user.name}: it wants permissions ${wanted}`);
  }
}

function countValues(select: Component, values: readonly string[]): void {
  const { min_values: least = 1, max_values: most = 1, custom_id: id } = select;
  if (values.length < least || values.length > most) {
    throw new Error(`Discord would not send this: the select ${id ?? ''} wants ${least} to ${most} values, not ${values.length}`);
  }
}
