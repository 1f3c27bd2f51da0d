import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue, plainWords, refusalWords } from '../../src/chat/refusals/index.ts';
import { refuse } from '../../src/core/refusal.ts';

const RULES = [
  'src/comms/decide.ts',
  'src/comms/arrange.ts',
  'src/comms/find.ts',
  'src/comms/after.ts',
  'src/comms/rights.ts',
  'src/comms/commands.ts',
  'src/incidents/incident.ts',
  'src/incidents/standing.ts',
  'src/incidents/raised.ts',
  'src/problems/problem.ts',
];

/** Every code that a rule file refuses with. */
const codes = [
  ...new Set(
    RULES.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/refuse\(\s*'([a-z-]+)'/gu)].map(([, code]) => code ?? '')),
  ),
];

const FACTS = {
  record: 'PRB-1',
  line: 'senior-management',
  lines: ['press', 'customers'],
  people: ['cora', 'carl'],
  owner: 'olga',
  by: ['cora'],
  at: 0,
  due: 0,
  gap: '‹what›',
  needed: 2,
  what: 'released',
};

describe('every refusal of plans, incidents and problems', () => {
  test('was found in the rules', () => {
    expect(codes.length).toBeGreaterThan(25);
  });

  test.each(codes)('%s has words, with and without facts', (code) => {
    expect(catalogue[code]).toBeDefined();
    for (const facts of [FACTS, {}]) {
      const said = plainWords(refusalWords(refuse(code, facts)));
      expect(said).not.toMatch(/undefined|\[object|Invalid/u);
      expect(said).toMatch(/[.!]$/u);
    }
  });
});
