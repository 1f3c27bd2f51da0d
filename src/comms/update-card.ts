/** An update as its audience reads it. */
import { type Card, card, text } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { Phase } from './line.ts';
import { partsOf } from './long-text.ts';
import { isClosing } from './plan.ts';

export interface Statement {
  readonly title: string;
  readonly number: number;
  readonly phase: Phase;
  readonly text: string;
  /** As of when it is true. */
  readonly asOf: Instant;
  /** When it was due, if it leaves later. */
  readonly lateSince?: Instant | undefined;
  /** When the next one comes; absent: on demand. */
  readonly next?: Instant | undefined;
}

/** `Update 3: Refused connections`. */
export const updateTitle = ({ number, phase, title }: Pick<Statement, 'number' | 'phase' | 'title'>): string =>
  `Update ${number}${phase === 'resolved' ? ', resolved' : phase === 'normal' ? ', no longer major' : ''}: ${title}`;

/** The cards of an update, in order: one, or several numbered ones when it is long. */
export function updateCards(statement: Statement): readonly Card[] {
  const parts = partsOf(statement.text);
  const { phase, asOf, lateSince, next } = statement;
  const ending = isClosing(phase)
    ? text('This is the last update on this.')
    : next === undefined
      ? text('The next update comes when there is news.')
      : text('Next update by ', { time: next }, '.');
  return parts.map((part, at) => {
    const title = `${parts.length > 1 ? `(${at + 1} of ${parts.length}) ` : ''}${updateTitle(statement)}`;
    return card(
      title,
      [
        ...(at === 0
          ? [
              text(
                'As of ',
                { time: asOf },
                ...(lateSince === undefined ? [] : ['. Late: it was due ', { time: lateSince }]),
                '.',
              ),
            ]
          : []),
        text(part),
        ...(at === parts.length - 1 ? [ending] : []),
      ],
      { tone: phase === 'resolved' ? 'success' : 'info', summary: `${title}. ${part}` },
    );
  });
}
