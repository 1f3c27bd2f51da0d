/** What the owner sees of a decision that an audience was asked for. */
import { type Card, card, text } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import type { Decision } from './answers-decision.ts';
import type { Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** To the owner and to who wrote the line. */
export const decidedCard = (record: RecordId, plan: Plan, decision: Decision): Card => {
  const { decided, options, question, line } = decision;
  const answer = options[decided?.option ?? 0] ?? '';
  return card(
    `Decided: ${plan.title}, ${record}`,
    [
      text(question),
      text({ bold: answer }),
      text(
        'Decided by ',
        { person: decided?.by ?? '' },
        ` for ${audienceLabel(line, plan.lines)}, `,
        { time: decided?.at ?? 0 },
        '.',
      ),
    ],
    { tone: 'success', summary: `Decided on ${plan.title}, ${record}: ${answer}` },
  );
};

/** To the owner, from the time by which it was needed. */
export const undecidedCard = (record: RecordId, plan: Plan, { question, neededBy, line }: Decision): Card =>
  card(
    `Not decided yet: ${plan.title}, ${record}`,
    [
      text(question),
      text(
        `${audienceLabel(line, plan.lines)} was asked and has not answered. It was needed by `,
        { time: neededBy },
        '. Call them, or decide without.',
      ),
    ],
    { tone: 'danger' },
  );
