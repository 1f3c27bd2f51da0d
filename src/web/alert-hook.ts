/**
 * `/hooks/alerts/<source>`: alerts of monitoring systems. Answered with 2xx only when all of them are stored; whoever sends one again,
 * because no answer came, changes nothing by it.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import {
  alertsIn,
  EXPECTED,
  hashOf,
  keepTaken,
  type Sent,
  sourceNamed,
  type Taken,
  takeAlert,
  wasTaken,
} from '../alerts/index.ts';
import { isSame, isStamped } from '../chat/signature.ts';
import type { Transact } from '../core/transact.ts';
import { type Database, isAway } from '../db/database.ts';

export interface AlertHookParts {
  readonly db: Database;
  readonly transact: Transact;
  readonly onTrouble: (what: string, error: unknown) => void;
}

const LARGEST = 1_000_000;
/** So many alerts of one request are taken at the same time; those with the same key one after the other. */
const AT_ONCE = 4;
/** Compared with where there is no such source, so that the answer takes as long. */
const NOBODYS = hashOf('');

/** `/hooks/alerts/<source>`. */
export function alertHook({ db, transact, onTrouble }: AlertHookParts): Hono {
  const app = new Hono();
  app.post(
    '/hooks/alerts/:source',
    bodyLimit({ maxSize: LARGEST, onError: (c) => c.json({ error: 'The request is larger than 1 MB' }, 413) }),
    async (c) => {
      const name = c.req.param('source');
      const body = Buffer.from(await c.req.arrayBuffer());
      const [signature, shown] = [c.req.header('x-bellman-signature'), c.req.header('authorization')];
      try {
        const source = await sourceNamed(db, name);
        const hash = source?.hash ?? NOBODYS;
        const stamped = signature !== undefined && isStamped(hash, signature, body, Date.now());
        const bearer = /^Bearer\s+(\S+)\s*$/iu.exec(shown ?? '')?.[1];
        if (!source || !(stamped || (bearer !== undefined && isSame(hashOf(bearer), hash))))
          return c.json({ error: `This is not from ${name}: show its secret, or sign with its key just before you send` }, 401);
        if (stamped && (await wasTaken(db, signature)))
          return c.json({ error: 'This very request was taken before: sign each one anew' }, 409);
        const read = readJson(body);
        if (read === undefined) return c.json({ error: 'The body is no JSON' }, 400);
        const sent = alertsIn(source.format, read.json);
        if (!sent) return c.json({ error: `This is not ${EXPECTED[source.format]}` }, 400);
        const alerts = await takeAll(name, sent);
        if (stamped) await keepTaken(db, signature);
        return c.json({ alerts });
      } catch (error) {
        // Whoever sent it sends it again.
        if (!isAway(error)) onTrouble('An alert could not be taken', error);
        return c.json({ error: 'The records cannot be reached; send it again' }, 503);
      }
    },
  );

  /** Each in a transaction of its own. When one fails the others are stored all the same, and the request is to be repeated. */
  async function takeAll(source: string, sent: readonly Sent[]): Promise<readonly Taken[]> {
    const queue = [...Map.groupBy(sent, ({ key }) => key).values()];
    const taken: Taken[] = [];
    const failures: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        try {
          for (const one of next) taken.push(await takeAlert({ db, transact }, source, one));
        } catch (error) {
          failures.push(error);
          if (isAway(error)) return;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (failures.length > 0) throw failures[0];
    return taken;
  }

  return app;
}

function readJson(body: Buffer): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}
