/** What an auditor can say (S5). */
import { aRecord, aWord, type Command, type Conversation, command, perhaps, privately } from '../chat/registry.ts';
import { parseTime } from '../chat/time-words.ts';
import { history } from '../core/history.ts';
import { DAY, type Instant } from '../core/instant.ts';
import { type Role, requireRole } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { auditCard, exportedCard } from './cards.ts';
import { type ExportsAt, exportLines } from './exports.ts';
import { entriesBetween } from './store.ts';

const AUDITORS: readonly Role[] = ['auditor', 'admin'];

/** Nothing is changed here, so that the right is not checked by a deciding transaction. */
const mayAudit = async (c: Conversation): Promise<Refusal | undefined> =>
  requireRole({ actor: await c.actor(), org: await c.org() }, ...AUDITORS);

const show = command({
  name: 'bellman audit show',
  help: 'Show what the journal has of a record, the newest last.',
  args: {
    record: aRecord('the record, for example RFC-1'),
    before: perhaps(aWord('the number of an entry, to see those before it')),
  },
  right: AUDITORS,
  run: async (c, { record, before }) => {
    const lacking = await mayAudit(c);
    if (lacking) return c.refused(lacking);
    if (before !== undefined && !/^\d{1,9}$/u.test(before)) return c.refused(refuse('wrong-entry-number', { said: before }));
    const entries = await history(c.db, record, c.me);
    if (entries.length === 0) return c.refused(refuse('unknown-record', { record }));
    return privately(auditCard(record, before === undefined ? entries : entries.filter(({ seq }) => seq < Number(before))));
  },
});

/** A day alone means all of it: its first moment as a beginning, the next day's as an end. */
function moment(said: string, now: Instant, zone: string, end: boolean): Instant | undefined {
  const day = /^\d{4}-\d\d-\d\d$/u.test(said.trim());
  if (!day || !end) return parseTime(said, now, zone);
  if (parseTime(said, now, zone) === undefined) return undefined;
  return parseTime(new Date(Date.parse(said.trim()) + DAY).toISOString().slice(0, 10), now, zone);
}

const exportWith = (where: ExportsAt): Command =>
  command({
    name: 'bellman audit export',
    help: 'Export the journal between two times with its hashes, as JSON Lines. A time with a blank in it goes in quotes.',
    args: {
      from: aWord('the first day or time, for example 2027-01-01'),
      to: aWord('the last day or time, for example 2027-01-31'),
    },
    right: AUDITORS,
    run: async (c, said) => {
      const lacking = await mayAudit(c);
      if (lacking) return c.refused(lacking);
      const now = await c.now();
      const from = moment(said.from, now, c.asker.timeZone, false);
      if (from === undefined) return c.refused(refuse('wrong-time', { said: said.from }));
      const wanted = moment(said.to, now, c.asker.timeZone, true);
      if (wanted === undefined) return c.refused(refuse('wrong-time', { said: said.to }));
      const to = Math.min(wanted, now);
      if (from >= to) return c.refused(refuse('export-turned', { from, to }));
      const day = (at: Instant) => new Date(at).toISOString().slice(0, 10);
      const exported = await exportLines(where, `journal-${day(from)}-${day(to)}`, entriesBetween(c.db, from, to, c.me));
      return privately(exportedCard(from, to, exported));
    },
  });

/** The commands of this room. Exports lie in the data folder of the process that makes them. */
export const auditCommands = (where: ExportsAt): readonly Command[] => [show, exportWith(where)];
