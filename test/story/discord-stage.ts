/** The story's stage on Discord: interactions over the gateway, and what the server then holds. */
import { understand } from '../../src/chat/grammar.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { fieldsOf, seen } from '../adapters/discord/reading.ts';
import {
  type FakeDiscord,
  type FakeInteraction,
  type FakeMessage,
  type FakeModal,
  startFakeDiscord,
} from '../fakes/discord/fake-discord.ts';
import { CHANNELS, type Filled, PEOPLE, type Seen, type Stage, type Where, withTimes } from './stage.ts';

const WAIT = 5000;
const FIRST_USER = 2001;
const FIRST_CHANNEL = 3001;

export const discordUser = (handle: string): string => String(FIRST_USER + PEOPLE.findIndex((one) => one.handle === handle));
export const discordChannel = (name: string): string => String(FIRST_CHANNEL + [...CHANNELS, ''].indexOf(name));

/** The bank's server. */
export async function discordServer(): Promise<FakeDiscord> {
  const fake = await startFakeDiscord();
  for (const { handle, name } of PEOPLE) fake.addUser({ id: discordUser(handle), name: handle, displayName: name });
  for (const name of CHANNELS) fake.addChannel({ id: discordChannel(name), name });
  return fake;
}

/** What Bellman needs to know to work there. */
export const discordEnvironment = (fake: FakeDiscord): Readonly<Record<string, string>> => ({
  DISCORD_TOKEN: fake.token,
  DISCORD_APPLICATION_ID: fake.applicationId,
  DISCORD_GUILD_ID: fake.guildId,
  DISCORD_API_URL: fake.apiUrl,
  BELLMAN_ADMINS: `discord:${discordUser('admin')}`,
});

export interface DiscordSeen extends Seen {
  readonly message: FakeMessage;
}

export interface DiscordStage extends Stage {
  /** Fills in and sends the step in front of somebody, and does not go on; the answer of Discord's app. */
  fillStep(who: string, filled: Filled): Promise<FakeMessage | undefined>;
  all(who: string, where: Where): readonly DiscordSeen[];
}

/** The stage on this server. What is said is picked from the commands that Bellman registered. */
export function discordStage(fake: FakeDiscord, registry: Registry): DiscordStage {
  const open = new Map<string, FakeModal>();
  const handleOf = (user: string) => PEOPLE.find(({ handle }) => discordUser(handle) === user)?.handle ?? user;
  const channelOf = (id: string) => CHANNELS.find((name) => discordChannel(name) === id) ?? id;
  const typed = (words: string) =>
    words
      .replaceAll(/(?<=^|\s)@([a-z]+)\b/gu, (all, handle: string) =>
        PEOPLE.some((one) => one.handle === handle) ? `<@${discordUser(handle)}>` : all,
      )
      .replaceAll(/(?<=^|\s)#([a-z-]+)\b/gu, (all, name: string) =>
        CHANNELS.some((one) => one === name) ? `<#${discordChannel(name)}>` : all,
      );

  const read = (message: FakeMessage): DiscordSeen => {
    const { text, buttons, mentions, id } = seen(message, handleOf);
    const named = text.replaceAll(/#(\d{4})\b/gu, (_all, channel: string) => `#${channelOf(channel)}`);
    return { text: withTimes(named), buttons, calls: mentions.map(handleOf), id, message };
  };
  const messages = (who: string, where: Where): readonly FakeMessage[] => {
    const user = discordUser(who);
    if (where === 'direct') return fake.directMessages(user);
    if (where === 'answer') return [...fake.directMessages(user), ...fake.ephemerals(user)];
    return fake.messages(discordChannel(where.slice(1)));
  };

  const answered = async (who: string, interaction: FakeInteraction): Promise<FakeInteraction> => {
    await interaction.answered(WAIT);
    if (interaction.modal) open.set(who, interaction.modal);
    return interaction;
  };
  const modalOf = (who: string): FakeModal => {
    const modal = open.get(who);
    if (!modal) throw new Error(`There is no dialog in front of ${who}`);
    return modal;
  };

  const fillStep = async (who: string, filled: Filled): Promise<FakeMessage | undefined> => {
    const modal = modalOf(who);
    open.delete(who);
    const shown = new Set(modal.fields.map(({ label }) => label));
    const here = Object.fromEntries(Object.entries(filled).filter(([label]) => shown.has(label)));
    const sent = await answered(who, fake.submit(modal, here));
    return sent.reply ?? sent.followups[0];
  };
  const fill = async (who: string, filled: Filled): Promise<Readonly<Record<string, string>>> => {
    const reply = await fillStep(who, filled);
    if (!reply || !read(reply).buttons.includes('Continue')) return {};
    await answered(who, fake.press(discordUser(who), reply, 'Continue'));
    const { text } = read(reply);
    if (!text.includes('Not sent yet')) return fill(who, filled);
    return Object.fromEntries([...text.matchAll(/^- ([^:\n]+): (.*)$/gmu)].map(([, label = '', why = '']) => [label, why]));
  };

  return {
    platform: 'discord',
    say: async (who, where, words) => {
      const said = understand(typed(words).replace(/^\//u, ''), registry);
      if (isRefusal(said)) throw new Error(`Discord offers no such command: ${words}`);
      const options = Object.fromEntries(
        // People and channels are picked where the command has a picker for them; else they are written.
        Object.entries(said.input).map(([name, value]) => [
          name,
          /^(person|channel)$/u.test(said.command.args[name]?.kind ?? '') ? value.replace(/^<[@#]!?(\d+)>$/u, '$1') : value,
        ]),
      );
      await answered(
        who,
        fake.command(discordUser(who), said.command.name, options, { channel: discordChannel(where.slice(1)) }),
      );
    },
    press: async (who, card, label) => {
      // Only this stage makes what it is given.
      const { message } = card as DiscordSeen;
      await answered(who, fake.press(discordUser(who), message, label));
    },
    dialog: async (who) => {
      const modal = modalOf(who);
      const shown = (value: string | readonly string[]) => (typeof value === 'string' ? value : value.map(handleOf).join(','));
      return {
        title: modal.title.replace(/ \(\d+ of \d+\)$/u, ''),
        fields: Object.fromEntries(fieldsOf(modal).map(({ label, value }) => [label, shown(value)])),
      };
    },
    fill,
    fillStep,
    all: (who, where) =>
      messages(who, where)
        .filter(({ deleted }) => !deleted)
        .map(read),
  };
}
