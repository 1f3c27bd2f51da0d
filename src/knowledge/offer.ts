/** Known ones first: whoever raises something that reads like what is known sees that, with what helps, before it is raised (P4, P10). */
import { type Block, type Card, card, controls, text } from '../chat/card.ts';
import type { RawAnswers } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { type Conversation, privately } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { ORG } from '../core/record.ts';
import { foundWords } from './cards.ts';
import { knownError } from './known-error.ts';
import { alike, type Found, type Sought } from './store.ts';

/** What is worth a question at 3 in the morning: titles that read nearly the same, or much that is alike by more than one word. */
const worthAsking = ({ score, shared, likeness }: Found): boolean => likeness >= 0.6 || (score >= 0.6 && shared >= 2);

/** The room in which something is raised: the first word of its buttons, and how it is called. */
interface Raising {
  readonly root: string;
  readonly one: string;
}

/** The question whether it is one of these; what was written waits an hour for the answer. Undefined: nothing is like it. */
export async function offered(
  c: Conversation,
  { root, one }: Raising,
  sought: Sought,
  written: RawAnswers,
): Promise<Reply | undefined> {
  const found = (await alike(c.db, sought, c.me)).filter(worthAsking);
  if (found.length === 0) return undefined;
  return privately(offerCard(found, { root, one }, sought.title, await c.keep(written)));
}

function offerCard(found: readonly Found[], { root, one }: Raising, title: string, kept: string): Card {
  const each = found.flatMap((match): readonly Block[] => [
    text(...foundWords(match)),
    controls({ label: 'It is this one', action: `${root}.this-one`, record: match.id, value: kept, style: 'primary' }),
  ]);
  return card(
    'Is it one of these?',
    [
      text('Nothing is raised yet. ', { bold: title }, ' reads like what is known already:'),
      ...each,
      controls({ label: `None of them: raise ${one}`, action: `${root}.none-of-them`, record: ORG, value: kept }),
    ],
    {
      tone: 'warning',
      summary: `Nothing is raised yet. It reads like ${found.map(({ id }) => id).join(', ')}. Is it one of these?`,
    },
  );
}

/** The problem that a match means: itself, or the one whose error it is. Undefined: the asker may not know of it. */
export async function problemOf(c: Conversation, match: RecordId): Promise<RecordId | undefined> {
  const view = await c.view(match);
  if (!view) return undefined;
  return match.startsWith('KER-') ? view.state(knownError).problem : match;
}
