/** What people are told about an update that was released: it was stopped, did not arrive, or perhaps arrived. */
import { type Card, card, controls, type Inline, list, shortened, text, type Words } from '../chat/card.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type About, called, title } from './about.ts';
import { names, placeWords } from './cards.ts';
import type { Missed, Outcome, Plan } from './plan.ts';
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
    title(`${called(about.plan, outcome)} stopped`, about),
    [
      text(`It was released by `, ...names(outcome.by), `, but did not leave everywhere, because ${WHY[why] ?? why}. `),
      text('Write and release it again: ', { code: `/comms draft ${about.record} ${about.line.audience}` }, '.'),
    ],
    { tone: 'danger' },
  );

/** To the owner and to whoever released it: a place does not take it, and it is tried again. */
export const heldUpCard = (about: About, outcome: Outcome, { place, why }: Missed): Card =>
  card(
    title(`${called(about.plan, outcome)} held up`, about),
    [
      text({ place }, ` does not take it at the moment: ${why}. `),
      text(
        'It is tried again each minute; after an hour it goes another way, and you hear of it. If it cannot wait, tell them yourself.',
      ),
    ],
    { tone: 'warning' },
  );

/** More than this of a text does not fit beside what else a card says. */
const PASSED_ON = 1500;

/** To the owner and to whoever released it: which places did not get it, where it went instead, and the text to pass on. */
export function missedCard(record: RecordId, plan: Plan, update: string): Card {
  const outcome = plan.outcomes[update];
  const missed = outcome?.missed ?? [];
  const count = outcome?.missedCount ?? missed.length;
  const line = plan.lines.find(({ audience }) => audience === outcome?.line);
  const heading = `${called(plan, outcome)} not delivered: ${audienceLabel(outcome?.line ?? '', plan.lines)}, ${record}`;
  const more = count - missed.length;
  const alone = missed.some(({ instead }) => instead === undefined) || more > 0;
  // Only the last text of a line is kept with its plan, and what was wrong is not passed on: no correction of it has another number.
  const usual = outcome !== undefined && outcome.corrects === undefined && outcome.held === undefined;
  const said = usual && outcome.number === line?.released && !line.last?.wrong ? line.last?.text : undefined;
  return card(
    count > 1 ? `${count} places: ${heading}` : heading,
    [
      list(
        ...missed.map(
          ({ place, why, instead }): Words => [
            { place },
            `: ${why}. `,
            ...(instead === undefined ? ['Nobody got it instead.'] : ['It went to ', { place: instead }, ' instead.']),
          ],
        ),
        ...(more > 0 ? [[`and ${more} more`]] : []),
      ),
      text(
        alone ? 'Tell them by another way, or change Destination: ' : 'Other places are not affected. Change Destination: ',
        { code: `/comms line ${record} ${outcome?.line ?? ''}` },
        '.',
      ),
      ...(outcome?.corrected
        ? [text(`A ${outcome.corrected.what} of it was released since, so do not pass on what it said.`)]
        : []),
      ...(alone && said !== undefined ? [text({ bold: 'To pass on: ' }, shortened(said, PASSED_ON))] : []),
    ],
    { tone: alone ? 'danger' : 'warning' },
  );
}

/** How many places are unsure, with the decision to take; without buttons once it was taken. */
export function unsureCard(record: RecordId, plan: Plan, update: string): Card {
  const outcome = plan.outcomes[update];
  const places = outcome?.unsure ?? [];
  const heading = `${called(plan, outcome)}: ${audienceLabel(outcome?.line ?? '', plan.lines)}, ${record}`;
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
