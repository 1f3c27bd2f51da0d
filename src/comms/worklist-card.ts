/** What somebody is waited for, as they read it: what is overdue first, each with its button. Pure. */
import { type Block, type Card, type Control, card, controls, LIMITS, list, shortened, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { ageWords, questionId } from './answers-cards.ts';
import type { Plan } from './plan.ts';
import type { Question } from './question.ts';
import { audienceLabel } from './template.ts';
import type { Waiting } from './worklist-store.ts';

/** So many updates are shown with their buttons, and so many more with what to say; one more is asked for, to know whether there are more. */
const WITH_BUTTONS = 6;
const LISTED = 10;
export const LOOKED_FOR = WITH_BUTTONS + LISTED + 1;
const QUESTIONS = 3;
const TITLE = 60;

/** A question that waits for somebody. */
export interface Asked {
  readonly record: RecordId;
  readonly plan: Plan;
  readonly question: Question;
}

const isToRelease = ({ outcome }: Waiting): boolean => outcome === 'awaiting release';

const words = (one: Waiting, now: Instant): Words => [
  { bold: `${isToRelease(one) ? 'Release' : 'Write'}: ${audienceLabel(one.audience)}, ${one.record}` },
  ` ${shortened(one.title, TITLE)}, `,
  now >= one.due ? 'overdue since ' : 'due ',
  { time: one.due },
  '.',
];

const command = (one: Waiting): Words => [
  ' ',
  { code: `/comms ${isToRelease(one) ? 'release' : 'draft'} ${one.record} ${one.audience}` },
];

const button = (one: Waiting): Control => ({
  // Each button says what it is for: they are read out without the words above them.
  label: shortened(`${isToRelease(one) ? 'Look at' : 'Write'} ${one.record}, ${audienceLabel(one.audience)}`, LIMITS.buttonLabel),
  action: isToRelease(one) ? 'comms.look' : 'comms.write',
  record: one.record,
  value: one.audience,
});

function questionBlocks(asked: readonly Asked[], now: Instant): readonly Block[] {
  if (asked.length === 0) return [];
  const shown = asked.slice(0, QUESTIONS).map(
    ({ record, plan, question }): Words => [
      {
        bold: `${questionId(record, question)}, ${audienceLabel(question.line, plan.lines)}, open for ${ageWords(question.at, now)}: `,
      },
      shortened(question.text, TITLE * 2),
    ],
  );
  const number = asked.length;
  return [
    text(
      { bold: `${number} open ${number === 1 ? 'question' : 'questions'}` },
      ', to answer: ',
      { code: '/comms questions' },
      '.',
    ),
    list(...shown),
  ];
}

/** What waits for somebody. `waiting` may hold one more than is shown. */
export function worklistCard(waiting: readonly Waiting[], asked: readonly Asked[], now: Instant): Card {
  const shown = waiting.slice(0, WITH_BUTTONS + LISTED);
  const overdue = shown.filter(({ due }) => now >= due).length;
  const count = (items: readonly Waiting[], more = waiting.length > shown.length): string =>
    `${items.length}${more ? ' or more' : ''}`;
  const title =
    shown.length === 0 && asked.length === 0
      ? 'Nothing waits for you'
      : overdue > 0
        ? `${overdue} overdue of ${count(shown)} that wait for you`
        : shown.length > 0
          ? `${count(shown)} ${shown.length === 1 ? 'waits' : 'wait'} for you, none overdue`
          : 'Questions wait for you';
  return card(
    title,
    [
      ...(shown.length === 0
        ? [text('No text is wanted of you and no draft awaits your release. Both come to you in direct messages when they do.')]
        : []),
      ...shown.slice(0, WITH_BUTTONS).flatMap((one): readonly Block[] => [text(...words(one, now)), controls(button(one))]),
      ...(shown.length > WITH_BUTTONS
        ? [list(...shown.slice(WITH_BUTTONS).map((one): Words => [...words(one, now), ...command(one)]))]
        : []),
      ...(waiting.length > shown.length ? [text('There are more; these are the ones that are due first.')] : []),
      ...questionBlocks(asked, now),
    ],
    { tone: overdue > 0 ? 'danger' : shown.length + asked.length > 0 ? 'warning' : 'success' },
  );
}
