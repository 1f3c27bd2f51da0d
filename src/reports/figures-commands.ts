/** What people can say about updates in figures: the ledger of a record, and how punctual a month was. Everybody may, of what they may know of. */
import type { Reply } from '../chat/port.ts';
import {
  aRecord,
  aWord,
  type Button,
  button,
  type Command,
  type Conversation,
  command,
  perhaps,
  privately,
} from '../chat/registry.ts';
import { history } from '../core/history.ts';
import type { RecordId } from '../core/record.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { tableCard } from './cards.ts';
import { type ExportsAt, exportTable } from './exports.ts';
import { LEDGER_COLUMNS, ledgerCard, ledgerTable, notesIn } from './ledger.ts';
import { ledgerOf } from './ledger-store.ts';
import { type Month, monthOf, PUNCTUALITY_COLUMNS, punctualityCard, punctualityTable } from './punctuality.ts';
import { punctualityOf } from './punctuality-store.ts';

async function readLedger(c: Conversation, record: RecordId) {
  const [ledger, entries] = await Promise.all([ledgerOf(c.db, record, c.me), history(c.db, record, c.me)]);
  return { ledger, notes: notesIn(entries) };
}

const unknown = async (c: Conversation, record: RecordId): Promise<Reply | undefined> =>
  (await titlesOf(c.db, [record], c.me)).has(record) ? undefined : c.refused(refuse('unknown-record', { record }));

const ledger = command({
  name: 'comms ledger',
  help: 'Show every update of a record: when it was due, released and delivered, or why it was not.',
  args: { record: aRecord('the record, for example PRB-1') },
  run: async (c, { record }) => {
    const none = await unknown(c, record);
    if (none) return none;
    const { ledger: rows, notes } = await readLedger(c, record);
    return privately(ledgerCard(record, rows, notes));
  },
});

const ledgerFile = (where: ExportsAt): Button =>
  button({
    name: 'comms.ledger-file',
    run: async (c, { record }) => {
      const none = await unknown(c, record);
      if (none) return none;
      const { ledger: rows, notes } = await readLedger(c, record);
      const people = [...new Set(rows.flatMap(({ by }) => by ?? []))];
      const names = new Map(await Promise.all(people.map(async (person) => [person, await c.nameOf(person)] as const)));
      const table = ledgerTable(rows, notes, (person) => names.get(person) ?? person);
      return privately(tableCard(`Ledger of ${record}`, await exportTable(where, `ledger-${record}`, LEDGER_COLUMNS, table)));
    },
  });

/** What fell due in a month that is not over counts up to now. */
const figuresOf = async (c: Conversation, { from, to }: Month) => punctualityOf(c.db, from, Math.min(to, await c.now()), c.me);

const punctuality = command({
  name: 'report punctuality',
  help: 'Show how many updates left in time, for each audience, in a month.',
  args: { month: perhaps(aWord('the month, for example 2027-01; at first this one')) },
  run: async (c, { month: said }) => {
    const month = monthOf(said, await c.now(), c.asker.timeZone);
    if (!month) return c.refused(refuse('wrong-month', { said: said ?? '' }));
    return privately(punctualityCard(month, await figuresOf(c, month)));
  },
});

const punctualityFile = (where: ExportsAt): Button =>
  button({
    name: 'report.punctuality-file',
    run: async (c, { value }) => {
      const month = monthOf(value, await c.now(), c.asker.timeZone);
      if (!month) return c.refused(refuse('wrong-month', { said: value }));
      const rows = punctualityTable(month, await figuresOf(c, month));
      return privately(
        tableCard(
          `Punctuality in ${month.month}`,
          await exportTable(where, `punctuality-${month.month}`, PUNCTUALITY_COLUMNS, rows),
        ),
      );
    },
  });

/** Figures about updates. Exports lie in the data folder of the process that makes them. */
export const figureDoings = (where: ExportsAt): readonly (Command | Button)[] => [
  ledger,
  ledgerFile(where),
  punctuality,
  punctualityFile(where),
];
