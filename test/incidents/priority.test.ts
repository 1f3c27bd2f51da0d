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

test('the organisation’s own priority stands in its cell, and no word that is none', () => {
  const own = { 'high/high': 'medium', 'low/low': 'whatever' };
  expect(priorityOf('high', 'high', own)).toBe('medium');
  expect(priorityOf('low', 'low', own)).toBe('planned');
  expect(priorityOf('high', 'low', own)).toBe('medium');
});
