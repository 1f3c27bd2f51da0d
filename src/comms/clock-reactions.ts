/** What follows when somebody changes a line's clock: those who look after the line hear of it. */
import type { Card } from '../chat/card.ts';
import type { Ask } from '../core/ask.ts';
import type { Context } from '../core/record.ts';
import type { About } from './about.ts';
import { boundCard, movedCard, overriddenCard, pausedCard, resumedCard } from './clock-cards.ts';
import { releasersOf, writerOf } from './line.ts';
import type { ClockEvent } from './plan-event.ts';
import { notify } from './telling.ts';

function cardOf(about: About, event: ClockEvent, context: Context): Card | undefined {
  switch (event.type) {
    case 'moved':
      return movedCard(about, event.by, event.from, event.due, event.words.reason);
    case 'paused':
      return pausedCard(about, event.by, event.words.reason);
    case 'resumed':
      return resumedCard(about, event.by, event.words.reason);
    case 'overridden':
      return overriddenCard(about, event.by, event.words.reason);
    case 'bound':
      return about.line.audience === event.line ? boundCard(about, event.by, context.now) : undefined;
    case 'snoozed':
    case 'change-noticed':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** The owner, the writer and the releasers of the line, but not whoever did it. */
export function sayClock(about: About, event: ClockEvent, context: Context): readonly Ask[] {
  const { plan, line } = about;
  const content = cardOf(about, event, context);
  const writer = line.update ? writerOf(line, plan, line.update) : line.author;
  const people = [plan.owner, ...(writer === undefined ? [] : [writer]), ...releasersOf(line, context.org)];
  return content
    ? notify(
        people.filter((person) => person !== context.actor.person),
        content,
      )
    : [];
}
