/** What follows when an update is overdue: who hears of it, and from when on (design section 8). */
import type { Ask } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { type Context, holdersOf, type PersonId, USUAL_CLASS } from '../core/record.ts';
import type { About } from './about.ts';
import { askWriter, showDraft } from './draft-reactions.ts';
import { type Update, writerOf } from './line.ts';
import { overdueCard, unseenCard } from './notices.ts';
import { managersOf, releasingNow } from './rights.ts';
import { notify, URGENCY } from './telling.ts';

/** From this overdue notice on the managers hear of it too, and from the next one on the admins. */
const MANAGERS_FROM = 4;

/** Overdue goes to releasers and owner, later to the managers, then to the admins; whoever is waited for gets the button. */
export function sayOverdue(about: About, update: Update, notice: number, context: Context): readonly Ask[] {
  const { record, plan, line } = about;
  const awaiting = update.status === 'awaiting release';
  const releasers = releasingNow(line, context);
  const writer = writerOf(line, plan, update);
  const asked = awaiting ? releasers : [writer];
  const told = [
    ...releasers,
    plan.owner,
    writer,
    ...(notice >= MANAGERS_FROM ? holdersOf(context.org, ...managersOf(plan)) : []),
    ...(notice > MANAGERS_FROM ? holdersOf(context.org, 'admin') : []),
  ].filter((person) => !asked.includes(person));
  return [
    ...(awaiting
      ? showDraft(record, plan, line, update, releasers, context)
      : [askWriter(about, update, writer, context.now, URGENCY.overdue)]),
    ...notify(told, overdueCard(about, update, false), URGENCY.overdue),
    ...(notice > MANAGERS_FROM && isPrivate(plan.class ?? USUAL_CLASS) ? tellOutside(about, told, context) : []),
  ];
}

/** Admins who may not know of a private record hear that something is overdue, and nothing else: the chain must have an end. */
function tellOutside({ plan }: About, told: readonly PersonId[], { org }: Context): readonly Ask[] {
  const inside = holdersOf(org, ...managersOf(plan), 'security');
  const known = [...told.filter((person) => !org.roles.admin?.includes(person)), ...inside];
  const content = unseenCard(inside);
  return holdersOf(org, 'admin')
    .filter((person) => !known.includes(person))
    .map((person) => ({ ask: 'say', to: { person }, content, urgency: URGENCY.overdue, bare: true }));
}
