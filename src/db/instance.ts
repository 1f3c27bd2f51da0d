/**
 * A copy must never speak twice (design section 9). The database holds an installation's id and a high-water mark; the same two are
 * kept in `<dataDir>/instance.json` and in the audit file. Where they do not fit, Bellman is *held*: nothing is sent until an operator
 * says `resume`.
 *
 * The mark goes up before the first delivery of each second, a second after the last, every minute, and at the end; first in the
 * database, then in the file. So a backup is seen to be older by whatever was sent after it, and by a minute without a word.
 *
 * Several processes on one database: each machine has its own file. A machine without one, or with another installation's, is held
 * until it sees another process's heartbeat move in this very database, which a copy's never does; then it joins by itself. What it
 * cannot know: that the database went back while it was switched off and everybody else too. The machine that spoke last knows.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { appendAudit, markLine, resumedLine } from './audit-file.ts';
import { until } from './embedded/process.ts';
import { decideInstance } from './instance/decision.ts';
import { writeInstance } from './instance/file.ts';
import { beat, endBeat, heartbeats, identityOf, type Keepers, knownNow } from './instance/known.ts';

export interface InstanceOptions extends Keepers {
  /** Told whenever Bellman becomes held, and why; undefined: it speaks again. */
  readonly onChange?: (held: string | undefined) => void;
  /** A heartbeat or a mark could not be written; it is tried again. */
  readonly onTrouble?: (error: unknown) => void;
  /** Milliseconds between heartbeats; 5000 unless a test says otherwise. */
  readonly every?: number;
}

export interface Instance {
  /** The installation's id; empty when it is held and there is none yet. */
  readonly id: () => string;
  /** Why nothing may be sent, with the step to take; undefined when all is well. */
  readonly held: () => string | undefined;
  /**
   * To be awaited before each delivery is sent: whether it may be. Costs a write once a second, else nothing. Rejects when the
   * database cannot be reached.
   */
  readonly advance: () => Promise<boolean>;
  /** A last mark; afterwards nothing may be sent. */
  readonly stop: () => Promise<void>;
}

const BEAT_MS = 5_000;
const ADVANCE_MS = 1_000;
const MINUTE_MS = 60_000;
/** The audit file is only ever appended to, so its marks are coarser. */
const AUDIT_MS = 10 * MINUTE_MS;

const RESUME = 'Nothing is sent. If this is the one that is to speak: npm run bellman -- resume';
const UNSET = 'Nothing is sent until it is unset.';

/** Looks whether this process may speak, gives a new database its id, and keeps the mark from then on. */
export async function checkInstance(options: InstanceOptions): Promise<Instance> {
  const { db, dataDir, auditFile, hold = false } = options;
  const { sql } = db;
  const me = `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;
  const database = await identityOf(db);
  let reason: string | undefined = 'Bellman is starting.';
  let here = { id: '', mark: 0 };
  let seen: ReadonlyMap<string, number> = new Map();
  let markedAt = Number.NEGATIVE_INFINITY;
  let auditedAt = Number.NEGATIVE_INFINITY;
  let marking: Promise<void> | undefined;
  let trailing: NodeJS.Timeout | undefined;
  let ticking = false;
  let stopped = false;

  const trouble = (error: unknown) => options.onTrouble?.(error);
  const change = (to: string | undefined) => {
    if (to === reason) return;
    reason = to;
    options.onChange?.(to);
  };

  async function look(): Promise<void> {
    const now = await heartbeats(db, database);
    // A heartbeat that only stands there may have come with a copy; one that moves is somebody at work here.
    const alive = [...now].some(([name, until]) => until > (seen.get(name) ?? Number.POSITIVE_INFINITY));
    seen = now;
    const known = await knownNow(options, database, alive);
    here = { id: known.row?.id ?? '', mark: known.row?.mark ?? 0 };
    const verdict = decideInstance(known);
    if (verdict.is === 'new') return settle();
    if (verdict.is === 'running') return begin();
    if (verdict.all) await holdAll(verdict.reason);
    change(`${verdict.reason} ${hold ? UNSET : RESUME}`);
  }

  /** The first start on a new database. */
  async function settle(): Promise<void> {
    const id = randomUUID();
    // The file first: were it the other way round, a crash in between would leave a database that nobody knows.
    writeInstance(dataDir, { id, mark: 0, database });
    const made = await sql`insert into bellman.instance (id) values (${id}) on conflict do nothing returning id`;
    if (made.length === 0) return change('Another process is setting up the database.');
    here = { id, mark: 0 };
    return begin();
  }

  async function begin(): Promise<void> {
    seen = new Map();
    await beat(db, database, me);
    if (await mark()) change(undefined);
  }

  /** One step further, in the database and then in the files. False: it may not be, and why has been seen to. */
  async function mark(): Promise<boolean> {
    const [row] = await sql<{ mark: number }[]>`
      update bellman.instance set mark = mark + 1 where id = ${here.id} and held is null returning mark`;
    if (row && row.mark > here.mark) {
      here = { id: here.id, mark: row.mark };
      markedAt = performance.now();
      keep();
      return true;
    }
    if (row) await holdAll(`The database went back from ${here.mark} to ${row.mark} while Bellman was at work.`);
    await look();
    return false;
  }

  function keep(): void {
    try {
      writeInstance(dataDir, { ...here, database });
      if (auditFile === undefined || markedAt - auditedAt < AUDIT_MS) return;
      appendAudit(auditFile, markLine(here.id, here.mark, new Date()));
      auditedAt = markedAt;
    } catch (error) {
      // A full disk must not silence Bellman; the next mark is a minute away at most.
      trouble(error);
    }
  }

  const holdAll = async (why: string) => {
    await sql`update bellman.instance set held = ${why} where held is null`;
  };

  /** Never two at once: an earlier answer that comes later would look as if the database had gone back. */
  const step = (): Promise<void> => {
    marking ??= mark()
      .then(() => {})
      .finally(() => {
        marking = undefined;
      });
    return marking;
  };

  async function tick(): Promise<void> {
    if (ticking || hold) return;
    ticking = true;
    try {
      if (reason !== undefined) await look();
      else {
        await beat(db, database, me);
        const [same] = await sql`select 1 from bellman.instance where id = ${here.id} and held is null and mark >= ${here.mark}`;
        if (!same || performance.now() - markedAt >= MINUTE_MS) await step();
      }
    } catch (error) {
      trouble(error);
    } finally {
      ticking = false;
    }
  }

  await look();
  const beating = setInterval(() => void tick(), options.every ?? BEAT_MS).unref();

  return {
    id: () => here.id,
    held: () => reason,
    async advance() {
      if (reason !== undefined || stopped) return false;
      if (performance.now() - markedAt >= ADVANCE_MS) await step();
      trailing ??= setTimeout(() => {
        trailing = undefined;
        if (reason === undefined) step().catch(trouble);
      }, ADVANCE_MS).unref();
      return reason === undefined && !stopped;
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(beating);
      clearTimeout(trailing);
      if (reason !== undefined) return;
      auditedAt = Number.NEGATIVE_INFINITY;
      await marking;
      await mark();
      await endBeat(db, me);
    },
  };
}

/** Two heartbeats and a little. */
const PATIENCE_MS = 11_000;

/**
 * Why the database would be held if Bellman started now on this machine; undefined: it would not, or would join those that are seen
 * at work there. Changes nothing. Looks for some seconds when there are heartbeats that may be alive.
 */
export async function whyHeld(keepers: Keepers): Promise<string | undefined> {
  const database = await identityOf(keepers.db);
  const before = await heartbeats(keepers.db, database);
  const moved = async () => [...(await heartbeats(keepers.db, database))].some(([name, at]) => at > (before.get(name) ?? at));
  const why = async (alive: boolean) => {
    const verdict = decideInstance(await knownNow(keepers, database, alive));
    return verdict.is === 'held' ? verdict.reason : undefined;
  };
  if (before.size === 0 || (await why(false)) === undefined) return why(false);
  return why((await until(async () => (await moved()) || undefined, PATIENCE_MS)) ?? false);
}

/**
 * Lets a held database speak, from this machine, as an installation of its own: the one that it was copied from is from now on a
 * stranger to this machine. What was still to be sent may have been sent by the other already, so that each is looked for first
 * (design section 5), and where nobody can look a person is asked. The audit file notes with which checkpoint it goes on.
 * A held Bellman that runs notices within seconds.
 */
export async function resume({ db, dataDir, auditFile }: Omit<Keepers, 'hold'>): Promise<void> {
  const database = await identityOf(db);
  const { audited, file, row } = await knownNow(
    { db, dataDir, ...(auditFile === undefined ? {} : { auditFile }) },
    database,
    false,
  );
  const id = randomUUID();
  const mark = 1 + Math.max(audited ?? 0, row?.mark ?? 0, file?.id === row?.id ? (file?.mark ?? 0) : 0);
  const checkpoint = await db.transaction(async ({ sql }) => {
    await sql`insert into bellman.instance (id, mark) values (${id}, ${mark})
      on conflict ("only") do update set id = excluded.id, mark = excluded.mark, held = null`;
    await sql`update bellman.delivery set first_sent_at = created_at, looks = 0 where state = 'waiting' and first_sent_at is null`;
    const [last] = await sql<{ number: number | null }[]>`select max(number) as number from bellman.checkpoint`;
    return last?.number ?? 0;
  });
  writeInstance(dataDir, { id, mark, database });
  const now = new Date();
  if (auditFile !== undefined) appendAudit(auditFile, resumedLine(id, checkpoint, now) + markLine(id, mark, now));
}

/** Marks a database that was just restored, so that it is held wherever it is started. `sql` is a connection in a transaction. */
export async function holdRestored(
  sql: (text: TemplateStringsArray, ...values: string[]) => PromiseLike<unknown>,
  why: string,
): Promise<void> {
  await sql`insert into bellman.instance (id, held) values (${randomUUID()}, ${why})
    on conflict ("only") do update set held = excluded.held`;
}
