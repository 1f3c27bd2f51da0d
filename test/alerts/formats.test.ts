import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { alertsIn } from '../../src/alerts/formats.ts';
import { weightOf } from '../../src/alerts/severity.ts';
import { FORMATS } from '../../src/alerts/sources.ts';
import { priorityOf } from '../../src/incidents/index.ts';

describe('a severity', () => {
  test.each([
    ['critical', 'critical'],
    ['P1', 'critical'],
    ['SEV-2', 'high'],
    ['error', 'high'],
    ['Warning', 'medium'],
    ['p4', 'low'],
    ['info', 'planned'],
    ['', 'medium'],
    ['purple', 'medium'],
  ])('%j has priority %s', (severity, priority) => {
    const { impact, urgency } = weightOf(severity);
    expect(priorityOf(impact, urgency)).toBe(priority);
  });
});

describe('an alert', () => {
  const prometheus = (one: object) => ({ alerts: [{ status: 'firing', labels: { alertname: 'Down' }, ...one }] });

  test('without a fingerprint is known by its labels, in whatever order they come', () => {
    const keys = [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ].map((labels) => alertsIn('alertmanager', prometheus({ labels }))?.[0]?.key);
    expect(keys).toEqual(['a=1,b=2', 'a=1,b=2']);
  });

  test('is called as its summary says, else by its name', () => {
    expect(alertsIn('alertmanager', prometheus({ annotations: { summary: 'It is down' } }))?.[0]?.title).toBe('It is down');
    expect(alertsIn('grafana', prometheus({}))?.[0]?.title).toBe('Down');
  });

  test('never brings a link that is none', () => {
    const sent = { key: 'x', title: 'x', url: 'javascript:alert(1)' };
    expect(alertsIn('generic', sent)?.[0]).not.toHaveProperty('url');
    expect(alertsIn('generic', { ...sent, url: 'https://a.example/b' })?.[0]?.url).toBe('https://a.example/b');
  });

  test('that is too long is cut where an incident ends, and shows that there was more', () => {
    const [one] = alertsIn('generic', { key: 'k', title: 'é'.repeat(500), details: 'x'.repeat(9000), items: ['a', 'b'] }) ?? [];
    expect(one?.title).toHaveLength(150);
    expect(one?.title.endsWith('…')).toBe(true);
    expect(one?.details).toHaveLength(3000);
    expect(one?.items).toBe('a, b');
  });

  property.prop([fc.constantFrom(...FORMATS), fc.jsonValue()])(
    'of any JSON is alerts or nothing, never a failure',
    (format, body) => {
      const sent = alertsIn(format, body);
      expect(sent === undefined || Array.isArray(sent)).toBe(true);
    },
  );
});
