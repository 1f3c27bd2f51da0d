/** What admins hear of a private RFC that they may not know of: that it waits for somebody, so that its chain of reminders has an end (S3). */
import { card, text } from '../chat/card.ts';
import type { Ask, RecordView } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { type Context, holdersOf, type PersonId } from '../core/record.ts';
import { ballot } from './ballot.ts';
import { change } from './change.ts';
import { interested } from './rfc.ts';
import { present } from './round.ts';

/** The same, and to each admin who would have been told and may not be: that, and who sees it. */
export function withUnseen(asks: readonly Ask[], view: RecordView, { org }: Context): readonly Ask[] {
  if (!isPrivate(view.class)) return asks;
  const managers = holdersOf(org, 'change-manager', 'security');
  const electorate = present(view.state(ballot))?.electorate ?? [];
  const inside = [...managers, ...electorate, ...interested(view.state(change))];
  const outside = asks.flatMap((ask): readonly PersonId[] =>
    ask.ask === 'say' && 'person' in ask.to && org.roles.admin?.includes(ask.to.person) && !inside.includes(ask.to.person)
      ? [ask.to.person]
      : [],
  );
  return [
    ...asks,
    ...[...new Set(outside)].map(
      (person): Ask => ({ ask: 'say', to: { person }, content: unseenCard(managers), urgency: 4, bare: true }),
    ),
  ];
}

const unseenCard = (managers: readonly PersonId[]) =>
  card(
    'A private change waits for somebody',
    [
      text(
        'What it is about you may not see. ',
        ...(managers.length > 0
          ? ([
              'Ask one of those who do: ',
              ...managers.slice(0, 5).flatMap((person, at) => [at > 0 ? ', ' : '', { person }]),
              '.',
            ] as const)
          : (['Nobody reviews it. Grant the role: ', { code: '/bellman role grant @x change-manager' }, '.'] as const)),
      ),
    ],
    { tone: 'warning' },
  );
