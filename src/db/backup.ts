/** Backup and restore over the wire: no program of Postgres is needed, any server and the embedded one are alike. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, link, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as immediate } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import postgres from 'postgres';
import { BadBackup, type Contents, type Frame, frame, framesIn, type Head, jsonOf, type TableEnd } from './backup/format.ts';
import { holdRestored } from './instance.ts';
import { migrate, migrationsFolder, migrationsIn } from './migrate.ts';

export { BadBackup, type Contents } from './backup/format.ts';

/** Migrations are applied before the data come in, so their own table is not among these; tallies are made anew by what comes in. */
const NOT_DATA = ['migration', 'record_tally'];
const FORMAT = 'bellman backup 1';
const PIECE = 64 * 1024;

const single = (url: string) =>
  postgres(url, {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { TimeZone: 'UTC' },
  });

/**
 * Writes everything that is in the database at `url`, as it stands in one moment, to a new file that only its owner reads. The file
 * appears under its name when it is whole. Bellman may go on working meanwhile. Throws `BadBackup` when the file is there already.
 */
export async function backup(url: string, file: string): Promise<Contents> {
  if (existsSync(file)) throw new BadBackup('There is a file of this name already.');
  const own = `${file}.${randomBytes(4).toString('hex')}.part`;
  const sql = single(url);
  try {
    const target = await open(own, 'wx', 0o600);
    const written: { contents?: Contents } = {};
    const frames = Readable.from(allFrames(sql, (contents) => Object.assign(written, { contents })));
    await pipeline(frames, createGzip(), target.createWriteStream({ flush: true }));
    await link(own, file);
    if (!written.contents) throw new Error('The backup did not end');
    return written.contents;
  } finally {
    await rm(own, { force: true });
    await sql.end({ timeout: 1 });
  }
}

async function* allFrames(sql: postgres.Sql, done: (contents: Contents) => void): AsyncGenerator<Buffer> {
  const tx = await sql.reserve();
  try {
    await tx`begin isolation level repeatable read read only`;
    const head = await headOf(tx);
    yield frame('head', head);
    let rows = 0;
    for (const { name, columns } of head.tables) {
      const hash = createHash('sha256');
      const [count] = await tx.unsafe<{ rows: number }[]>(`select count(*)::float8 as rows from bellman.${quoted(name)}`);
      const data = await tx.unsafe(`copy bellman.${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`).readable();
      for await (const piece of pieces(data)) {
        hash.update(piece);
        yield frame('data', piece);
      }
      // The driver pauses its socket when a piece fills the stream. If that was the last, only this lets it read on.
      data._read(0);
      rows += count?.rows ?? 0;
      yield frame('table', { table: name, rows: count?.rows ?? 0, sha256: hash.digest('hex') } satisfies TableEnd);
    }
    yield frame('end', { tables: head.tables.length });
    await tx`commit`;
    done({ at: head.at, tables: head.tables.length, rows });
  } finally {
    tx.release();
  }
}

/** The rows, which come one by one, in larger pieces. */
async function* pieces(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const row of rows) {
    held.push(row);
    size += row.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

async function headOf(tx: postgres.ReservedSql): Promise<Head> {
  const [applied] = await tx<
    { there: boolean; at: Date }[]
  >`select to_regclass('bellman.migration') is not null as there, now() as at`;
  if (!applied?.there) throw new BadBackup('There is no Bellman in this database.');
  const migrations = await tx<{ name: string; hash: string }[]>`select name, hash from bellman.migration order by name`;
  const tables = await tx<{ name: string; columns: string[] }[]>`
    select c.relname as name, json_agg(a.attname order by a.attnum) as columns from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'bellman'::regnamespace and c.relkind = 'r' and c.relname <> all(${NOT_DATA})
    group by c.relname order by c.relname`;
  // A sequence may be ahead of the snapshot; that only leaves numbers out.
  const sequences = await tx<{ name: string; last: string }[]>`
    select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'bellman' and last_value is not null`;
  return {
    format: FORMAT,
    at: applied.at.toISOString(),
    migrations: [...migrations],
    tables: [...tables],
    sequences: Object.fromEntries(sequences.map(({ name, last }) => [name, last])),
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Brings a backup into the empty database at `url`, all of it or nothing: migrations as they were then, the data, then the newer
 * migrations. The database is held from then on, wherever it is started. Throws `BadBackup` when the file is not whole, was made
 * by a newer Bellman, or the database is not empty.
 */
export async function restore(url: string, file: string, folder: string = migrationsFolder()): Promise<Contents> {
  const frames = framesIn(unzipped(file));
  const first = await frames.next();
  if (first.done || first.value.kind !== 'head') throw new BadBackup('It is not a backup of Bellman.');
  const head = jsonOf<Head>(first.value);
  if (head.format !== FORMAT) throw new BadBackup('It was made by another version of Bellman.');
  await mustBeEmpty(url);
  await migrateAsThen(url, head, folder);
  const sql = single(url);
  let rows: number;
  try {
    rows = await sql.begin((tx) => fill(tx, head, frames));
  } finally {
    await sql.end({ timeout: 1 });
  }
  await migrate(url, folder);
  return { at: head.at, tables: head.tables.length, rows };
}

async function* unzipped(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unzip = createGunzip();
  source.on('error', (error) => unzip.destroy(error));
  try {
    yield* source.pipe(unzip);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw new BadBackup('It was cut short.');
    if (code?.startsWith('Z_')) throw new BadBackup('It is not a backup of Bellman, or was changed.');
    throw error;
  }
}

async function mustBeEmpty(url: string): Promise<void> {
  const sql = single(url);
  try {
    const tables = await sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = to_regnamespace('bellman') and relkind = 'r' and relname <> all(${NOT_DATA})`;
    for (const { name } of tables) {
      const [row] = await sql.unsafe(`select 1 from bellman.${quoted(name)} limit 1`);
      if (row) throw new BadBackup('The database is not empty: a backup goes into a new one.');
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Applies exactly the migrations that the backup's database had. */
async function migrateAsThen(url: string, head: Head, folder: string): Promise<void> {
  const files = await migrationsIn(folder);
  for (const [at, { name, hash }] of head.migrations.entries())
    if (files[at]?.name !== name || files[at]?.hash !== hash) throw new BadBackup('It was made by another version of Bellman.');
  const then = await mkdtemp(join(tmpdir(), 'bellman-migrations-'));
  try {
    for (const { name } of head.migrations) await copyFile(join(folder, name), join(then, name));
    await migrate(url, then);
  } catch (error) {
    // The empty database has the tables of a newer Bellman already: its own files refuse to be behind it.
    if (/^Migration /u.test((error as Error).message))
      throw new BadBackup('The database is of another version than the backup: take a new one.');
    throw error;
  } finally {
    await rm(then, { recursive: true, force: true });
  }
}

/** Reads the frames into the tables; checks every table's sum before anything is kept. */
async function fill(tx: postgres.TransactionSql, head: Head, frames: AsyncGenerator<Frame>): Promise<number> {
  const wanted = [...head.tables];
  let table: Filling | undefined;
  let rows = 0;
  const begin = (): Filling => {
    const next = wanted.shift();
    if (!next) throw new BadBackup('It was changed.');
    return filling(tx, next);
  };
  try {
    for await (const one of frames) {
      switch (one.kind) {
        case 'data':
          table ??= begin();
          await table.write(one.bytes);
          break;
        case 'table': {
          table ??= begin();
          const full = table;
          table = undefined;
          rows += await full.end(jsonOf<TableEnd>(one));
          break;
        }
        case 'end':
          if (wanted.length > 0 || table) throw new BadBackup('It was changed.');
          for (const [name, last] of Object.entries(head.sequences))
            await tx`select setval(${`bellman.${quoted(name)}`}::regclass, ${last}::bigint)`;
          await holdRestored(tx, `The database was restored from the backup of ${head.at}.`);
          return rows;
        case 'head':
          throw new BadBackup('It was changed.');
        default:
          one.kind satisfies never;
      }
    }
    throw new BadBackup('It was cut short.');
  } catch (error) {
    table?.abandon();
    throw error;
  }
}

interface Filling {
  readonly write: (bytes: Buffer) => Promise<void>;
  /** Ends the table, and how many rows it got. Throws `BadBackup` when they are not those that were written. */
  readonly end: (said: TableEnd) => Promise<number>;
  readonly abandon: () => void;
}

function filling(tx: postgres.TransactionSql, { name, columns }: Head['tables'][number]): Filling {
  const hash = createHash('sha256');
  let into: Writable | undefined;
  const open = async () => {
    const stream = await tx.unsafe(`copy bellman.${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`).writable();
    // Whoever writes next is told; this only keeps it from being called unhandled meanwhile.
    stream.on('error', () => {});
    return stream;
  };
  const abandon = () => void into?.destroy(new Error('abandoned'));
  return {
    abandon,
    async write(bytes) {
      into ??= await open();
      const stream = into;
      hash.update(bytes);
      await new Promise<void>((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve())));
    },
    async end(said) {
      if (said.table !== name || said.sha256 !== hash.digest('hex')) {
        abandon();
        throw new BadBackup('It was changed.');
      }
      into?.end();
      await immediate();
      // The stream never tells of a failure at its end, but then this query fails.
      const [count] = await tx.unsafe<{ rows: number }[]>(`select count(*)::float8 as rows from bellman.${quoted(name)}`);
      if (count?.rows !== said.rows) throw new BadBackup('It was changed.');
      return said.rows;
    },
  };
}
