/** From what Discord tells to what somebody wants, in the neutral form. Pure. */
import {
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageApplicationCommandInteractionData,
  type APIMessageComponentButtonInteraction,
  type APIModalSubmitInteraction,
  type APIUser,
  ApplicationCommandType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionType,
} from 'discord.js';
import { type Asker, type Intent, type Place, placeOf, type ReplyAddress } from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { saidCommand } from './commands.ts';
import { openedOf, pressOf } from './keys.ts';
import { answersIn } from './modal.ts';

export const DISCORD = 'discord';

/** The interactions that we answer. */
export type Asked =
  | APIChatInputApplicationCommandInteraction
  | APIMessageApplicationCommandInteraction
  | APIMessageComponentButtonInteraction
  | APIModalSubmitInteraction;

/** Discord does not tell people's time zones. */
const ZONE = 'UTC';

/** The interaction, if it is one that we answer. What the casts say, the kind that stands inside `data` has just told. */
export function askedIn(interaction: APIInteraction): Asked | undefined {
  switch (interaction.type) {
    case InteractionType.ApplicationCommand:
      if (interaction.data.type === ApplicationCommandType.ChatInput)
        return interaction as APIChatInputApplicationCommandInteraction;
      return interaction.data.type === ApplicationCommandType.Message
        ? (interaction as APIMessageApplicationCommandInteraction)
        : undefined;
    case InteractionType.MessageComponent:
      return interaction.data.component_type === ComponentType.Button
        ? (interaction as APIMessageComponentButtonInteraction)
        : undefined;
    case InteractionType.ModalSubmit:
      return interaction;
    case InteractionType.Ping:
    case InteractionType.ApplicationCommandAutocomplete:
      return undefined;
    default:
      return interaction satisfies never;
  }
}

/** What somebody wants with a command, a button or a form; undefined when Discord does not say who it is. */
export function intentOf(interaction: Asked, registry: Registry): Intent | undefined {
  const user = interaction.member?.user ?? interaction.user;
  if (!user) return undefined;
  const direct = interaction.guild_id === undefined;
  const channel = interaction.channel?.id ?? interaction.channel_id ?? '';
  const asked = {
    key: `discord:${interaction.id}`,
    from: askerOf(user, interaction.member?.nick),
    at: direct ? personPlace(user.id) : channelPlace(channel),
    address: {
      interaction: interaction.id,
      token: interaction.token,
      user: user.id,
      channel,
      ...(direct ? { direct: 'yes' } : {}),
    },
  };
  switch (interaction.type) {
    case InteractionType.ApplicationCommand:
      return interaction.data.type === ApplicationCommandType.Message
        ? { ...asked, kind: 'shortcut', ...pickedIn(interaction.data, registry) }
        : { ...asked, kind: 'command', ...saidCommand(interaction.data, registry) };
    case InteractionType.MessageComponent:
      return { ...asked, kind: 'press', ...pressOf(interaction.data.custom_id) };
    case InteractionType.ModalSubmit:
      return { ...asked, kind: 'submit', ...openedOf(interaction.data.custom_id), answers: answersIn(interaction.data) };
    default:
      return interaction satisfies never;
  }
}

/** Which shortcut was used on which message. */
function pickedIn({ name, target_id, resolved }: APIMessageApplicationCommandInteractionData, registry: Registry) {
  const message = resolved.messages[target_id];
  return {
    shortcut: registry.shortcuts.find(({ label }) => label === name)?.id ?? name,
    message: { text: message?.content ?? '', user: message?.author.id ?? '', message: target_id },
  };
}

/** What somebody says to the bot: directly, or in a channel with a mention of it. A reply to the bot without a mention is talk among people. */
export function wordsIntent(
  message: GatewayMessageCreateDispatchData,
  bot: string,
): Extract<Intent, { kind: 'words' }> | undefined {
  if (message.author.bot || message.webhook_id !== undefined) return undefined;
  const direct = message.guild_id === undefined;
  const mention = new RegExp(`<@!?${bot}>`, 'gu');
  if (!direct && !mention.test(message.content)) return undefined;
  const words = message.content
    .replaceAll(mention, ' ')
    .replace(/^\s*\//u, '')
    .trim();
  const user = message.author.id;
  return {
    kind: 'words',
    words: words === '' ? 'bellman help' : words,
    key: `discord:${message.id}`,
    from: askerOf(message.author, message.member?.nick),
    at: direct ? personPlace(user) : channelPlace(message.channel_id),
    address: {
      message: message.id,
      channel: message.channel_id,
      user,
      ...(direct ? { direct: 'yes' } : {}),
    } satisfies ReplyAddress,
  };
}

/** Somebody on Discord. Discord tells neither e-mail nor time zone, and knows no guests. */
export const askerOf = (user: Pick<APIUser, 'id' | 'username' | 'global_name' | 'bot'>, nick?: string | null): Asker => ({
  platform: DISCORD,
  user: user.id,
  handle: user.username,
  name: nick ?? user.global_name ?? user.username,
  timeZone: ZONE,
  bot: user.bot ?? false,
  guest: false,
});

/** A channel of Discord, by its id. */
export const channelPlace = (id: string): Place => placeOf({ platform: DISCORD, kind: 'channel', id });
/** The direct messages of somebody, by their id on Discord. */
export const personPlace = (id: string): Place => placeOf({ platform: DISCORD, kind: 'person', id });
