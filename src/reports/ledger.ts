/** The ledger of a record's updates as people read it: a card with the newest, a table with all of them. Pure. */
import { type Card, card, list, rowOf, text, type Words } from '../chat/card.ts';
import { newest } from '../chat/history-card.ts';
import { spanWords } from '../chat/time-words.ts';
import { audienceLabel } from '../comms/index.ts';
import type { HistoryEntry } from '../core/history.ts';
import { type Instant, MINUTE } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import type { LedgerRow } from './ledger-store.ts';

/** Why an update was skipped, held back, taken back or stopped: by its id, each reason once, oldest first. */
export type Notes = ReadonlyMap<string, readonly string[]>;

const NOTED: Readonly<Record<string, (entry: HistoryEntry) => string>> = {
  'plan.skipped': ({ words }) => `skipped: ${String(words?.reason ?? 'the reason was erased')}`,
  'plan.undone': () => 'its release was taken back',
  'plan.held-back': ({ data }) => `held back: ${WHY[String(data.why)] ?? String(data.why)}`,
  'plan.stopped': ({ data }) => `stopped: ${WHY[String(data.why)] ?? String(data.why)}`,
};

const WHY: Readonly<Record<string, string>> = {
  'releaser-lost-right': 'who released it no longer may',
  changed: 'it had changed',
  withdrawn: 'it was withdrawn',
  'no-plan': 'the plan is gone',
};

/** What the journal of a record says about its updates besides what their rows have. */
export function notesIn(entries: readonly HistoryEntry[]): Notes {
  const notes = new Map<string, readonly string[]>();
  for (const entry of entries) {
    const note = NOTED[entry.type]?.(entry);
    const update = entry.data.update;
    if (note === undefined || typeof update !== 'string') continue;
    const before = notes.get(update) ?? [];
    if (!before.includes(note)) notes.set(update, [...before, note]);
  }
  return notes;
}

/** `UPD-7`, or while it has no number the place in its plan. */
const nameOf = ({ number, id }: LedgerRow): string => (number === null ? id : `UPD-${number}`);

const delay = ({ released, due }: LedgerRow): string =>
  released === null ? '' : ` ${spanWords(Math.max(MINUTE, Math.round((released - due) / MINUTE) * MINUTE))} late`;

function delivery({ places, sent, failed, unsure, deliveredLast, seen }: LedgerRow): Words {
  if (places === 0) return [', to no place'];
  const waiting = places - sent - failed - unsure;
  return [
    `, delivered to ${sent} of ${places}`,
    ...(deliveredLast === null ? [] : [' ', { time: deliveredLast }]),
    ...(failed > 0 ? [`, ${failed} failed`] : []),
    ...(unsure > 0 ? [`, ${unsure} unsure`] : []),
    ...(waiting > 0 ? [`, ${waiting} on the way`] : []),
    ...(seen > 0 ? [`, seen by ${seen}`] : []),
  ];
}

const releasers = (row: LedgerRow): Words =>
  (row.by ?? []).flatMap((person, at): Words => [at === 0 ? ' by ' : ', ', { person }]);

function rowWords(row: LedgerRow, notes: Notes): Words {
  const said = notes.get(row.id) ?? [];
  const ended: Words =
    row.released === null
      ? row.outcome === 'skipped' && said.length > 0
        ? []
        : [`, ${row.outcome}`]
      : [', released ', { time: row.released }, ...(row.late ? [delay(row)] : []), ...releasers(row), ...delivery(row)];
  const mended = row.outcome === 'corrected' || row.outcome === 'retracted' ? [`, ${row.outcome} later`] : [];
  return [
    { bold: nameOf(row) },
    ` ${audienceLabel(row.audience)}, ${row.phase}${row.exercise ? ', exercise' : ''}: due `,
    { time: row.due },
    ...ended,
    ...mended,
    ...said.map((note) => `; ${note}`),
    '.',
  ];
}

/** The newest updates, as many as fit, and how to get all of them. */
export function ledgerCard(record: RecordId, ledger: readonly LedgerRow[], notes: Notes): Card {
  if (ledger.length === 0) return card(`Ledger of ${record}`, [text('No update of this record was begun yet.')]);
  const { rows, before } = newest(ledger, (row) => rowWords(row, notes));
  const released = ledger.filter((row) => row.released !== null);
  const late = released.filter((row) => row.late).length;
  const summary = `Ledger of ${record}: ${ledger.length} updates, ${released.length} released${late > 0 ? `, ${late} of them late` : ''}`;
  return card(
    `Ledger of ${record}`,
    [
      ...(before > 0 ? [text(`And ${before} more before these; the file has all of them.`)] : []),
      list(...rows),
      ...rowOf([{ label: 'As CSV', action: 'comms.ledger-file', record }]),
    ],
    { summary },
  );
}

export const LEDGER_COLUMNS = [
  'update',
  'id',
  'audience',
  'phase',
  'outcome',
  'due',
  'released',
  'minutes_late',
  'released_by',
  'delivered_first',
  'delivered_last',
  'places',
  'sent',
  'failed',
  'unsure',
  'seen',
  'exercise',
  'notes',
] as const;

const moment = (at: Instant | null): string => (at === null ? '' : new Date(at).toISOString());

/** The whole ledger as a table: times as ISO 8601 in UTC, people by name. */
export const ledgerTable = (
  ledger: readonly LedgerRow[],
  notes: Notes,
  nameOf: (person: string) => string,
): readonly Readonly<Record<(typeof LEDGER_COLUMNS)[number], string | number>>[] =>
  ledger.map((row) => ({
    update: row.number === null ? '' : `UPD-${row.number}`,
    id: row.id,
    audience: row.audience,
    phase: row.phase,
    outcome: row.outcome,
    due: moment(row.due),
    released: moment(row.released),
    minutes_late: row.released === null || !row.late ? 0 : Math.max(1, Math.round((row.released - row.due) / MINUTE)),
    released_by: row.released === null ? '' : (row.by ?? []).map(nameOf).join(', '),
    delivered_first: moment(row.delivered),
    delivered_last: moment(row.deliveredLast),
    places: row.places,
    sent: row.sent,
    failed: row.failed,
    unsure: row.unsure,
    seen: row.seen,
    exercise: row.exercise ? 'yes' : 'no',
    notes: (notes.get(row.id) ?? []).join('; '),
  }));
