/** What follows when an incident or a problem is declared major, gets an owner, is resolved: its plan is told, and its people. */
import type { Card } from '../chat/card.ts';
import { liveName } from '../chat/live.ts';
import { type PlanCommand, plan } from '../comms/index.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import type { Classified } from '../core/classify.ts';
import type { Context, PersonId } from '../core/record.ts';
import { noticeCard, ownedCard, proposalCard, type Shown } from './cards.ts';
import { type Edited, weightOf } from './raised.ts';
import type { StandingEvent } from './standing.ts';

interface Room {
  /** The part's name, its noun, and the first word of its buttons: `problem`. */
  readonly root: 'problem' | 'incident';
  readonly shown: (view: RecordView) => Shown;
}

/** The live name of the card that asks for an owner, before its colon; the person stands after it. */
export const ownerCard = (root: string): string => `${root}-owner`;

const toPlan = (command: PlanCommand): Ask => ({ ask: 'command', part: plan.name, command });

/** Tells each of these once, but not whoever did it. */
const tellOthers = (context: Context, people: readonly (PersonId | undefined)[], content: Card): readonly Ask[] =>
  tell(
    people.filter((person): person is PersonId => person !== undefined && person !== context.actor.person),
    content,
  );

/** The reactions of such a room to how its records stand. */
export function standingReactions({ root, shown }: Room): readonly Reaction[] {
  const on = <T extends StandingEvent['type']>(
    type: T,
    react: (event: EventOf<StandingEvent, T>, seen: Shown, context: Context) => readonly Ask[],
  ): Reaction => when<StandingEvent, T>(root, type, (event, view, context) => react(event, shown(view), context));
  const refresh = (person: PersonId): Ask => ({ ask: 'refresh', live: liveName(ownerCard(root), person) });

  return [
    on('declared', (event, seen, context) => [
      toPlan({
        type: 'begin',
        kind: root,
        owner: event.owner,
        title: seen.intake.title,
        place: seen.channel ?? event.words.place,
        class: seen.class,
        priority: weightOf(seen),
      }),
      ...(event.breach === undefined ? [] : [toPlan({ type: 'breach', known: event.breach })]),
      ...tell([event.owner], ownedCard(seen), { urgency: 3 }),
      ...tellOthers(
        context,
        [seen.raised?.by].filter((person) => person !== event.owner),
        noticeCard(seen, 'is major', { person: event.owner }, ' owns it.'),
      ),
    ]),
    on('owner-proposed', (event, seen) =>
      tell([event.to], proposalCard(seen, event.to, root), { live: liveName(ownerCard(root), event.to), urgency: 4 }),
    ),
    on('owner-changed', (event, seen, context) => [
      toPlan({ type: 'owner', owner: event.owner }),
      refresh(event.owner),
      ...tell([event.owner], ownedCard(seen)),
      ...tellOthers(context, [event.before], noticeCard(seen, 'has another owner', { person: event.owner }, ' owns it now.')),
    ]),
    on('owner-declined', (event, seen, context) => [
      refresh(event.to),
      ...tellOthers(context, [event.by], noticeCard(seen, 'needs another owner', { person: event.to }, ' declined.')),
    ]),
    on('made-normal', (event, seen, context) => [
      toPlan({ type: 'normal' }),
      ...tellOthers(context, [seen.standing.owner, seen.raised?.by], noticeCard(seen, 'is no longer major', event.words.reason)),
    ]),
    on('resolved', (event, seen, context) => [
      // Also where it is no longer major: whoever was told while it was gets the last word.
      toPlan({ type: 'resolve', resolution: event.words.resolution }),
      ...(event.into === undefined
        ? tellOthers(context, [seen.standing.owner, seen.raised?.by], noticeCard(seen, 'is resolved', event.words.resolution))
        : []),
    ]),
    on('reopened', (event, seen, context) => [
      toPlan({ type: 'reopen', major: event.major }),
      ...tellOthers(context, [seen.standing.owner, seen.raised?.by], noticeCard(seen, 'is open again', event.words.reason)),
    ]),
    when<Classified, 'classified'>(root, 'classified', (event, view, context) => {
      const seen = shown(view);
      return [
        toPlan({ type: 'class', class: event.class }),
        ...tellOthers(
          context,
          [seen.standing.owner, seen.raised?.by],
          noticeCard(seen, `is ${event.class} now`, { person: event.by }, ' changed it.'),
        ),
      ];
    }),
    when<Edited, 'edited'>(root, 'edited', (event) => [
      ...(event.renamed ? [toPlan({ type: 'title', title: event.words.title })] : []),
      ...(event.weighed ? [toPlan({ type: 'changed', what: 'priority' })] : []),
    ]),
  ];
}
