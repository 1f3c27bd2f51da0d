/** How the reactions of plans tell people: the names of live cards, what goes first, and one way to notify. */
import type { Card } from '../chat/card.ts';
import { type Ask, tell } from '../core/ask.ts';
import type { PersonId } from '../core/record.ts';

/** The first words of live names; `plan` is the board, the others are about one update: `draft:PRB-1.3`. */
export const LIVE = {
  board: 'plan',
  draft: 'draft',
  write: 'write',
  asked: 'asked',
  handover: 'handover',
  unsure: 'unsure',
  missed: 'missed',
  call: 'call',
  question: 'question',
  questions: 'questions',
} as const;

/** Notices that somebody is waited for go before ordinary ones, and after updates that are urgent. */
export const URGENCY = { overdue: 2, draft: 3, notice: 4 } as const;

/** Tells each of these people once. */
export const notify = (people: readonly PersonId[], content: Card, urgency: number = URGENCY.notice): readonly Ask[] =>
  tell(people, content, { urgency });
