import { describe, expect, test } from 'vitest';
import { roomOf, type SourceFile, sourcesIn } from './imports.ts';

/** The floors of the house, ground first (design section 2). A room imports only from floors below its own. */
const FLOORS: readonly (readonly string[])[] = [
  ['db'],
  ['core'],
  ['chat'],
  ['people', 'delivery'],
  ['comms', 'knowledge', 'items', 'jobs'],
  ['incidents'],
  ['changes'],
  ['problems', 'releases'],
  ['reviews', 'risks', 'reports', 'alerts'],
  ['timeline'],
  ['web'],
];
const floorOf = (room: string): number => FLOORS.findIndex((floor) => floor.includes(room));

const rooms = sourcesIn('src').filter(({ path }) => path.split('/').length > 2);
const adapters = sourcesIn('adapters');
const all = [...sourcesIn('src'), ...adapters];

/** What breaks a rule, as `file -> import`; and that there was something to check at all. */
function offenders(files: readonly SourceFile[], offends: (file: SourceFile, imported: string) => boolean): readonly string[] {
  expect(files.length).toBeGreaterThan(0);
  return files.flatMap((file) =>
    file.imports.filter((imported) => offends(file, imported)).map((imported) => `${file.path} -> ${imported}`),
  );
}

const only = (name: RegExp, places: (file: SourceFile) => boolean) =>
  offenders(all, (file, imported) => name.test(imported) && !places(file));

describe('the house', () => {
  test('has every room on a floor', () => {
    expect(
      [...new Set(rooms.map(({ path }) => roomOf(path)))].filter((room) => floorOf(room) < 0 && room !== 'operator'),
    ).toEqual([]);
  });

  test('lets rooms import only from floors below their own', () => {
    const wrong = offenders(rooms, (file, imported) => {
      if (!imported.startsWith('src/')) return false;
      const [mine, theirs] = [roomOf(file.path), roomOf(imported)];
      if (mine === theirs || mine === 'operator') return false;
      // The ground floor's refusal and record types are the language of every room.
      return floorOf(theirs) >= floorOf(mine);
    });
    expect(wrong).toEqual([]);
  });

  test('lets higher rooms use a feature room only by its index', () => {
    const features = ['people', 'delivery', 'comms', 'incidents', 'changes', 'problems', 'jobs', 'reports'];
    const wrong = offenders(rooms, (file, imported) => {
      const theirs = roomOf(imported);
      return (
        imported.startsWith('src/') &&
        features.includes(theirs) &&
        theirs !== roomOf(file.path) &&
        !imported.endsWith('/index.ts')
      );
    });
    expect(wrong).toEqual([]);
  });

  test('lets only main and the operator commands know adapters', () => {
    expect(
      offenders(
        all,
        (file, imported) =>
          imported.startsWith('adapters/') && roomOf(imported) !== roomOf(file.path) && file.path !== 'src/main.ts',
      ),
    ).toEqual([]);
  });

  test('lets adapters import only the chat room, refusals and their own things', () => {
    const wrong = offenders(
      adapters,
      (file, imported) =>
        (imported.startsWith('src/') && !/^src\/(chat\/|core\/(refusal|inline|instant)\.ts)/u.test(imported)) ||
        (imported.startsWith('adapters/') && roomOf(imported) !== roomOf(file.path)),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps each SDK in its one place', () => {
    expect(only(/^@slack\//u, ({ path }) => path.startsWith('adapters/slack/'))).toEqual([]);
    expect(only(/^discord/u, ({ path }) => path.startsWith('adapters/discord/'))).toEqual([]);
    expect(only(/^(bullmq|ioredis|pg)$/u, ({ path }) => path.startsWith('src/jobs/'))).toEqual([]);
    expect(
      only(/^(drizzle-orm|postgres)$/u, ({ path }) => /\/(tables|store)\.ts$/u.test(path) || /^src\/(core|db)\//u.test(path)),
    ).toEqual([]);
  });

  test('keeps SQL in stores and on the floors that are made of it', () => {
    const has = /\bsql(<[^`]*>)?`|\.unsafe\(/u;
    const speaking = all.filter(({ text }) => has.test(text)).map(({ path }) => path);
    expect(speaking.length).toBeGreaterThan(0);
    expect(
      speaking.filter((path) => !/(store|tables)\.ts$/u.test(path) && !/^src\/(core|db|jobs|delivery)\//u.test(path)),
    ).toEqual([]);
  });

  test('asks nowhere but in adapters which platform it is on', () => {
    const asking = sourcesIn('src').filter(({ text }) => /(?<!process\.)platform\s*[!=]==\s*['"]/u.test(text));
    expect(asking.map(({ path }) => path)).toEqual([]);
  });

  test('has no circle of imports', () => {
    const graph = new Map(all.map(({ path, imports }) => [path, imports.filter((imported) => imported.endsWith('.ts'))]));
    const done = new Set<string>();
    const circle = (path: string, trail: readonly string[]): readonly string[] | undefined => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
      if (done.has(path)) return undefined;
      for (const next of graph.get(path) ?? []) {
        const found = circle(next, [...trail, path]);
        if (found) return found;
      }
      done.add(path);
      return undefined;
    };
    expect([...graph.keys()].map((path) => circle(path, [])).find((found) => found !== undefined)).toBeUndefined();
  });
});

describe('refusals', () => {
  test('all have words, and no words are without a refusal', async () => {
    const { catalogue } = await import('../../src/chat/refusals/index.ts');
    const codes = new Set(
      all.flatMap(({ text }) => [...text.matchAll(/refuse\(\s*'([a-z-]+)'/gu)].map(([, code]) => code ?? '')),
    );
    expect(codes.size).toBeGreaterThan(0);
    const mentioned = (code: string) =>
      all.some(({ path, text }) => !path.startsWith('src/chat/refusals/') && text.includes(`'${code}'`));
    expect([...codes].filter((code) => !(code in catalogue))).toEqual([]);
    expect(Object.keys(catalogue).filter((code) => !mentioned(code))).toEqual([]);
  });
});
