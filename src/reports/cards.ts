/** What an auditor sees. */
import { type Card, card, facts, list, text } from '../chat/card.ts';
import { newest } from '../chat/history-card.ts';
import type { HistoryEntry } from '../core/history.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import type { Exported } from './exports.ts';
import { entryWords } from './words.ts';

/** The newest entries of a record, newest last, as many as fit; how to see those before them. */
export function auditCard(record: RecordId, entries: readonly HistoryEntry[]): Card {
  const { rows, before } = newest(entries, entryWords);
  const first = entries[before];
  return card(
    `Journal of ${record}`,
    [
      ...(before > 0 && first
        ? [text(`And ${before} more before these: `, { code: `/bellman audit show ${record} ${first.seq}` }, '.')]
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

/** Where a document is, and how to know that it is the one that was made. */
export const documentCard = (title: string, { path, link, sha256 }: Exported): Card =>
  card(
    title,
    [
      text('As Markdown. SHA-256: ', { code: sha256 }),
      text(
        ...(link === undefined
          ? ['It lies on the server: ', { code: path }, '. Ask whoever runs the server for it.']
          : [{ link, label: 'Download' }, ' within an hour. The link works for whoever has it: do not pass it on.']),
      ),
    ],
    { tone: 'success' },
  );

/** Where a table is, and how to know that it is the one that was made. */
export const tableCard = (title: string, { path, link, lines, sha256 }: Exported): Card =>
  card(
    title,
    [
      text(`${lines} ${lines === 1 ? 'row' : 'rows'} as CSV. SHA-256: `, { code: sha256 }),
      text(
        ...(link === undefined
          ? ['It lies on the server: ', { code: path }, '. Ask whoever runs the server for it.']
          : [{ link, label: 'Download' }, ' within an hour. The link works for whoever has it: do not pass it on.']),
      ),
    ],
    { tone: 'success' },
  );
