/** Sending messages: what every way of saying something on Discord has in common. */
import { MessageFlags, type REST, Routes } from 'discord.js';
import type { Card } from '../../src/chat/card.ts';
import { peopleOfCard } from '../../src/chat/mentions.ts';
import type { Overflow } from '../../src/chat/overflow.ts';
import type { Log, Names } from '../../src/chat/port.ts';
import { drawn, request } from './pictures.ts';
import { type Body, render } from './render.ts';

export interface SendParts {
  /** Waits out Discord's rates itself: somebody waits for the answer. */
  readonly rest: REST;
  readonly overflow: Overflow;
  /** How these persons are called on Discord: for cards that answer at once. */
  readonly names: (people: readonly string[]) => Promise<Names>;
  readonly log: Pick<Log, 'warn'>;
}

export interface Sent {
  readonly channel: string;
  readonly id: string;
}

export interface Sender {
  /** The card as a message; with the names it was given, or those that are known. */
  readonly body: (card: Card, names?: Names) => Promise<Body>;
  /** Posts in a channel. The same nonce within a few minutes is the same message. */
  readonly say: (channel: string, body: Body, nonce: string, replyTo?: string) => Promise<Sent>;
  readonly namesFor: (people: readonly string[]) => Promise<Names>;
}

const nobody: Names = (person) => ({ name: person });

/** The nonce of what answers a request: its id in few characters, with a letter for which answer it is. */
export const nonceOf = (snowflake: string, which: string): string => `${which}${BigInt(snowflake).toString(36)}`;

/** The same message for one person's eyes only. */
export const forOne = (body: Body): Body => ({ ...body, flags: (body.flags ?? 0) | MessageFlags.Ephemeral });

/** Makes the sender. `say` throws what Discord's client throws. */
export function sender({ rest, overflow, names, log }: SendParts): Sender {
  async function namesFor(people: readonly string[]): Promise<Names> {
    if (people.length === 0) return nobody;
    try {
      return await names(people);
    } catch (error) {
      // The answer matters more than how people in it are called: most likely the database is away, and that is what it says.
      log.warn({ error }, 'Discord: names could not be looked up');
      return nobody;
    }
  }

  return {
    namesFor,
    body: async (card, given) => {
      const [known, pictures] = await Promise.all([given ?? namesFor(peopleOfCard(card)), drawn(card, log)]);
      return render(card, { names: known, overflow, drawn: pictures });
    },
    async say(channel, body, nonce, replyTo) {
      const reference = replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
      const { body: said, ...more } = request(body);
      const { id } = (await rest.post(Routes.channelMessages(channel), {
        body: { ...said, ...reference, nonce, enforce_nonce: true },
        ...more,
      })) as { id: string };
      return { channel, id };
    },
  };
}
