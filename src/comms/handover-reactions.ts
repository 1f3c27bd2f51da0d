/** What follows from a handover: the receiver is asked, and has everything before them once it is theirs. */
import { liveName } from '../chat/live.ts';
import { type Ask, type RecordView, tell } from '../core/ask.ts';
import type { Context } from '../core/record.ts';
import { answers } from './answers.ts';
import { planCard } from './cards.ts';
import { askWriter } from './draft-reactions.ts';
import { dutiesOf } from './handover.ts';
import { declinedCard, handedOverCard, handoverCard } from './handover-cards.ts';
import type { HandoverEvent } from './handover-event.ts';
import { plan as planPart } from './part.ts';
import { isWaiting } from './question.ts';
import { LIVE, notify, URGENCY } from './telling.ts';
import { preparedIn } from './update.ts';

/** How many questions wait for an answer. */
export const openQuestions = (view: RecordView): number => view.state(answers).questions.filter(isWaiting).length;

/** The receiver's card; on acceptance the board, and each text that is wanted. */
export function sayHandover(event: HandoverEvent, view: RecordView, { now }: Context): readonly Ask[] {
  const plan = view.state(planPart);
  const { from, to } = event;
  const live = liveName(LIVE.handover, from);
  const refresh: Ask = { ask: 'refresh', live };
  switch (event.type) {
    case 'handover-asked':
      return tell([to], handoverCard(view.id, plan, from, now, openQuestions(view)), { live, urgency: URGENCY.draft });
    case 'handover-declined':
      return [refresh, ...notify([from], declinedCard(view.id, to))];
    case 'handed-over':
      return [
        refresh,
        ...notify(
          [from, plan.owner].filter((person) => person !== to),
          handedOverCard(view.id, from, to),
        ),
        ...tell([to], planCard(view.id, plan, now), { live: LIVE.board }),
        ...dutiesOf(plan, to).texts.flatMap(({ id }): readonly Ask[] => {
          const found = preparedIn(plan, id);
          return found && found.update.status === 'drafting'
            ? [askWriter({ record: view.id, plan, line: found.line }, found.update, to, now)]
            : [];
        }),
      ];
    default:
      return event satisfies never;
  }
}
