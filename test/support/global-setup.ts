import { migrate } from '../../src/db/migrate.ts';
import { ENVIRONMENT, prepareTemplate } from './database.ts';
import { findPostgres, findRedis } from './servers.ts';

/** Finds the servers once for all test files, says which, and makes the template database; the answer undoes it all. */
export default async function setup(): Promise<() => Promise<void>> {
  const [postgres, redis] = await Promise.all([findPostgres(), findRedis()]);
  for (const server of [postgres, redis]) console.log(`Tests use ${server.what}.`);
  const stop = async (): Promise<void> => {
    await Promise.all([postgres.stop(), redis.stop()]);
  };
  try {
    const template = await prepareTemplate(postgres.url, migrate);
    // Environment rather than vitest's own channel, because it also reaches the processes that tests start.
    process.env[ENVIRONMENT.postgres] = postgres.url;
    process.env[ENVIRONMENT.run] = template.run;
    if (redis.url !== undefined) process.env[ENVIRONMENT.redis] = redis.url;
    return async () => {
      try {
        await template.drop();
      } finally {
        await stop();
      }
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
