import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { startProcess } from '../support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellman-life-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const say = async (url: string, text: string) => {
  const answer = await fetch(`${url}/console/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'admin', channel: 'general', text, key: crypto.randomUUID() }),
  });
  return JSON.stringify(await answer.json());
};

describe('Bellman with nothing but a folder', () => {
  test('starts with its own Postgres, keeps everything over a restart, says that it runs already, and stops cleanly', {
    timeout: 60_000,
  }, async () => {
    const environment = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' };
    const first = startProcess(environment);
    const url = await first.ready();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(first.output()).toContain('The console for trying');
    expect(await say(url, '/bellman board create CAB #cab')).toContain('Board CAB');

    const second = startProcess(environment);
    expect(await second.exited).toBe(1);
    expect(second.output().trim().split('\n')).toHaveLength(1);
    expect(second.output()).toContain(String(first.child.pid));

    first.child.kill('SIGINT');
    expect(await first.exited).toBe(0);

    const again = startProcess(environment);
    expect(await say(await again.ready(), '/bellman board show CAB')).toContain('Meets in');
    again.child.kill('SIGTERM');
    expect(await again.exited).toBe(0);
  });
});

describe('a start that cannot work', () => {
  test('names what is wrong in one line and exits with 1', async () => {
    const wrong = startProcess({ DATA_DIR: folder, BELLMAN_ROLE: 'boss' });
    expect(await wrong.exited).toBe(1);
    expect(wrong.output().trim().split('\n')).toHaveLength(1);
    expect(wrong.output()).toContain('BELLMAN_ROLE');
  });

  test('says so when Postgres is down', async () => {
    const down = startProcess({ DATA_DIR: folder, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(await down.exited).toBe(1);
    expect(down.output().trim().split('\n')).toHaveLength(1);
    expect(down.output()).toContain('DATABASE_URL');
  });

  test('says so when the port is taken', async () => {
    const database = await freshDatabase();
    const first = startProcess({ DATA_DIR: join(folder, 'one'), DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
    const url = await first.ready();
    const second = startProcess({
      DATA_DIR: join(folder, 'two'),
      DATABASE_URL: database.url,
      PORT: new URL(url).port,
      LOG_LEVEL: 'silent',
    });
    expect(await second.exited).toBe(1);
    expect(second.output().trim().split('\n')).toHaveLength(1);
    expect(second.output()).toContain('PORT');
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    await database.drop();
  });
});
