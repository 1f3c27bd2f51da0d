/** A draft as its releasers see it, before and after its release; what its buttons carry. */
import { type Block, type Card, card, controls, divider, facts, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { names, placeWords } from './cards.ts';
import { type Contacts, contacts as contactsPart } from './contacts.ts';
import { draftNotes } from './draft-check.ts';
import { followingDue } from './due.ts';
import { classOfLine, classOfText, titleFor } from './guarding.ts';
import { leavingCard, readyCard, whoReleased } from './leaving-cards.ts';
import { approvalsOf, draftHash, HASH_ON_BUTTON, type Line, releasersShown, standInsOf, type Update } from './line.ts';
import { partsOf } from './long-text.ts';
import { isForAllTold, isMending, mendedBy, type Outcome, type Plan, toldOn, updateNumber } from './plan.ts';
import { reachWords } from './reach.ts';
import { audienceLabel } from './template.ts';
import { preparedIn, promisedBy } from './update.ts';
import { updateCards } from './update-card.ts';

/** What the buttons of a draft carry: which update, and what of it was seen. */
export const draftValue = (line: Line, update: Update): string =>
  `${updateNumber(update.id)}-${draftHash(line, update).slice(0, HASH_ON_BUTTON)}`;

/** What a button of a draft carried, in the words of a command. */
export function draftSeen(record: RecordId, value: string): { readonly update: string; readonly seen: string } {
  const [number = '', seen = ''] = value.split('-');
  return { update: `${record}.${number}`, seen };
}

/** Whom it reaches besides the places of its line. */
function destination(plan: Plan, line: Line, update: Update): Words {
  const mended = mendedBy(plan, update.corrects);
  if (mended) return [`everybody who got ${mended.upd}`];
  const told = isForAllTold(update.phase) && toldOn(plan, line.audience).length > 0;
  if (!told) return placeWords(line.places, 'nowhere yet, so it cannot be released');
  return [...placeWords(line.places, ''), `${line.places.length > 0 ? ', and ' : ''}everybody whom this line told before`];
}

/** The parts of a draft as its audience will read them. */
const asRead = (line: Line, update: Update, plan: Plan, now: Instant): readonly Card[] =>
  updateCards({
    title: titleFor(plan, line),
    number: line.released + 1,
    mends: mendedBy(plan, update.corrects),
    phase: update.phase,
    kind: plan.kind,
    text: update.draft?.text ?? '',
    asOf: update.draft?.at ?? now,
    next:
      update.phase === 'holding'
        ? promisedBy(now)
        : isMending(update.phase)
          ? undefined
          : followingDue(plan, line, update, now, true)?.due,
    decision: update.decision,
  });

/** The parts of a long draft that stand before the card with the buttons. */
export const earlierParts = (line: Line, update: Update, plan: Plan, now: Instant): readonly Card[] =>
  asRead(line, update, plan, now)
    .slice(0, -1)
    .map((part) => ({ ...part, title: `Draft ${part.title}`, summary: `Draft ${part.summary}` }));

/** Whether a text is shown in more than one card. */
export const isLong = (words: string): boolean => partsOf(words).length > 1;

function pendingCard(record: RecordId, line: Line, update: Update, plan: Plan, now: Instant, contacts: Contacts): Card {
  const audience = audienceLabel(line.audience, [line]);
  const last = asRead(line, update, plan, now).at(-1);
  const approvals = approvalsOf(line, update);
  const approved = whoReleased(
    approvals.map(({ person }) => person),
    standInsOf(approvals),
  );
  const button = { record, value: draftValue(line, update) };
  const holds = update.phase === 'holding';
  const late = now >= update.due && !holds;
  const title = `${late ? 'Overdue' : holds ? 'Holding statement to release' : 'To release'}: ${audience}, ${record}`;
  const blocks: readonly Block[] = [
    holds
      ? text(
          'If nothing is released ',
          `${spanWords(update.after ?? 0)} after due, this reaches `,
          { bold: audience },
          ' once. Read it as they will, then release it beforehand.',
        )
      : text('This is to reach ', { bold: audience }, ' by ', { time: update.due }, '. Read it as they will, then release it.'),
    divider,
    text({ bold: last?.title ?? plan.title }),
    ...(last?.blocks ?? []),
    divider,
    facts(
      ['Written by', { person: update.draft?.by ?? '' }],
      ['Goes to', ...destination(plan, line, update)],
      ...(isMending(update.phase) || plan.exercise ? [] : [['Reaches', ...reachWords(line, plan, contacts)] as const]),
      ['Class', `${update.draft?.class ?? classOfText(plan, line, undefined)}; this line carries at most ${classOfLine(line)}`],
      ['Released by', ...names(releasersShown(line, plan))],
      ...(line.approvals > 1 ? [['Approved by', ...approved, `, of ${line.approvals}`] as const] : []),
      ...(line.last ? [['Last update', { time: line.last.at }] as const] : []),
    ),
  ];
  return card(
    title,
    [
      ...blocks,
      ...draftNotes(record, line, update, button.value, blocks),
      controls(
        { label: 'Release', action: 'comms.release', style: 'primary', ...button },
        { label: 'Edit', action: 'comms.edit', ...button },
        { label: 'Send back', action: 'comms.send-back', ...button },
        { label: 'Skip', action: 'comms.skip', style: 'danger', ...button },
      ),
    ],
    { tone: late ? 'danger' : 'warning', summary: `${title}. ${update.draft?.text ?? ''}` },
  );
}

function outcomeWords(outcome: Outcome): Words {
  switch (outcome.what) {
    case 'released':
      return [
        `Released${outcome.upd === undefined ? '' : ` as ${outcome.upd}`} `,
        { time: outcome.at },
        ' by ',
        ...whoReleased(outcome.by, outcome.standIns),
        '.',
        ...(outcome.corrected === undefined ? [] : [` A ${outcome.corrected.what} of it was released since.`]),
      ];
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
export function draftCard(
  record: RecordId,
  plan: Plan,
  id: string,
  now: Instant,
  contacts: Contacts = contactsPart.initial,
): Card {
  const { line, update } = preparedIn(plan, id) ?? {};
  const outcome = plan.outcomes[id];
  if (line && update?.ready) return readyCard(record, line, update, update.ready);
  if (line && update?.leaving) return leavingCard(record, line, update, update.leaving);
  if (line && update?.status === 'awaiting release') return pendingCard(record, line, update, plan, now, contacts);
  const title = `Update to ${audienceLabel(line?.audience ?? outcome?.line ?? '', plan.lines)}, ${record}`;
  if (outcome) return plain(title, outcomeWords(outcome), outcome.what === 'released' ? 'success' : 'neutral');
  return plain(title, ['It is being written', update?.sentBack === undefined ? '.' : ' again. You get it when it is ready.']);
}
