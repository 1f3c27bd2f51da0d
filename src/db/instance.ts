/**
 * A copy must never speak twice (design section 9). The database holds an installation's id and a high-water mark; the same two are
 * kept in `<dataDir>/instance.json` and in the audit file. Where they do not fit, Bellman is *held*: nothing is sent until an operator
 * says `resume`.
 *
 * The mark goes up before the first delivery of each second is sent, a second after the last, every minute, and at a stop; first in the
 * database, then in the file. So a backup is found to be older by everything that was sent after it, and by a minute without a word.
 *
 * Several processes on one database: each machine has its own file. A machine without one (or with that of another installation) is
 * held until it sees another process's heartbeat move in this very database, which a copy's never does; then it joins silently.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { appendAudit, lastMark, markLine, resumedLine } from './audit-file.ts';
import type { Database } from './database.ts';
import { decideInstance, type Known, type Verdict } from './instance/decision.ts';
import { readInstance, writeInstance } from './instance/file.ts';

export interface InstanceOptions {
  readonly db: Database;
  readonly dataDir: string;
  readonly auditFile?: string;
  /** `BELLMAN_HOLD`. */
  readonly hold?: boolean;
  /** Told whenever Bellman becomes held (why), or is no longer (undefined). */
  readonly onChange?: (held: string | undefined) => void;
  /** A heartbeat or a mark could not be written; it is tried again. */
  readonly onTrouble?: (error: unknown) => void;
  /** Milliseconds between heartbeats; for tests. */
  readonly beat?: number;
}

export interface Instance {
  /** Which installation the database belongs to. */
  readonly id: () => string;
  /** Why nothing may be sent; undefined when all is well. */
  readonly held: () => string | undefined;
  /**
   * To be called before each batch of deliveries is sent: whether it may be. Costs a write once a second, else nothing. Rejects when the
   * database cannot be reached.
   */
  readonly advance: () => Promise<boolean>;
  /** A last mark; afterwards nothing may be sent. */
  readonly stop: () => Promise<void>;
}

const BEAT_MS = 5_000;
/** A process whose last heartbeat is older than this is gone. */
const SILENT = '30 seconds';
const ADVANCE_MS = 1_000;
const MINUTE_MS = 60_000;
/** The audit file is only ever appended to, so its marks are coarser. */
const AUDIT_MS = 10 * MINUTE_MS;
const BEATS = 'beat/';

/** Looks whether this process may speak, makes the installation's id in a new database, and keeps the mark from then on. */
export async function checkInstance(options: InstanceOptions): Promise<Instance> {
  const { db, dataDir, auditFile, beat = BEAT_MS } = options;
  const { sql } = db;
  const me = `${BEATS}${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;
  let database = '';
  let reason: string | undefined = 'Bellman is starting.';
  let known = { id: '', mark: 0 };
  let beats: ReadonlyMap<string, number> = new Map();
  let advanced = Number.NEGATIVE_INFINITY;
  let audited = Number.NEGATIVE_INFINITY;
  let advancing: Promise<void> | undefined;
  let trailing: NodeJS.Timeout | undefined;
  let stopped = false;

  const change = (to: string | undefined) => {
    if (to === reason) return;
    reason = to;
    options.onChange?.(to);
  };
  const trouble = (error: unknown) => options.onTrouble?.(error);

  async function look(): Promise<void> {
    const seen = await othersAt(db, me);
    // A heartbeat that only stands there may have come with a copy; one that moves is somebody at work here.
    const alive = [...seen].some(([name, until]) => until > (beats.get(name) ?? Number.POSITIVE_INFINITY));
    beats = seen;
    const verdict = decideInstance(await knownNow(options, alive, database));
    if (verdict.is === 'new') return found();
    if (verdict.is === 'running') return run(verdict.id, verdict.mark);
    if (verdict.all) await sql`update bellman.instance set held = ${withoutStep(verdict)} where held is null`;
    change(verdict.reason);
  }

  async function found(): Promise<void> {
    const id = randomUUID();
    // The file first: were it the other way round, a crash in between would leave a database that nobody knows.
    writeInstance(dataDir, { id, mark: 0, database });
    const [made] = await sql`insert into bellman.instance (id) values (${id}) on conflict do nothing returning id`;
    if (made) return run(id, 0);
    change('Another process is setting up this database.');
  }

  async function run(id: string, mark: number): Promise<void> {
    known = { id, mark };
    await pulse();
    await mark1();
    if (reason !== undefined && known.mark > mark) change(undefined);
  }

  const pulse = () => sql`insert into bellman.process_lease (name, holder, until)
    values (${me}, ${known.id}, clock_timestamp() + ${SILENT}::interval) on conflict (name) do update set until = excluded.until`;

  /** One step further, in the database and then in the files. A database that has gone back holds everybody. */
  async function mark1(): Promise<void> {
    const [row] = await sql<{ mark: number }[]>`
      update bellman.instance set mark = mark + 1 where id = ${known.id} and held is null returning mark`;
    if (!row) return look();
    if (row.mark <= known.mark) {
      const back = 'The database went back to an older state while Bellman was at work.';
      await sql`update bellman.instance set held = ${back} where held is null`;
      return look();
    }
    known = { id: known.id, mark: row.mark };
    advanced = performance.now();
    try {
      writeInstance(dataDir, { ...known, database });
      if (auditFile !== undefined && advanced - audited >= AUDIT_MS) {
        appendAudit(auditFile, markLine(known.id, known.mark, new Date()));
        audited = advanced;
      }
    } catch (error) {
      // A full disk must not silence Bellman; the next mark is a minute away at most.
      trouble(error);
    }
  }

  /** Never two at once: a later answer must not be overtaken by an earlier one. */
  function step(): Promise<void> {
    advancing ??= mark1().finally(() => {
      advancing = undefined;
    });
    return advancing;
  }

  async function tick(): Promise<void> {
    try {
      if (options.hold) return;
      if (reason !== undefined) return await look();
      await pulse();
      if (performance.now() - advanced >= MINUTE_MS) await step();
      else await stillMine();
    } catch (error) {
      trouble(error);
    }
  }

  async function stillMine(): Promise<void> {
    const [row] = await sql`select 1 from bellman.instance where id = ${known.id} and held is null and mark >= ${known.mark}`;
    if (!row) await step();
  }

  database = await identityOf(db);
  await look();
  const beating = setInterval(() => void tick(), beat).unref();

  return {
    id: () => database,
    held: () => reason,
    async advance() {
      if (reason !== undefined || stopped) return false;
      if (performance.now() - advanced >= ADVANCE_MS) await step();
      trailing ??= setTimeout(() => {
        trailing = undefined;
        if (reason === undefined) void step().catch(trouble);
      }, ADVANCE_MS).unref();
      return reason === undefined && !stopped;
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(beating);
      clearTimeout(trailing);
      if (reason !== undefined) return;
      try {
        audited = Number.NEGATIVE_INFINITY;
        await advancing;
        await mark1();
        await sql`delete from bellman.process_lease where name = ${me}`;
      } catch (error) {
        trouble(error);
      }
    },
  };
}
