/** The Discord adapter against the fake Discord, over REST and a real gateway connection. */
import { type DiscordParts, discord } from '../../../adapters/discord/index.ts';
import { understand } from '../../../src/chat/grammar.ts';
import { type ChatPlatform, placeOf } from '../../../src/chat/port.ts';
import { isRefusal } from '../../../src/core/refusal.ts';
import type { ContractParts, ContractSetup, Filled, Player, Stage, Where } from '../../contract/stage.ts';
import {
  type FakeDiscord,
  type FakeInteraction,
  type FakeMessage,
  type FakeModal,
  startFakeDiscord,
} from '../../fakes/discord/fake-discord.ts';
import { fieldsOf, seen } from './reading.ts';

/** The longest that anything is waited for, in milliseconds. */
export const WAIT = 5000;
/** The permission to see a channel. */
const VIEW = 1n << 10n;
const POST = 'POST /channels/:channel/messages';

const player = (user: string, handle: string): Player => ({ user, handle, typed: `<@${user}>` });
export const ANNA = player('2001', 'anna');
export const BRAM = player('2002', 'bram');
export const CEES = player('2003', 'cees');
export const CAB = placeOf({ platform: 'discord', kind: 'channel', id: '3001' });

export interface Logged {
  readonly facts: object;
  readonly message: string;
}

/** A lease that processes of one test share. */
export function leaseOf(shared: { holder: string | undefined }, name: string): DiscordParts['lease'] {
  return {
    acquire: async () => {
      shared.holder ??= name;
      return shared.holder === name;
    },
    release: async () => {
      if (shared.holder === name) shared.holder = undefined;
    },
  };
}

/** A server with three people (one with closed direct messages) and two channels (one that cannot be read). */
export async function serverOf(options: Parameters<typeof startFakeDiscord>[0] = {}): Promise<FakeDiscord> {
  const fake = await startFakeDiscord(options);
  fake.addRole({ id: '4001', name: 'Ops' });
  fake.addUser({ id: ANNA.user, name: ANNA.handle, displayName: 'Anna Visser', roles: ['4001'] });
  fake.addUser({ id: BRAM.user, name: BRAM.handle, roles: ['4001'] });
  fake.addUser({ id: '2009', name: 'helper', isBot: true, roles: ['4001'] });
  fake.addUser({ id: CEES.user, name: CEES.handle, dmClosed: true });
  fake.addChannel({ id: '3001', name: 'cab' });
  fake.addChannel({ id: '3002', name: 'silent', botCanReadHistory: false });
  return fake;
}

export interface Made {
  readonly platform: ChatPlatform;
  readonly logged: readonly Logged[];
}

/** The adapter for a fake; everything can be said otherwise. */
export function adapterFor(fake: FakeDiscord, parts: ContractParts, more: Partial<DiscordParts> = {}): Made {
  const logged: Logged[] = [];
  const write = (facts: object, message: string) => void logged.push({ facts, message });
  const platform = discord({
    audiences: async () => ['customers', 'field-engineers'],
    token: fake.token,
    applicationId: fake.applicationId,
    apiUrl: fake.apiUrl,
    ...parts,
    lease: leaseOf({ holder: undefined }, 'one'),
    log: { info: write, warn: write },
    timeout: 2000,
    ...more,
  });
  return { platform, logged };
}

export interface DiscordSetup extends ContractSetup, Made {
  readonly fake: FakeDiscord;
}

export async function discordSetup(parts: ContractParts, more: Partial<DiscordParts> = {}): Promise<DiscordSetup> {
  const fake = await serverOf();
  const { platform, logged } = adapterFor(fake, parts, more);
  const started = {
    ...platform,
    start: async (dispatch: Parameters<ChatPlatform['start']>[0]) => {
      await platform.start(dispatch);
      await fake.gateway.connected(WAIT);
    },
  };
  return {
    fake,
    logged,
    platform: started,
    anna: ANNA,
    bram: BRAM,
    closed: CEES,
    channel: { place: CAB, name: 'cab' },
    group: { place: placeOf({ platform: 'discord', kind: 'group', id: '4001' }), name: 'ops', typed: '<@&4001>' },
    unreadable: placeOf({ platform: 'discord', kind: 'channel', id: '3002' }),
    stage: stageOf(fake, parts),
    membersOf: async (place) => {
      const { overwrites } = fake.channel(place.replace('discord/channel/', ''));
      const hidden = overwrites.some(({ type, deny }) => type === 0 && (BigInt(deny) & VIEW) !== 0n);
      return hidden ? [ANNA, BRAM, CEES].map(({ user }) => user).filter((user) => overwrites.some(({ id }) => id === user)) : [];
    },
    trouble: {
      loseAnswer: () => void fake.fail(POST, '500-after-accepting'),
      breakBefore: () => void fake.fail(POST, 'reset-before'),
      limit: (after) => void fake.fail(POST, '429', { retryAfter: after / 1000 }),
    },
    stop: () => fake.close(),
  };
}

/** What is in front of whom, and how they go on. */
export function stageOf(fake: FakeDiscord, { registry }: ContractParts): Stage {
  const open = new Map<string, FakeModal>();
  let last: { readonly user: string; readonly interaction?: FakeInteraction } | undefined;
  const handle = (user: string) => [ANNA, BRAM, CEES].find((one) => one.user === user)?.handle ?? user;
  const messages = (who: Player, where: Where): readonly FakeMessage[] => {
    if (where === 'channel') return fake.messages('cab').filter(({ deleted }) => !deleted);
    return (where === 'direct' ? fake.directMessages(who.user) : fake.ephemerals(who.user)).filter(({ deleted }) => !deleted);
  };
  const answered = async (who: Player, interaction: FakeInteraction): Promise<FakeInteraction> => {
    last = { user: who.user, interaction };
    await interaction.answered(WAIT);
    if (interaction.modal) open.set(who.user, interaction.modal);
    return interaction;
  };
  const modalOf = (who: Player): FakeModal => {
    const modal = open.get(who.user);
    if (!modal) throw new Error(`There is no dialog in front of ${who.handle}`);
    return modal;
  };
  const posts = () =>
    fake.calls.filter(({ method, path, status }) => method === 'POST' && status !== null && !path.endsWith('/typing'));

  const submit = async (who: Player, filled: Filled): Promise<{ readonly mend: Readonly<Record<string, string>> }> => {
    const modal = modalOf(who);
    open.delete(who.user);
    const sent = await answered(who, fake.submit(modal, valuesIn(modal, filled)));
    const reply = sent.reply ?? sent.followups[0];
    const button = reply && seen(reply, handle).buttons.includes('Continue');
    if (!reply || !button) return { mend: {} };
    await answered(who, fake.press(who.user, reply, 'Continue'));
    const { text } = seen(reply, handle);
    if (!text.includes('Not sent yet')) return submit(who, filled);
    return {
      mend: Object.fromEntries([...text.matchAll(/^- ([^:\n]+): (.*)$/gmu)].map(([, label = '', why = '']) => [label, why])),
    };
  };

  return {
    say: async (who, words, where = 'channel') => {
      const said = understand(words, registry);
      if (isRefusal(said)) throw new Error(`Discord offers no such command: ${words}`);
      const options = Object.fromEntries(
        Object.entries(said.input).map(([name, value]) => [name, value.replace(/^<[@#]!?(\d+)>$/u, '$1')]),
      );
      const place = where === 'channel' ? {} : { direct: true as const };
      await answered(who, fake.command(who.user, said.command.name, options, place));
    },
    mention: async (who, words) => {
      const before = fake.messages('cab').length;
      fake.say(who.user, 'cab', words, { mentionsBot: true });
      last = { user: who.user };
      await fake.until(() => (fake.messages('cab').length > before + 1 ? true : undefined), WAIT, 'an answer in the channel');
    },
    pick: async (who, author, text, { label }) => {
      await answered(who, fake.messageCommand(who.user, label, fake.say(author.user, 'cab', text)));
    },
    mark: async (who, author, text, edited) => {
      const said = fake.say(author.user, 'cab', text);
      fake.react(who.user, said, '📌');
      fake.pin(said);
      fake.rewrite(said, edited);
      return { id: said.id, erase: async () => fake.remove(said) };
    },
    repeat: async () => {
      const before = posts().length;
      if (!last) throw new Error('Nothing was asked yet');
      fake.gateway.repeat();
      await fake.until(
        () => (posts().length > before ? true : undefined),
        WAIT,
        'the second answer, which Discord refuses or knows',
      );
    },
    press: async (who, card, label) => {
      const { message } = card as typeof card & { readonly message: FakeMessage };
      await answered(who, fake.press(who.user, message, label));
    },
    all: (who, where) => messages(who, where).map((message) => seen(message, handle)),
    sees: (who, where, reading) => {
      const fits = (text: string) => (typeof reading === 'string' ? text.includes(reading) : reading.test(text));
      const now = () => messages(who, where).map((message) => seen(message, handle));
      return fake.until(
        () =>
          now()
            .toReversed()
            .find(({ text }) => fits(text)),
        WAIT,
        `${String(reading)} (${where})`,
      );
    },
    form: async (who) => ({ title: modalOf(who).title.replace(/ \(\d+ of \d+\)$/u, ''), fields: fieldsOf(modalOf(who)) }),
    hasForm: (who) => open.has(who.user),
    submit,
  };
}

/** What is put into the fields that this step shows. */
function valuesIn(modal: FakeModal, filled: Filled) {
  const shown = new Set(modal.fields.map(({ label }) => label));
  return Object.fromEntries(
    Object.entries(filled)
      .filter(([label]) => shown.has(label))
      .map(([label, value]) => [
        label,
        typeof value === 'string' ? value : 'user' in value ? value.user : value.map(({ user }) => user),
      ]),
  );
}
