/** Answers to requests that had to wait: given privately, where the request came from. */
import type { PersonId } from '../core/record.ts';
import { type Card, card, controls, text } from './card.ts';
import { OPEN } from './dispatch.ts';
import { peopleOfCard } from './mentions.ts';
import type { ChatPlatform, Dispatch, Intent, Names, Reply } from './port.ts';
import { refusalCard } from './refusals/index.ts';

export interface LateParts {
  readonly dispatch: Dispatch;
  readonly platforms: ReadonlyMap<string, Pick<ChatPlatform, 'replyPrivately'>>;
  readonly names: (platform: string, people: readonly PersonId[]) => Promise<Names>;
}

/** Finishes a request that waited. False: its record was busy again, or Postgres away. */
export async function finishLate(parts: LateParts, intent: Intent): Promise<boolean> {
  const reply = await parts.dispatch(intent);
  if (reply.kind === 'card' && (reply.later || reply.away)) return false;
  await tellLate(parts, intent, reply);
  return true;
}

/** Gives an answer after its request was acknowledged. */
export async function tellLate({ platforms, names }: Omit<LateParts, 'dispatch'>, intent: Intent, reply: Reply): Promise<void> {
  const shown = lateCard(intent, reply);
  if (!shown) return;
  const { platform } = intent.from;
  await platforms.get(platform)?.replyPrivately(intent.address, shown, await names(platform, peopleOfCard(shown)));
}

/** What is shown of an answer that comes late: forms open only at the moment of a click, and a dialog that was sent is gone. */
function lateCard(intent: Intent, reply: Reply): Card | undefined {
  switch (reply.kind) {
    case 'nothing':
      return undefined;
    case 'card':
      return reply.card;
    case 'form': {
      const again = againOf(intent);
      const { title } = reply.form;
      return again === undefined
        ? card(title, [text('The form is ready: ask for it again.')])
        : card(title, [text('The form is ready: press Open.'), controls({ label: 'Open', style: 'primary', ...again })]);
    }
    case 'mend':
      return card(
        'Not done',
        Object.entries(reply.fields).map(([name, words]) => text({ bold: name }, `: ${words}`)),
        { tone: 'warning' },
      );
    default:
      return reply satisfies never;
  }
}

/** The button that asks for the same again. */
function againOf(intent: Intent): { readonly action: string; readonly record: string; readonly value?: string } | undefined {
  if (intent.kind === 'words') return { action: OPEN, record: '', value: intent.words };
  if (intent.kind !== 'press') return undefined;
  const { action, record, value } = intent;
  return { action, record, ...(value === undefined ? {} : { value }) };
}

/** Tells the person that a request was given up, so that nobody believes it done. */
export async function tellGivenUp({ platforms, names }: LateParts, intent: Intent): Promise<void> {
  const words = refusalCard({ refused: 'given-up', facts: {} });
  const shown =
    intent.kind === 'words' ? card(words.title, [...words.blocks, text('You had said: ', { code: intent.words })], words) : words;
  await platforms.get(intent.from.platform)?.replyPrivately(intent.address, shown, await names(intent.from.platform, []));
}
