/** What people see of a handover: the question to the receiver, and what became of it. */
import { type Card, card, controls, facts, text, type Words } from '../chat/card.ts';
import { listed } from '../core/inline.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { dutiesOf } from './handover.ts';
import type { Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** The question to the receiver, with all that would be theirs; without buttons once it is answered. */
export function handoverCard(record: RecordId, plan: Plan, from: PersonId, now: Instant, questions: number): Card {
  const heading = `Take over ${record}?`;
  if (plan.handovers?.[from] === undefined) return card(heading, [text('This is answered.')]);
  const { owner, lines, texts } = dutiesOf(plan, from);
  const dues = lines.flatMap(({ update }) => (update ? [update.due] : []));
  const next = dues.length > 0 ? Math.min(...dues) : undefined;
  const button = { record, value: from };
  const named = lines.map(({ audience }): Words[number] => audienceLabel(audience, plan.lines));
  return card(
    heading,
    [
      text({ person: from }, ' wants you to take over what they have to do for ', { bold: plan.title }, '.'),
      facts(
        ...(owner ? [['Answers for the plan', 'overdue updates, questions, what did not arrive'] as const] : []),
        ...(named.length > 0 ? [['Writes for', ...listed(named)] as const] : []),
        ['Texts wanted now', String(texts.length)],
        ...(owner ? [['Open questions', String(questions)] as const] : []),
        ...(next === undefined ? [] : [[now >= next ? 'Overdue since' : 'Next due', { time: next }] as const]),
      ),
      controls(
        { label: 'Accept', action: 'comms.accept-handover', style: 'primary', ...button },
        { label: 'Decline', action: 'comms.decline-handover', ...button },
      ),
    ],
    { tone: 'warning', summary: `${heading} ${texts.length} texts are wanted now.` },
  );
}

/** To the giver, and to the owner of the record's plan. */
export const handedOverCard = (record: RecordId, from: PersonId, to: PersonId): Card =>
  card(`${record} is taken over`, [
    text(
      { person: to },
      ' has taken over what ',
      { person: from },
      ' had to do on its plan. The owner of the record stays the same.',
    ),
  ]);

/** To the giver. */
export const declinedCard = (record: RecordId, to: PersonId): Card =>
  card(
    `${record} is not taken over`,
    [text({ person: to }, ' declined, so it stays yours. Ask somebody else: ', { code: `/comms handover ${record} @x` }, '.')],
    { tone: 'warning' },
  );
