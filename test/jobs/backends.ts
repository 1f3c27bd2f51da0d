/** Both backends of the queue, each under a prefix of its own, and nothing left behind in a Redis that is not ours. */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { testServers } from '../support/database.ts';

export interface Backend {
  readonly name: 'Redis' | 'Postgres';
  readonly prefix: string;
  readonly redisUrl: string | undefined;
  clean(): Promise<void>;
}

const newPrefix = (): string => `bellman-test-${randomBytes(4).toString('hex')}`;

/** Redis where there is one; else why not. */
export function redisBackend(redisUrl: string | undefined = testServers().redis): Backend | undefined {
  if (redisUrl === undefined) return undefined;
  const prefix = newPrefix();
  return {
    name: 'Redis',
    prefix,
    redisUrl,
    async clean() {
      const redis = new Redis(redisUrl);
      let cursor = '0';
      do {
        const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', 500);
        cursor = next;
        if (keys.length > 0) await redis.del(...keys);
      } while (cursor !== '0');
      redis.disconnect();
    },
  };
}

/** The schema goes with the test's own database. */
export const postgresBackend = (): Backend => ({
  name: 'Postgres',
  prefix: newPrefix(),
  redisUrl: undefined,
  clean: async () => {},
});
