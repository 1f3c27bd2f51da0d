/** Calls to a platform: never longer than the time-out, and every failure an outcome. */

import type { Card } from '../chat/card.ts';
import { peopleOfCard } from '../chat/mentions.ts';
import { type ChatPlatform, type Mechanism, type Names, PlatformError } from '../chat/port.ts';
import type { Span } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { type Outcome, USUAL_PAUSE, type Way } from './protocol.ts';

export type AnyWay = Mechanism | ChatPlatform;

/** Whether a way out is one on which people talk with Bellman: there it can look, edit and remove. */
export const isChat = (mechanism: AnyWay | undefined): mechanism is ChatPlatform =>
  mechanism !== undefined && 'edit' in mechanism;

/** What can be done by a way out, as the protocol needs it. */
export const wayOf = (mechanism: AnyWay | undefined): Way =>
  mechanism && {
    canLook: mechanism.canLook && isChat(mechanism),
    canEdit: isChat(mechanism),
    ...(mechanism.canRepeat ? { canRepeat: true } : {}),
  };

export type Trouble = Extract<Outcome, { is: 'refused' | 'limited' | 'unknown' }>;
export type Called<T> = { readonly is: 'done'; readonly value: T } | Trouble;

/** Calls, and turns whatever goes wrong into an outcome. What is neither refused nor limited for certain is unknown. */
export async function call<T>(timeout: Span, work: () => Promise<T>): Promise<Called<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Trouble>((resolve) => {
    timer = setTimeout(() => resolve({ is: 'unknown', why: `No answer within ${timeout / 1000} s` }), timeout);
  });
  const done = async (): Promise<Called<T>> => ({ is: 'done', value: await work() });
  try {
    return await Promise.race([done().catch(troubleOf), late]);
  } finally {
    clearTimeout(timer);
  }
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof PlatformError)) return { is: 'unknown', why: error instanceof Error ? error.message : String(error) };
  switch (error.outcome) {
    case 'refused':
      return { is: 'refused', why: error.message };
    case 'limited':
      return { is: 'limited', why: error.message, after: error.after ?? USUAL_PAUSE };
    case 'unknown':
      return { is: 'unknown', why: error.message };
    default:
      return error.outcome satisfies never;
  }
}

/** Looks up the names of everybody that a card mentions; asks nothing when it mentions nobody. */
export function namesFor(
  lookUp: (platform: string, people: readonly PersonId[]) => Promise<Names>,
  platform: string,
  card: Card,
): Promise<Names> {
  const people = [...new Set(peopleOfCard(card))];
  return people.length > 0 ? lookUp(platform, people) : Promise.resolve((person) => ({ name: person }));
}
