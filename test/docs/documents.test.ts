import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents } from './documents.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('documents', () => {
  test.each(Object.entries(documents()))('%s is what the registry says; `npm run docs` writes it anew', (path, text) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });

  test('name only files that exist', () => {
    const files = ['README.md', 'docs/commands.md', 'test/bench/README.md'];
    const named = files.flatMap((file) =>
      [
        ...readFileSync(join(ROOT, file), 'utf8').matchAll(
          /(?:\]\(|`)((?:src|adapters|test|docs|deploy|migrations)\/[\w./-]+)[`)]/gu,
        ),
      ].map(([, path]) => path ?? ''),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
