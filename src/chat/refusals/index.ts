/** The one place that words refusals: what did not happen, why, and the one next step. */
import type { Words } from '../../core/inline.ts';
import type { Refusal } from '../../core/refusal.ts';
import { type Card, card, text } from '../card.ts';
import { chatLabel, wayLabel } from '../ways.ts';
import { alerts } from './alerts.ts';
import { answers } from './answers.ts';
import { type Catalogue, factsOf } from './catalogue.ts';
import { changes } from './changes.ts';
import { classes } from './classes.ts';
import { clock } from './clock.ts';
import { common } from './common.ts';
import { comms } from './comms.ts';
import { incidents } from './incidents.ts';
import { knowledge } from './knowledge.ts';
import { people } from './people.ts';
import { problems } from './problems.ts';
import { release } from './release.ts';
import { reports } from './reports.ts';
import { reviews } from './reviews.ts';
import { timeline } from './timeline.ts';
import { wording } from './wording.ts';

export const catalogue: Catalogue = {
  ...common,
  ...alerts,
  ...answers,
  ...changes,
  ...classes,
  ...clock,
  ...comms,
  ...people,
  ...incidents,
  ...knowledge,
  ...problems,
  ...release,
  ...reports,
  ...reviews,
  ...timeline,
  ...wording,
};

/** A refusal in words. A code without words is our fault, and is said so rather than hidden. */
export function refusalWords(refusal: Refusal): Words {
  const words = catalogue[refusal.refused];
  return words ? words(factsOf(refusal)) : [`This was refused (${refusal.refused}), so nothing was changed.`];
}

/** Words without their pieces, for where only plain text fits (a form's field, a notification): people are named by the card itself. */
export const plainWords = (words: Words): string =>
  words
    .map((piece) =>
      typeof piece === 'string'
        ? piece
        : 'bold' in piece
          ? piece.bold
          : 'code' in piece
            ? piece.code
            : 'time' in piece
              ? `${new Date(piece.time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
              : 'label' in piece
                ? piece.label
                : 'person' in piece
                  ? 'that person'
                  : (wayLabel(piece.place, () => ({ name: 'that person' })) ?? chatLabel(piece.place)),
    )
    .join('');

/** The sentences that name nobody: a notification shows no names, and half a sentence would be worse than none. */
function withoutNames(words: Words): string {
  const marked = plainWords(
    words.map((piece) => (typeof piece === 'object' && ('person' in piece || 'place' in piece) ? '\u0000' : piece)),
  );
  const sentences = marked.match(/[^.!?]+(?:[.!?]+\s*|$)/gu) ?? [];
  const kept = sentences
    .filter((sentence) => !sentence.includes('\u0000'))
    .join('')
    .trim();
  return kept === '' ? 'This was not done; the message says why.' : kept;
}

/** The card that a refused person reads. */
export function refusalCard(refusal: Refusal): Card {
  const words = refusalWords(refusal);
  return card('Not done', [text(...words)], { tone: 'warning', summary: withoutNames(words) });
}
