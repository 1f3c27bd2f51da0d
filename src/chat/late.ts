/** Answers to requests that had to wait: given privately, where the request came from. */
import type { PersonId } from '../core/record.ts';
import { card, text } from './card.ts';
import { peopleOfCard } from './mentions.ts';
import type { ChatPlatform, Dispatch, Intent, Names } from './port.ts';
import { refusalCard } from './refusals/index.ts';

export interface LateParts {
  readonly dispatch: Dispatch;
  readonly platforms: ReadonlyMap<string, Pick<ChatPlatform, 'replyPrivately'>>;
  readonly names: (platform: string, people: readonly PersonId[]) => Promise<Names>;
}

/** Finishes a request that waited. False: its record was busy again, or Postgres away. */
export async function finishLate({ dispatch, platforms, names }: LateParts, intent: Intent): Promise<boolean> {
  const reply = await dispatch(intent);
  if (reply.kind === 'card' && (reply.later || reply.away)) return false;
  const platform = platforms.get(intent.from.platform);
  if (reply.kind === 'card')
    await platform?.replyPrivately(intent.address, reply.card, await names(intent.from.platform, peopleOfCard(reply.card)));
  return true;
}

/** Tells the person that a request was given up, so that nobody believes it done. */
export async function tellGivenUp({ platforms, names }: LateParts, intent: Intent): Promise<void> {
  const words = refusalCard({ refused: 'given-up', facts: {} });
  const shown =
    intent.kind === 'words' ? card(words.title, [...words.blocks, text('You had said: ', { code: intent.words })], words) : words;
  await platforms.get(intent.from.platform)?.replyPrivately(intent.address, shown, await names(intent.from.platform, []));
}
