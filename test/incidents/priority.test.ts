import { expect, test } from 'vitest';
import { priorityOf } from '../../src/incidents/index.ts';

test.each([
  ['high', 'high', 'critical'],
  ['high', 'medium', 'high'],
  ['high', 'low', 'medium'],
  ['medium', 'high', 'high'],
  ['medium', 'medium', 'medium'],
  ['medium', 'low', 'low'],
  ['low', 'high', 'medium'],
  ['low', 'medium', 'low'],
  ['low', 'low', 'planned'],
] as const)('impact %s and urgency %s make priority %s', (impact, urgency, priority) => {
  expect(priorityOf(impact, urgency)).toBe(priority);
});
