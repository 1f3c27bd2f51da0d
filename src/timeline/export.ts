/** A timeline as a file: a table for spreadsheets, a document for people. Pure. */
import type { RecordId } from '../core/record.ts';
import type { Named } from './drawing.ts';
import type { Row } from './rows.ts';

export const TIMELINE_COLUMNS = ['Time', 'Who', 'What', 'Kind', 'Since'] as const;

const KINDS: Readonly<Record<Row['kind'], string>> = { done: 'done', written: 'written', kept: 'message' };

/** A line a row; times in ISO 8601, UTC. */
export const timelineTable = (
  rows: readonly Row[],
  named: Named,
): readonly Readonly<Record<(typeof TIMELINE_COLUMNS)[number], string>>[] =>
  rows.map((row) => ({
    Time: new Date(row.at).toISOString(),
    Who: named.person(row.who),
    What: named.plain(row),
    Kind: KINDS[row.kind],
    Since: row.since ?? '',
  }));

/** What people wrote is text here too: no mark-up, no second column, no second line. */
const cell = (words: string): string =>
  words.replaceAll(/[\\`*_{}[\]<>#|~!&]/gu, (sign) => `\\${sign}`).replaceAll(/\s*\r?\n\s*/gu, '<br>');

/** The whole timeline as Markdown. */
export const timelineDocument = (record: RecordId, title: string, rows: readonly Row[], named: Named): string =>
  [
    `# Timeline of ${record}: ${cell(title)}`,
    '',
    'Times in UTC.',
    '',
    '| Time | Who | What |',
    '|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${new Date(row.at).toISOString().slice(0, 19).replace('T', ' ')} | ${cell(named.person(row.who))} | ${cell(named.plain(row))}${row.since === 'edited' ? ' (edited since)' : ''} |`,
    ),
    '',
  ].join('\n');
