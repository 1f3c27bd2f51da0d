/** Reading what there is to know before it is decided whether this process may speak. */
import { lastMark } from '../audit-file.ts';
import { type Database, sqlState } from '../database.ts';
import type { Known } from './decision.ts';
import { readInstance } from './file.ts';

/** Where an installation keeps what its database must not be alone in knowing. */
export interface Keepers {
  readonly db: Database;
  readonly dataDir: string;
  readonly auditFile?: string;
  /** `BELLMAN_HOLD`. */
  readonly hold?: boolean;
}

const NO_RIGHT = '42501';
const BEATS = 'beat/';

/**
 * Which database of which server this is: a copy has another name for itself, be it on the same server. Where the server does not
 * tell its own identifier, its data folder's creation is not known, and only the database's number is left.
 */
export async function identityOf({ sql }: Database): Promise<string> {
  const [row] = await sql<{ oid: string }[]>`select oid::text from pg_database where datname = current_database()`;
  const server = await sql<{ id: string }[]>`select system_identifier::text as id from pg_control_system()`.catch((error) => {
    if (sqlState(error) === NO_RIGHT) return [];
    throw error;
  });
  return `${server[0]?.id ?? 'server'}/${row?.oid}`;
}

/** Everything that the decision needs. */
export async function knownNow(
  { db, dataDir, auditFile, hold = false }: Keepers,
  database: string,
  alive: boolean,
): Promise<Known> {
  const read = async () => {
    const [row] = await db.sql<NonNullable<Known['row']>[]>`select id, mark, held from bellman.instance`;
    return row;
  };
  const before = await read();
  const file = readInstance(dataDir);
  const audited = before && auditFile !== undefined ? lastMark(auditFile, before.id) : undefined;
  // Others at work move the mark in the database first, so a database that is read last is never behind the files.
  return { hold, dataDir, row: before && (await read()), database, file, audited, alive };
}

/** When the heartbeats of processes on this very database run out, in milliseconds, by name. */
export async function heartbeats({ sql }: Database, database: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ name: string; until: number }[]>`
    select name, extract(epoch from until)::float8 * 1000 as until from bellman.process_lease
    where starts_with(name, ${BEATS}) and holder = ${database} and until > clock_timestamp()`;
  return new Map(rows.map(({ name, until }) => [name, until]));
}

/** Says that the process `me` is at work on this database, for half a minute. */
export async function beat({ sql }: Database, database: string, me: string): Promise<void> {
  await sql`insert into bellman.process_lease (name, holder, until)
    values (${BEATS + me}, ${database}, clock_timestamp() + interval '30 seconds')
    on conflict (name) do update set until = excluded.until`;
}

/** Ends the heartbeat of `me`, and clears away those of processes that died a day ago. */
export async function endBeat({ sql }: Database, me: string): Promise<void> {
  await sql`delete from bellman.process_lease
    where name = ${BEATS + me} or starts_with(name, ${BEATS}) and until < clock_timestamp() - interval '1 day'`;
}
