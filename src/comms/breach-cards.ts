/** What people see of the plan for a security breach: what is prepared, and that one began. */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import type { Org, RecordId } from '../core/record.ts';
import { preparedFor } from './breach.ts';
import { names, placeWords } from './cards.ts';
import { lineDeadline } from './due.ts';
import type { Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** To the owner and to security: by when whom. */
export function breachCard(record: RecordId, plan: Plan): Card {
  const dated = plan.lines.flatMap((line) => {
    const by = lineDeadline(plan, line);
    return by === undefined ? [] : [{ line, by }];
  });
  return card(
    `Security breach: ${record}`,
    [
      text(
        { bold: plan.title },
        ' is a security breach, known since ',
        { time: plan.known ?? plan.declaredAt },
        '. Its record is private now.',
      ),
      text('Who must be told, and by when:'),
      list(
        ...dated
          .toSorted((one, other) => one.by - other.by)
          .map(({ line, by }): Words => [audienceLabel(line.audience, plan.lines), ' by ', { time: by }]),
      ),
      text('The plan asks for each text in time: ', { code: `/comms plan ${record}` }),
    ],
    { tone: 'danger' },
  );
}

/** What is prepared for a breach, audience by audience. */
export const preparedCard = (org: Org, audiences: readonly string[]): Card =>
  card('Prepared for a security breach', [
    list(
      ...audiences.map((audience): Words => {
        const { within, after, releasers, places, author, approvals = 1 } = preparedFor(org, audience);
        return [
          { bold: audienceLabel(audience) },
          within === undefined ? ': as usual' : `: within ${spanWords(within)} of when it is known`,
          ...(after === undefined ? [] : [`, after ${audienceLabel(after).toLowerCase()}`]),
          ...(author === undefined ? [] : [', written by ', { person: author }]),
          ...(releasers === undefined || releasers.length === 0 ? [] : [', released by ', ...names(releasers)]),
          ...(approvals > 1 ? [`, ${approvals} must agree`] : []),
          ...(places === undefined || places.length === 0 ? [] : [', goes to ', ...placeWords(places)]),
          '.',
        ];
      }),
    ),
    text('What is not said here is as on any plan. Change a line: ', { code: '/bellman breach line customers' }),
  ]);
