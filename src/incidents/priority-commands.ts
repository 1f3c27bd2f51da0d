/** What people can say about the priority scheme: `/bellman priority set|show`. */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import { command, oneOf, privately } from '../chat/registry.ts';
import { ORG, type Org } from '../core/record.ts';
import { org, PRIORITY_ROLES } from '../people/index.ts';
import { cellOf, LEVELS, PRIORITIES, priorityOf } from './priority.ts';

/** The priority of every pair, a row for each impact. */
function matrixCard({ priorities }: Pick<Org, 'priorities'>, ...first: Words): Card {
  const rows = LEVELS.map(
    (impact): Words => [
      { bold: `impact ${impact}` },
      `: ${LEVELS.map((urgency) => `urgency ${urgency} ${priorityOf(impact, urgency, priorities)}`).join(', ')}`,
    ],
  );
  return card('Priorities of incidents and problems', [
    ...(first.length > 0 ? [text(...first)] : []),
    list(...rows),
    text('A record keeps its priority until it is edited next.'),
  ]);
}

const set = command({
  name: 'bellman priority set',
  help: 'Say which priority follows from impact and urgency; open records follow when they are edited next.',
  args: {
    impact: oneOf('the impact', ...LEVELS),
    urgency: oneOf('the urgency', ...LEVELS),
    priority: oneOf('the priority', ...PRIORITIES),
  },
  right: PRIORITY_ROLES,
  run: async (c, { impact, urgency, priority }) => {
    const cell = cellOf(impact, urgency);
    const before = await c.org();
    return c.change({
      record: ORG,
      part: org,
      command: { type: 'set-priority', cell, priority },
      reply: () =>
        privately(
          matrixCard(
            { priorities: { ...before.priorities, [cell]: priority } },
            `Impact ${impact} with urgency ${urgency} is `,
            { bold: priority },
            ' from now on.',
          ),
        ),
    });
  },
});

const show = command({
  name: 'bellman priority show',
  help: 'Show which priority follows from impact and urgency.',
  args: {},
  run: async (c) => privately(matrixCard(await c.org())),
});

export const priorityDoings = [set, show];
