/** What happened to a record, entry by entry, the newest last: as many entries as a card holds on every platform. */
import type { HistoryEntry } from '../core/history.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { type Card, card, LIMITS, list, text, type Words } from './card.ts';

/** What title, notes and the platforms' own signs need of a card. */
const RESERVED = 700;
/** The most that a platform makes of a mention, a time or a place. */
const PIECE = { person: 45, time: 30, place: 60 } as const;

/** How long words may become on the platform that needs most for them. */
export const lengthOf = (words: Words): number =>
  words.reduce((sum, piece) => {
    if (typeof piece === 'string') return sum + escapedLength(piece);
    if ('person' in piece) return sum + PIECE.person;
    if ('time' in piece) return sum + PIECE.time;
    if ('place' in piece) return sum + PIECE.place;
    return sum + escapedLength('link' in piece ? piece.link + piece.label : 'bold' in piece ? piece.bold : piece.code) + 8;
  }, 3);

const escapedLength = (said: string): number =>
  [...said].reduce((sum, one) => sum + (/[&<>]/u.test(one) ? 5 : /[\p{L}\p{N} .,:]/u.test(one) ? one.length : 2), 0);

/** The last of these entries in words, as many as fit (at least one), and how many stand before them. */
export function newest<T>(
  entries: readonly T[],
  wordsOf: (entry: T) => Words,
): { readonly rows: readonly Words[]; readonly before: number } {
  const rows: Words[] = [];
  let left = LIMITS.card - RESERVED;
  for (const entry of entries.toReversed()) {
    const words = wordsOf(entry);
    left -= lengthOf(words);
    if (left < 0 && rows.length > 0) break;
    rows.unshift(words);
  }
  return { rows, before: entries.length - rows.length };
}

/** A record's history. `phraseOf` says what happened, after the name of who did it; undefined: nobody needs to read it. */
export function historyCard(
  record: RecordId,
  entries: readonly HistoryEntry[],
  phraseOf: (entry: HistoryEntry) => Words | undefined,
): Card {
  const told = entries.flatMap((entry): readonly Words[] => {
    const phrase = phraseOf(entry);
    const who = entry.actor === BELLMAN ? 'Bellman' : { person: entry.actor };
    return phrase ? [[{ time: entry.at }, ' ', who, ': ', ...phrase]] : [];
  });
  const { rows, before } = newest(told, (words) => words);
  return card(`History of ${record}`, [
    ...(before > 0
      ? [
          text(`${before} earlier ${before === 1 ? 'entry' : 'entries'}, for the auditor: `, {
            code: `/bellman audit show ${record}`,
          }),
        ]
      : []),
    list(...rows),
  ]);
}
