/**
 * Where the console keeps its people, channels and messages, so that they survive a restart; `main.ts` hands it to the adapter.
 * Changes are told to every process by NOTIFY, so that a worker's post is seen live on a page that another process serves.
 */
import type { Database, Row } from '../db/database.ts';

const CHANNEL = 'bellman_console';

interface Person {
  readonly handle: string;
  readonly name: string;
  readonly title: string;
}

interface NewMessage {
  readonly place: string;
  readonly only?: string;
  readonly author?: string;
  readonly content: unknown;
  readonly delivery?: string;
  readonly key?: string;
}

interface Message extends Omit<NewMessage, 'key'> {
  readonly id: string;
  readonly at: number;
  readonly version: number;
}

type Change =
  | { readonly kind: 'message'; readonly id: string }
  | { readonly kind: 'removed'; readonly id: string; readonly place: string }
  | { readonly kind: 'again' }
  | { readonly kind: 'people' }
  | { readonly kind: 'channels' };

/** The store of the console's adapter, on Postgres. Its methods reject when Postgres cannot be reached. */
export function consoleStore(db: Database) {
  const { sql } = db;
  const tell = (change: Change) => sql`select pg_notify(${CHANNEL}, ${JSON.stringify(change)})`;

  return {
    people: async (): Promise<readonly Person[]> =>
      sql<Person[]>`select handle, name, title from bellman.console_person order by seq`,

    addPerson: async ({ handle, name, title }: Person): Promise<void> => {
      await sql`insert into bellman.console_person (handle, name, title) values (${handle}, ${name}, ${title}) on conflict do nothing`;
      await tell({ kind: 'people' });
    },

    channels: async (): Promise<readonly string[]> => {
      const rows = await sql<{ name: string }[]>`select name from bellman.console_channel order by seq`;
      return rows.map(({ name }) => name);
    },

    addChannel: async (name: string): Promise<void> => {
      await sql`insert into bellman.console_channel (name) values (${name}) on conflict do nothing`;
      await tell({ kind: 'channels' });
    },

    add: async ({ place, only, author, content, delivery, key }: NewMessage): Promise<Message> => {
      const [added] = await sql`
        insert into bellman.console_message (place, "only", author, content, delivery, key, at)
        values (${place}, ${only ?? null}, ${author ?? null}, ${JSON.stringify(content)}::text::jsonb, ${delivery ?? null},
          ${key ?? null}, bellman.now())
        on conflict (key) do nothing
        returning *, pg_notify(${CHANNEL}, json_build_object('kind', 'message', 'id', id::text)::text)`;
      const [row] = added ? [added] : await sql`select * from bellman.console_message where key = ${key ?? null}`;
      if (!row) throw new Error('A message of the console was removed while it was added');
      return messageOf(row);
    },

    edit: async (id: string, content: unknown): Promise<boolean> => {
      if (!isId(id)) return false;
      const rows = await sql`
        update bellman.console_message set content = ${JSON.stringify(content)}::text::jsonb, version = version + 1
        where id = ${id}
        returning pg_notify(${CHANNEL}, json_build_object('kind', 'message', 'id', id::text)::text)`;
      return rows.length > 0;
    },

    remove: async (id: string): Promise<boolean> => {
      if (!isId(id)) return false;
      const rows = await sql`
        delete from bellman.console_message where id = ${id}
        returning pg_notify(${CHANNEL}, json_build_object('kind', 'removed', 'id', id::text, 'place', place)::text)`;
      return rows.length > 0;
    },

    message: async (id: string): Promise<Message | undefined> => {
      if (!isId(id)) return undefined;
      const [row] = await sql`select * from bellman.console_message where id = ${id}`;
      return row && messageOf(row);
    },

    latest: async (places: readonly string[], reader: string, most: number): Promise<readonly Message[]> => {
      const rows = await sql`
        select message.* from unnest(${[...places]}::text[]) as wanted (place), lateral (
          select * from bellman.console_message
          where place = wanted.place and ("only" is null or "only" = ${reader})
          order by id desc limit ${most}
        ) as message
        order by message.id`;
      return rows.map(messageOf);
    },

    before: async (place: string, reader: string, id: string, most: number): Promise<readonly Message[]> => {
      const rows = await sql`
        select * from bellman.console_message
        where place = ${place} and ("only" is null or "only" = ${reader}) and id < ${id}
        order by id desc limit ${most}`;
      return rows.map(messageOf).reverse();
    },

    byDelivery: async (place: string, delivery: string, since: Date): Promise<readonly Message[]> => {
      const rows = await sql`
        select * from bellman.console_message
        where place = ${place} and delivery = ${delivery} and at >= ${since}
        order by id`;
      return rows.map(messageOf);
    },

    watch: async (listener: (change: Change) => void): Promise<() => Promise<void>> => {
      // Only the statements above notify on this channel, and they say nothing else.
      const own = db.alone();
      let before = false;
      await own.listen(
        CHANNEL,
        (payload) => listener(JSON.parse(payload) as Change),
        () => {
          // Called anew after each break of the connection: what was told meanwhile is lost.
          if (before) listener({ kind: 'again' });
          before = true;
        },
      );
      return () => own.end({ timeout: 1 });
    },
  };
}

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

/** A row of `console_message`; bigint columns arrive as text, timestamps as dates. */
const messageOf = (row: Row): Message => ({
  id: String(row.id),
  place: row.place,
  ...(row.only === null ? {} : { only: row.only }),
  ...(row.author === null ? {} : { author: row.author }),
  content: row.content,
  ...(row.delivery === null ? {} : { delivery: row.delivery }),
  at: row.at.getTime(),
  version: row.version,
});
