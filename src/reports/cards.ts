/** What an auditor sees. */
import { type Card, card, facts, LIMITS, list, text, type Words } from '../chat/card.ts';
import type { HistoryEntry } from '../core/history.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import type { Exported } from './exports.ts';
import { entryWords } from './words.ts';

/** What title, notes and the platforms' own signs need of a card. */
const RESERVED = 700;
/** The most that a platform makes of a mention, a time or a place. */
const PIECE = { person: 45, time: 70, place: 60 } as const;

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

/** The newest entries of a record, newest last, as many as fit; how to see those before them. */
export function auditCard(record: RecordId, entries: readonly HistoryEntry[]): Card {
  const rows: Words[] = [];
  let left = LIMITS.card - RESERVED;
  let shown = entries.length;
  for (const entry of entries.toReversed()) {
    const words = entryWords(entry);
    left -= lengthOf(words);
    if (left < 0 && rows.length > 0) break;
    rows.unshift(words);
    shown -= 1;
  }
  const first = entries[shown];
  return card(
    `Journal of ${record}`,
    [
      ...(shown > 0 && first
        ? [text(`And ${shown} more before these: `, { code: `/bellman audit show ${record} ${first.seq}` }, '.')]
        : []),
      ...(rows.length > 0 ? [list(...rows)] : [text('There is no entry before that one.')]),
    ],
    { summary: `Journal of ${record}: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}` },
  );
}

/** Where an export is, and how to know that it is the one that was made. */
export const exportedCard = (from: Instant, to: Instant, { path, link, lines, bytes, sha256 }: Exported): Card =>
  card(
    'Journal exported',
    [
      facts(
        ['From', { time: from }],
        ['Up to, not including', { time: to }],
        ['Entries', String(lines)],
        ['Size', `${bytes} bytes of JSON Lines`],
        ['SHA-256', { code: sha256 }],
        ['On the server', { code: path }],
      ),
      text(
        ...(link === undefined
          ? ['Ask whoever runs the server for the file.']
          : [{ link, label: 'Download' }, ' within an hour. The link works for whoever has it: do not pass it on.']),
        ' The file is removed when another export is made a day later.',
      ),
    ],
    { tone: 'success', summary: `${lines} ${lines === 1 ? 'entry' : 'entries'} of the journal exported` },
  );
