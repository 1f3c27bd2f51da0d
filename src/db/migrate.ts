/** Applies the files of `migrations/` in order, once each, under an advisory lock. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';

const MIGRATION_LOCK = 4_170_002;

export interface Migration {
  readonly name: string;
  readonly hash: string;
  readonly text: string;
}

/** The migrations of a folder in the order of their numbers. */
export async function migrationsIn(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/u.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * What is still to be applied. Throws when an applied file was edited since, has gone, or a new one has an earlier number
 * than one that was applied: the database would differ from what the files say.
 */
export function missing(
  files: readonly Migration[],
  applied: readonly { readonly name: string; readonly hash: string }[],
): readonly Migration[] {
  for (const [at, { name, hash }] of applied.entries()) {
    const file = files[at];
    if (file?.name !== name) throw new Error(`Migration ${name} was applied, but ${file?.name ?? 'nothing'} stands in its place`);
    if (file.hash !== hash) throw new Error(`Migration ${name} was edited after it had been applied`);
  }
  return files.slice(applied.length);
}

/** Where the migrations lie: beside the sources, or where the bundle was told. */
export const migrationsFolder = (): string => process.env.BELLMAN_MIGRATIONS ?? join(import.meta.dirname, '../../migrations');

/** Brings the database at `url` to the newest state. Several processes may do so at once. Throws when a file does not fit. */
export async function migrate(url: string, folder: string = migrationsFolder()): Promise<void> {
  const files = await migrationsIn(folder);
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await sql`create schema if not exists bellman`;
    await sql`create table if not exists bellman.migration (name text primary key, hash text not null, applied_at timestamptz not null default clock_timestamp())`;
    const applied = await sql<{ name: string; hash: string }[]>`select name, hash from bellman.migration order by name`;
    for (const { name, hash, text } of missing(files, applied)) {
      await sql.begin(async (transaction) => {
        await transaction.unsafe(text);
        await transaction`insert into bellman.migration (name, hash) values (${name}, ${hash})`;
      });
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}
