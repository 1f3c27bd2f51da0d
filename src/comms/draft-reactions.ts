/** What follows when a text is wanted, asked for again or handed in: its writer and its releasers get their cards. */
import { liveName } from '../chat/live.ts';
import { placeParts } from '../chat/port.ts';
import { type Ask, tell } from '../core/ask.ts';
import type { Context, PersonId, RecordId } from '../core/record.ts';
import type { About } from './about.ts';
import { contacts } from './contacts.ts';
import { draftCard, earlierParts, isLong } from './draft-card.ts';
import { type Line, type Update, writerOf } from './line.ts';
import { askedCard, changedCard, releasersCard, writerCard } from './notices.ts';
import type { Plan } from './plan.ts';
import type { PlanEvent } from './plan-event.ts';
import { releasingNow } from './rights.ts';
import { LIVE, notify, URGENCY } from './telling.ts';

/** The card with the buttons, to each releaser in direct messages; a long text in parts before it. */
export function showDraft(
  record: RecordId,
  plan: Plan,
  line: Line,
  update: Update,
  people: readonly PersonId[],
  { now, other }: Context,
): readonly Ask[] {
  const live = liveName(LIVE.draft, update.id);
  const shown = draftCard(record, plan, update.id, now, other(contacts));
  return people.flatMap((person) => [
    ...earlierParts(line, update, plan, now).flatMap((content) => tell([person], content, { urgency: URGENCY.draft })),
    ...tell([person], shown, { live, urgency: URGENCY.draft }),
  ]);
}

/** The card with the button to write. */
export const askWriter = (
  { record, plan }: About,
  update: Update,
  person: PersonId,
  now: number,
  urgency: number = URGENCY.notice,
): Ask => ({
  ask: 'say',
  to: { person },
  content: writerCard(record, plan, update.id, now),
  live: liveName(LIVE.write, update.id),
  urgency,
});

/** The author in direct messages, and the record's channel. */
export const askForText = (about: About, update: Update, now: number): readonly Ask[] => [
  askWriter(about, update, writerOf(about.line, about.plan, update), now),
  ...(about.plan.place !== undefined && placeParts(about.plan.place).kind === 'channel'
    ? [
        {
          ask: 'say',
          to: { place: about.plan.place },
          content: askedCard(about.record, about.plan, update.id, now),
          live: liveName(LIVE.asked, update.id),
        } as const,
      ]
    : []),
];

/** The ladder asks once more: the releasers where a text awaits them, else its writer. */
export function askAgain(about: About, update: Update, context: Context): readonly Ask[] {
  const { record, plan, line } = about;
  return update.status === 'awaiting release'
    ? showDraft(record, plan, line, update, releasingNow(line, context), context)
    : [askWriter(about, update, writerOf(line, plan, update), context.now)];
}

/** A draft that was shown already changes in place; a long one is shown again, because its parts do not change. */
function shown(about: About, update: Update, event: Extract<PlanEvent, { type: 'drafted' }>, context: Context): readonly Ask[] {
  const { record, plan, line } = about;
  const fresh = !event.again || isLong(event.words.text);
  return fresh ? showDraft(record, plan, line, update, releasingNow(line, context), context) : [];
}

/** A text was handed in: whoever approved the one before hears of it, and the releasers have the new one. */
export function handedIn(
  about: About,
  update: Update,
  event: Extract<PlanEvent, { type: 'drafted' }>,
  context: Context,
): readonly Ask[] {
  const others = event.unapproved.filter((person) => person !== context.actor.person);
  return [...notify(others, changedCard(about, event.by)), ...shown(about, update, event, context)];
}

/** A line has other settings: its releasers hear of it, new ones see the draft, a new author is asked. */
export function rearranged(about: About, event: Extract<PlanEvent, { type: 'line-changed' }>, context: Context): readonly Ask[] {
  const { record, plan, line } = about;
  const { update } = line;
  const me = context.actor.person;
  const releasers = releasingNow(line, context);
  const added = event.before ? releasers.filter((person) => !event.before?.includes(person)) : [];
  const told = event.before ? [...event.before, ...releasers].filter((person) => person !== me) : [];
  return [
    ...notify(told, releasersCard(about, me)),
    ...(update?.status === 'awaiting release' ? showDraft(record, plan, line, update, added, context) : []),
    ...(event.author !== undefined && update?.status === 'drafting' ? askForText(about, update, context.now) : []),
  ];
}
