import { randomBytes } from 'node:crypto';
import { later, realNow } from '../world/clock.ts';
import type { Fields } from '../world/json.ts';
import { channelKind, type FakeChannel, type FakeMessage, type FakeUser, flag } from '../world/model.ts';
import { botPermissionsIn } from '../world/permissions.ts';
import { textOf } from '../world/reading.ts';
import { actingMemberJson, channelJson, messageJson, userJson } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import type { FakeModal } from './forms.ts';

/** The kinds of interaction, as the API numbers them. */
export const interactionKind = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** The kinds of answer, as the API numbers them. */
export const answerKind = {
  message: 4,
  deferred: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

/** A choice that the app offers while a person types. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** What a person did, and what the app answered so far. */
export class FakeInteraction {
  readonly id: string;
  readonly token = randomBytes(24).toString('base64url');
  readonly type: number;
  readonly user: FakeUser;
  readonly channel: FakeChannel;
  /** The message whose button or select was used. */
  readonly source: FakeMessage | null;
  /** The number of the app's first answer; null before it. */
  acknowledgement: number | null = null;
  /** Milliseconds to the first answer; null before it. */
  ms: number | null = null;
  /** The form that the app opened. */
  modal: FakeModal | null = null;
  /** The choices that the app offered. */
  choices: readonly Choice[] = [];
  /** Messages after the first answer, public and private. */
  readonly followups: FakeMessage[] = [];
  /** The message that `@original` means; also while it only says that the app is thinking. */
  original: FakeMessage | null = null;
  /** Whether `@original` was written since the answer, by a callback or later. */
  written = false;
  private readonly world: World;
  private readonly startedAt = realNow();
  private readonly callOff: () => void;
  private tokenEnded = false;
  private lapsed = false;

  constructor(world: World, type: number, user: FakeUser, channel: FakeChannel, source: FakeMessage | null) {
    this.world = world;
    this.id = world.ids.next();
    this.type = type;
    this.user = user;
    this.channel = channel;
    this.source = source;
    this.callOff = later(world.options.interactionDeadlineMs, () => {
      this.lapsed = true;
      world.waiting.changed();
    });
    world.interactions.set(this.token, this);
  }

  /** The message that the person got: a new one, or the one with the button once it was changed. Null while there is none. */
  get reply(): FakeMessage | null {
    return this.written && this.original && !this.original.deleted ? this.original : null;
  }

  /** The text of the reply, empty when there is none. */
  get replyText(): string {
    return this.reply ? textOf(this.reply) : '';
  }

  /** Whether the app let the deadline pass, so that the person was told that it did not respond. */
  get failed(): boolean {
    return this.acknowledgement === null && this.lapsed;
  }

  /** Whether followups and edits are still taken (15 minutes on Discord). */
  get tokenIsValid(): boolean {
    return !this.tokenEnded && realNow() - this.startedAt <= this.world.options.interactionTokenMs;
  }

  /** Ends the time for followups and edits at once. */
  expireToken(): void {
    this.tokenEnded = true;
  }

  /** Notes the app's first answer. */
  acknowledge(kind: number): void {
    this.acknowledgement = kind;
    this.ms = realNow() - this.startedAt;
    this.callOff();
  }

  /** Waits for the app's first answer of any kind, a deferring one too. */
  acknowledged(limitMs: number): Promise<this> {
    return this.when(limitMs, 'any answer', () => this.acknowledgement !== null);
  }

  /** Waits for an answer that the person sees; after "thinking" that is the text that takes its place. */
  answered(limitMs: number): Promise<this> {
    const isThinking = () => this.acknowledgement === answerKind.deferred && !this.written;
    return this.when(limitMs, 'an answer', () => this.acknowledgement !== null && !isThinking());
  }

  /** Waits for a form. */
  async opened(limitMs: number): Promise<FakeModal> {
    await this.when(limitMs, 'a form', () => this.acknowledgement !== null);
    return this.modal ?? fail(`The app opened no form; it said "${this.replyText}"`);
  }

  /** Waits until the message that the button was on was changed through this interaction. */
  async updated(limitMs: number): Promise<FakeMessage> {
    await this.when(limitMs, 'a change of the message', () => this.written);
    return this.original ?? fail('the interaction has no message');
  }

  /** Waits for a followup: the first, unless another number is given. */
  async followedUp(limitMs: number, count = 1): Promise<FakeMessage> {
    await this.when(limitMs, `${count} followups`, () => this.followups.length >= count);
    return this.followups[count - 1] ?? fail('no such followup');
  }

  /** Ends the wait for the deadline. */
  dispose(): void {
    this.callOff();
  }

  private when(limitMs: number, what: string, holds: () => boolean): Promise<this> {
    const look = () => {
      if (holds()) return this;
      if (this.failed) {
        throw new Error(`No answer within ${this.world.options.interactionDeadlineMs} ms: "The application did not respond"`);
      }
      return undefined;
    };
    const missed = () => `${what}; the first answer was ${this.acknowledgement ?? 'none'}, reply "${this.replyText}"`;
    return this.world.waiting.until(look, limitMs, missed);
  }
}

/** Sends an interaction over the gateway. */
export function sendInteraction(world: World, interaction: FakeInteraction, data: Fields): void {
  const { channel, user, source } = interaction;
  const direct = channel.type === channelKind.direct;
  const { applicationId, guildId } = world.options;
  world.emit({
    name: 'INTERACTION_CREATE',
    intent: 0,
    data: {
      id: interaction.id,
      application_id: applicationId,
      type: interaction.type,
      token: interaction.token,
      version: 1,
      channel_id: channel.id,
      channel: channelJson(world, channel),
      ...(direct ? { user: userJson(user) } : { guild_id: guildId, guild: { id: guildId, locale: 'en-US', features: [] } }),
      ...(direct ? {} : { member: actingMemberJson(user), guild_locale: 'en-US' }),
      ...(source ? { message: messageJson(world, source) } : {}),
      data,
      locale: 'en-US',
      app_permissions: botPermissionsIn(channel).toString(),
      entitlements: [],
      authorizing_integration_owners: { 0: guildId },
      context: direct ? 1 : 0,
      attachment_size_limit: 10 * 1024 * 1024,
    },
  });
}

/** Whether a message only says that the app is thinking. */
export function isLoading(message: FakeMessage): boolean {
  return (message.flags & flag.loading) !== 0;
}

function fail(message: string): never {
  throw new Error(message);
}
