/** What people are told about an update that was released: it was stopped, did not arrive, or perhaps arrived. */
import { type Card, card, controls, type Inline, text } from '../chat/card.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type About, title } from './about.ts';
import { names, placeWords } from './cards.ts';
import type { Outcome, Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

const WHY: Readonly<Record<string, string>> = {
  'releaser-lost-right': 'who released it no longer may',
  withdrawn: 'it was withdrawn',
  'class-raised': 'it is guarded more now than its line or a place may carry',
  'no-plan': 'the plan is gone',
};

/** To the owner and to whoever released it. */
export const stoppedCard = (about: About, outcome: Outcome, why: string): Card =>
  card(
    title(`Update ${outcome.number} stopped`, about),
    [
      text(`It was released by `, ...names(outcome.by), `, but did not leave everywhere, because ${WHY[why] ?? why}. `),
      text('Write and release it again: ', { code: `/comms draft ${about.record} ${about.line.audience}` }, '.'),
    ],
    { tone: 'danger' },
  );

/** To the owner and to whoever released it: one place did not get it. */
export const undeliveredCard = (about: About, outcome: Outcome, place: string, why: string): Card =>
  card(
    title(`Update ${outcome.number} not delivered`, about),
    [
      text('It did not reach ', { place }, `: ${why}. Other places are not affected. `),
      text(
        'Tell them by another way, or change Destination: ',
        { code: `/comms line ${about.record} ${about.line.audience}` },
        '.',
      ),
    ],
    { tone: 'danger' },
  );

/** How many places are unsure, with the decision to take; without buttons once it was taken. */
export function unsureCard(record: RecordId, plan: Plan, update: string): Card {
  const outcome = plan.outcomes[update];
  const places = outcome?.unsure ?? [];
  const heading = `Update ${outcome?.number ?? ''}: ${audienceLabel(outcome?.line ?? '')}, ${record}`;
  if (places.length === 0) return card(heading, [text('What was unsure about it is decided.')]);
  const button = { record, value: update };
  return card(
    `${places.length} unsure. ${heading}`,
    [
      text('Nobody can tell whether it arrived at ', ...placeWords(places), '. Sent again, it may arrive there twice.'),
      controls(
        { label: 'Send again', action: 'comms.send-again', ...button },
        { label: 'Leave', action: 'comms.leave', ...button },
      ),
    ],
    { tone: 'warning' },
  );
}

/** Somebody who listens nowhere is known only by their own id. */
const reader = (place: string): Inline => {
  const nowhere = /^none\/person\/(.+)$/u.exec(place)?.[1];
  return nowhere === undefined ? { place } : { person: nowhere };
};

/** Says no more than that there is a message: the channel may not read it. */
export const unreachedCard = (record: RecordId, place: string, person?: PersonId): Card =>
  card(`A message about ${record} did not arrive`, [
    text(
      person === undefined ? reader(place) : { person },
      ' cannot be reached directly. Open your direct messages for me; the plan shows what is due: ',
      {
        code: `/comms plan ${record}`,
      },
    ),
  ]);
