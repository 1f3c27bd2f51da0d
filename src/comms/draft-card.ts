/** A draft as its releasers see it, before and after its release; what its buttons carry. */
import { type Card, card, controls, divider, facts, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { names, placeWords } from './cards.ts';
import { approvedBy, draftHash, HASH_ON_BUTTON, type Line, nextPoint, releasersShown, type Update } from './line.ts';
import { partsOf } from './long-text.ts';
import { type Outcome, type Plan, updateNumber } from './plan.ts';
import { audienceLabel } from './template.ts';
import { updateCards } from './update-card.ts';

/** What the buttons of a draft carry: which update, and what of it was seen. */
export const draftValue = (line: Line, update: Update): string =>
  `${updateNumber(update.id)}-${draftHash(line, update).slice(0, HASH_ON_BUTTON)}`;

/** What a button of a draft carried, in the words of a command. */
export function draftSeen(record: RecordId, value: string): { readonly update: string; readonly seen: string } {
  const [number = '', seen = ''] = value.split('-');
  return { update: `${record}.${number}`, seen };
}

/** The parts of a draft as its audience will read them. */
const asRead = (line: Line, update: Update, plan: Plan, now: Instant): readonly Card[] =>
  updateCards({
    title: plan.title,
    number: line.released + 1,
    phase: update.phase,
    text: update.draft?.text ?? '',
    asOf: update.draft?.at ?? now,
    next: line.cadence === undefined ? undefined : nextPoint(update.due, line.cadence, now),
  });

/** The parts of a long draft that stand before the card with the buttons. */
export const earlierParts = (line: Line, update: Update, plan: Plan, now: Instant): readonly Card[] =>
  asRead(line, update, plan, now)
    .slice(0, -1)
    .map((part) => ({ ...part, title: `Draft ${part.title}`, summary: `Draft ${part.summary}` }));

/** Whether a text is shown in more than one card. */
export const isLong = (words: string): boolean => partsOf(words).length > 1;

function pendingCard(record: RecordId, line: Line, update: Update, plan: Plan, now: Instant): Card {
  const audience = audienceLabel(line.audience);
  const last = asRead(line, update, plan, now).at(-1);
  const approved = approvedBy(line, update);
  const button = { record, value: draftValue(line, update) };
  const title = `${now >= update.due ? 'Overdue' : 'To release'}: ${audience}, ${record}`;
  return card(
    title,
    [
      text('This is to reach ', { bold: audience }, ' by ', { time: update.due }, '. Read it as they will, then release it.'),
      divider,
      text({ bold: last?.title ?? plan.title }),
      ...(last?.blocks ?? []),
      divider,
      facts(
        ['Written by', { person: update.draft?.by ?? '' }],
        ['Goes to', ...placeWords(line.places, 'nowhere yet, so it cannot be released')],
        ['Released by', ...names(releasersShown(line, plan))],
        ...(line.approvals > 1 ? [['Approved by', ...names(approved), `, of ${line.approvals}`] as const] : []),
        ...(line.last ? [['Last update', { time: line.last.at }] as const] : []),
      ),
      controls(
        { label: 'Release', action: 'comms.release', style: 'primary', ...button },
        { label: 'Edit', action: 'comms.edit', ...button },
        { label: 'Send back', action: 'comms.send-back', ...button },
        { label: 'Skip', action: 'comms.skip', style: 'danger', ...button },
      ),
    ],
    { tone: now >= update.due ? 'danger' : 'warning', summary: `${title}. ${update.draft?.text ?? ''}` },
  );
}

function outcomeWords(outcome: Outcome): Words {
  switch (outcome.what) {
    case 'released':
      return ['Released ', { time: outcome.at }, ' by ', ...names(outcome.by), '.'];
    case 'skipped':
      return ['Skipped ', { time: outcome.at }, ' by ', ...names(outcome.by), '.'];
    case 'replaced':
      return ['No longer needed since ', { time: outcome.at }, ': another update took its place.'];
    default:
      return outcome.what satisfies never;
  }
}

const plain = (title: string, words: Words, tone: 'neutral' | 'success' | 'warning' = 'neutral'): Card =>
  card(title, [text(...words)], { tone });

/** A draft as its releasers see it: with its buttons while it awaits release, with its outcome once it does not. */
export function draftCard(record: RecordId, plan: Plan, id: string, now: Instant): Card {
  const line = plan.lines.find(({ update }) => update?.id === id);
  const outcome = plan.outcomes[id];
  if (line?.update?.status === 'awaiting release') return pendingCard(record, line, line.update, plan, now);
  const title = `Update to ${audienceLabel(line?.audience ?? outcome?.line ?? '')}, ${record}`;
  if (outcome) return plain(title, outcomeWords(outcome), outcome.what === 'released' ? 'success' : 'neutral');
  return plain(title, [
    'It is being written',
    line?.update?.sentBack === undefined ? '.' : ' again. You get it when it is ready.',
  ]);
}
