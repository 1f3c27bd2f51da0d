/** What one transaction writes, as one statement: each kind of row with the SQL that takes it in. */
import { USUAL_CLASS } from './record.ts';

type ColumnType = 'text' | 'int' | 'bool' | 'timestamptz' | 'jsonb';

/** Rows that a room keeps of what happened, so that lists and figures are read by index; written with the event they follow from. */
export interface Projection extends Piece {
  readonly name: string;
  /** The column that tells its rows apart. */
  readonly key: string;
}

/** The rows of one projection; what a row leaves out is null, which a projection's SQL takes as "as it was". */
export interface Projected {
  readonly projection: Projection;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

interface Piece {
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The SQL that writes the rows of `d`. */
  readonly sql: (d: string) => string;
}

const piece = <C extends Readonly<Record<string, ColumnType>>>(columns: C, sql: (d: string) => string) => ({ columns, sql });

/** What is said, wherever it goes. */
const SAID = {
  record: 'text',
  urgency: 'int',
  content: 'jsonb',
  hash: 'text',
  live: 'text',
  update: 'text',
  at: 'timestamptz',
} as const;

/** One delivery for each row of `found`, in the order in which they were asked for; ids as `deliveryId` makes them. */
const toMany = (found: string): string => `
  insert into bellman.delivery (id, record_id, place, platform, urgency, content, content_hash, live, update_id, not_before, created_at)
    select substr(replace(gen_random_uuid()::text, '-', ''), 1, 25), record, place, split_part(place, '/', 1), urgency, content, hash,
      live, "update", at, at from (${found}) f order by turn`;

const pieces = {
  raised: piece(
    {
      id: 'text',
      kind: 'text',
      number: 'int',
      seq: 'int',
      hash: 'text',
      title: 'text',
      status: 'text',
      owner: 'text',
      class: 'text',
      people: 'jsonb',
      at: 'timestamptz',
    },
    (d) => `insert into bellman.record (id, kind, number, seq, hash, title, status, owner, class, people, created_at, updated_at)
      select id, kind, number, seq, hash, coalesce(title, ''), coalesce(status, ''), owner, coalesce(class, '${USUAL_CLASS}'),
        coalesce(people, '[]'), at, at from ${d}`,
  ),
  moved: piece(
    {
      id: 'text',
      seq: 'int',
      hash: 'text',
      title: 'text',
      status: 'text',
      owner: 'text',
      class: 'text',
      people: 'jsonb',
      at: 'timestamptz',
    },
    (
      d,
    ) => `update bellman.record r set seq = d.seq, hash = d.hash, updated_at = d.at, title = coalesce(nullif(d.title, ''), r.title),
      status = coalesce(nullif(d.status, ''), r.status), owner = coalesce(d.owner, r.owner), class = coalesce(d.class, r.class),
      people = coalesce(d.people, r.people) from ${d} where r.id = d.id`,
  ),
  states: piece(
    { id: 'text', name: 'text', state: 'jsonb' },
    (d) => `insert into bellman.part (record_id, name, state) select id, name, state from ${d}
      on conflict (record_id, name) do update set state = excluded.state`,
  ),
  entries: piece(
    { recordId: 'text', seq: 'int', at: 'timestamptz', actor: 'text', type: 'text', body: 'text', hash: 'text' },
    (d) => `insert into bellman.journal (record_id, seq, at, actor, type, body, hash)
      select "recordId", seq, at, actor, type, body, hash from ${d}`,
  ),
  words: piece(
    { recordId: 'text', seq: 'int', salt: 'text', words: 'jsonb' },
    (d) => `insert into bellman.journal_words (record_id, seq, salt, words) select "recordId", seq, salt, words from ${d}`,
  ),
  gone: piece(
    { record: 'text', key: 'text' },
    (d) => `delete from bellman.timer t using ${d} where t.record_id = d.record and t.key = d.key`,
  ),
  timers: piece(
    { record: 'text', key: 'text', at: 'timestamptz', part: 'text', command: 'jsonb' },
    (d) => `insert into bellman.timer (record_id, key, due_at, part, command) select record, key, at, part, command from ${d}
      on conflict (record_id, key) do update set due_at = excluded.due_at, part = excluded.part, command = excluded.command,
        lease_holder = null, lease_until = null, failures = 0, parked_at = null`,
  ),
  each: piece(
    { kind: 'text', status: 'text', key: 'text', at: 'timestamptz', part: 'text', command: 'jsonb' },
    (d) => `insert into bellman.timer (record_id, key, due_at, part, command)
      select r.id, d.key, d.at, d.part, d.command from ${d} join bellman.record r on r.kind = d.kind and r.status = d.status`,
  ),
  says: piece(
    { ...SAID, id: 'text', place: 'text', platform: 'text' },
    (
      d,
    ) => `insert into bellman.delivery (id, record_id, place, platform, urgency, content, content_hash, live, update_id, not_before, created_at)
      select id, record, place, platform, urgency, content, hash, live, update, at, at from ${d}`,
  ),
  toLists: piece(
    { ...SAID, list: 'text', version: 'int', except: 'jsonb', turn: 'int' },
    // Whoever is on several of the lists gets each part of an update by the first: its parts are told apart by what they say.
    (d) =>
      toMany(`select distinct on (coalesce(d."update", d.turn::text), d.hash, m.place) d.*, m.place
      from ${d} join bellman.audience_member m on m.list = d.list and m.version = d.version and m.unsubscribed_at is null
      where not d."except" ? m.place order by coalesce(d."update", d.turn::text), d.hash, m.place, d.turn`),
  ),
  // Whoever is on a list that is told now gets it by the list, or has unsubscribed. What failed or was cancelled did not reach
  // anybody; anything else did, or may have.
  toTold: piece({ ...SAID, told: 'jsonb', except: 'jsonb', lists: 'jsonb', turn: 'int' }, (d) =>
    toMany(`select distinct on (d.turn, v.place) d.*, v.place from ${d} join bellman.delivery v on v.record_id = d.record
        and v.update_id is not null and (d.told is null or d.told ? v.update_id) and v.state not in ('failed', 'cancelled')
      left join (select d.turn, o.place from ${d} cross join lateral jsonb_to_recordset(d.lists) l(list text, version int)
        join bellman.audience_member o on o.list = l.list and o.version = l.version) listed on listed.turn = d.turn and listed.place = v.place
      where not d."except" ? v.place and listed.place is null order by d.turn, v.place`),
  ),
  // `lives` names the live cards; none: all of the record.
  refreshed: piece(
    { record: 'text', lives: 'jsonb' },
    (d) => `update bellman.delivery v set dirty = true from ${d}
      where v.record_id = d.record and v.live is not null and (d.lives is null or d.lives ? v.live) and not v.dirty`,
  ),
  unsaid: piece(
    { update: 'text' },
    (d) => `update bellman.delivery v set state = 'cancelled' from ${d} where v.update_id = d.update and v.state = 'waiting'`,
  ),
  // Updates are judged when they leave, and live cards when they are rendered.
  hushed: piece(
    { record: 'text', people: 'jsonb' },
    (d) => `update bellman.delivery v set state = 'cancelled' from ${d} where v.record_id = d.record and v.state = 'waiting'
      and v.update_id is null and v.live is null and not exists (select from bellman.identity i
        where v.place = i.platform || '/person/' || i.user_id and d.people ?| bellman.standing(i.person_id))`,
  ),
  joined: piece(
    { platform: 'text', user: 'text', person: 'text' },
    (d) => `update bellman.identity i set person_id = d.person from ${d} where i.platform = d.platform and i.user_id = d."user"`,
  ),
  linked: piece(
    { from: 'text', to: 'text', at: 'timestamptz' },
    (d) => `insert into bellman.record_link (from_id, to_id, at) select "from", "to", at from ${d} on conflict do nothing`,
  ),
  unlinked: piece(
    { from: 'text', to: 'text' },
    (d) => `delete from bellman.record_link l using ${d} where l.from_id = d."from" and l.to_id = d."to"`,
  ),
  unused: piece(
    { kind: 'text', count: 'int' },
    (d) => `update bellman.record_number n set last = n.last - d.count from ${d} where n.kind = d.kind`,
  ),
  // A key that was answered meanwhile breaks the insert, and with it the whole transaction: nothing is done twice.
  answered: piece(
    { key: 'text', reply: 'jsonb', at: 'timestamptz' },
    (d) => `insert into bellman.inbound (key, state, reply, received_at) select key, 'done', reply, at from ${d}`,
  ),
  waited: piece(
    { key: 'text', reply: 'jsonb' },
    (d) => `update bellman.inbound i set state = 'done', reply = d.reply, intent = null from ${d} where i.key = d.key`,
  ),
} as const satisfies Readonly<Record<string, Piece>>;

type Pieces = typeof pieces;
type PieceName = keyof Pieces;

/** The rows to write, by kind; a column that a row leaves out is null. */
export type Rows = { readonly [P in PieceName]?: readonly { readonly [C in keyof Pieces[P]['columns']]?: unknown }[] };

export interface Statement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** Statements by their shape, so that each stays the same text and is planned once in a session. */
const texts = new Map<string, string>();

/**
 * The one statement that writes all these rows; undefined when there are none. A single row of a kind, as nearly all are, travels
 * in parameters of its own, which costs Postgres half of what reading it out of a document does; more than one travel as JSON.
 */
export function writing(rows: Rows, projected: readonly Projected[] = []): Statement | undefined {
  const used: Used[] = [
    ...(Object.keys(pieces) as PieceName[]).map((name) => ({ name, piece: pieces[name], rows: rows[name] ?? [] })),
    ...projected.map(({ projection, rows: own }) => ({ name: `into_${projection.name}`, piece: projection, rows: own })),
  ].filter((one) => one.rows.length > 0);
  if (used.length === 0) return undefined;
  const values: (string | null)[] = [];
  for (const { piece: own, rows: written } of used) {
    const [first, second] = written;
    if (second !== undefined) values.push(JSON.stringify(written));
    else values.push(...valuesOf(own.columns, first ?? {}));
  }
  const shape = used.map(({ name, rows: written }) => `${name}${written.length === 1 ? '' : '+'}`).join(' ');
  const text = texts.get(shape) ?? textOf(used);
  texts.set(shape, text);
  return { text, values };
}

interface Used {
  readonly name: string;
  readonly piece: Piece;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

function textOf(used: readonly Used[]): string {
  let parameters = 0;
  const parameter = (type: ColumnType): string => {
    parameters += 1;
    // As text first: the driver would write a JSON parameter as JSON once more, and takes the word `true` for false.
    return type === 'jsonb' || type === 'bool' ? `$${parameters}::text::${type}` : `$${parameters}::${type}`;
  };
  const written = used.map(({ name, piece: { columns, sql }, rows }) => {
    const all: [string, ColumnType][] = Object.entries(columns);
    const d =
      rows.length === 1
        ? `(select ${all.map(([column, type]) => `${parameter(type)} as "${column}"`).join(', ')}) d`
        : `jsonb_to_recordset(${parameter('jsonb')}) d(${all.map(([column, type]) => `"${column}" ${type}`).join(', ')})`;
    return `${name} as (${sql(d)})`;
  });
  return `with ${written.join(',\n')} select 1`;
}

const valuesOf = (
  columns: Readonly<Record<string, ColumnType>>,
  row: Readonly<Record<string, unknown>>,
): readonly (string | null)[] =>
  Object.entries(columns).map(([column, type]) => {
    const value = row[column];
    if (value === undefined || value === null) return null;
    return type === 'jsonb' ? JSON.stringify(value) : String(value);
  });
