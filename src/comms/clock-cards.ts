/** What people are told when a line's clock is moved, paused, resumed or bound otherwise. */
import { type Card, card, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import type { About } from './about.ts';
import { clockWords } from './clock-words.ts';
import { audienceLabel } from './template.ts';

const title = (what: string, { record, plan, line }: About): string =>
  `${what}: ${audienceLabel(line.audience, plan.lines)}, ${record}`;

const notice = (heading: string, words: Words, reason: string): Card =>
  card(heading, [text(...words, ` ${reason}`)], { summary: `${heading}. ${reason}` });

/** To those who look after a line: its update is due at another time. */
export const movedCard = (about: About, by: PersonId, from: Instant, due: Instant, reason: string): Card =>
  notice(
    title('Due time moved', about),
    ['It is due ', { time: due }, ' instead of ', { time: from }, '. ', { person: by }, ' moved it:'],
    reason,
  );

/** To those who look after a line: it asks and chases nobody for now. */
export const pausedCard = (about: About, by: PersonId, reason: string): Card =>
  notice(
    title('Paused', about),
    [
      'Nobody is asked or reminded until ',
      { code: `/comms resume ${about.record} ${about.line.audience}` },
      '. ',
      { person: by },
      ' paused it:',
    ],
    reason,
  );

/** To those who look after a line: it goes on. */
export const resumedCard = (about: About, by: PersonId, reason: string): Card =>
  notice(
    title('Resumed', about),
    [
      ...(about.line.update ? ['The next update is due ', { time: about.line.update.due }, '. '] : ['Nothing is due. ']),
      { person: by },
      ' resumed it:',
    ],
    reason,
  );

/** To those who look after a line: what bound its update does not bind it any more. */
export const overriddenCard = (about: About, by: PersonId, reason: string): Card =>
  notice(
    title('Set aside', about),
    ['The deadline of the next update, and what it waits for, do not bind it. ', { person: by }, ' set them aside:'],
    reason,
  );

/** To those who look after a line: what binds it now. */
export function boundCard(about: About, by: PersonId, now: Instant): Card {
  const words = clockWords({ ...about.line, paused: undefined }, about.plan, now);
  return card(title('Deadlines changed', about), [
    text(
      ...(about.line.update ? ['Due ', { time: about.line.update.due }] : ['Nothing is due']),
      ...(words.length > 0 ? words : [', bound by nothing but its cadence']),
      '. Changed by ',
      { person: by },
      '.',
    ),
  ]);
}
