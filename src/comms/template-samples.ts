/** Records that do not exist, by which a template is tried before it is accepted: one whose sheet is full, one without a sheet. */
import { HOUR, type Instant, MINUTE } from '../core/instant.ts';
import type { Subject } from './template-variables.ts';

const DECLARED: Instant = Date.UTC(2027, 0, 15, 9, 0);

const bare: Subject = {
  record: 'PRB-1',
  title: 'Refused connections',
  kind: 'problem',
  audience: 'Customers and partners',
  phase: 'first',
  number: 1,
  declaredAt: DECLARED,
  asOf: DECLARED + 20 * MINUTE,
  exercise: false,
  zone: 'UTC',
};

/** The record that examples show. */
export const sample: Subject = {
  ...bare,
  number: 3,
  asOf: DECLARED + HOUR,
  nextUpdate: DECLARED + 2 * HOUR,
  window: { start: DECLARED + 13 * HOUR, end: DECLARED + 14.5 * HOUR },
  resolvedAt: DECLARED + 7 * HOUR,
  resolution: 'We replaced the failed switch.',
  facts: {
    affected: 'Card payments are refused in all branches since 08:40.',
    known: 'One of two switches failed. Whether that is the only cause is not known yet.',
    doing: 'We move the traffic to the other switch.',
    workaround: 'Customers can pay by code or in cash.',
    next: 'A new switch arrives at noon.',
    expected: '15:00',
  },
  wrong: { text: 'All branches work again.', at: DECLARED + 40 * MINUTE },
  right: 'Two branches still do not work.',
  last: { text: 'Card payments are refused in all branches.', at: DECLARED + 30 * MINUTE },
};

export const SAMPLES: readonly Subject[] = [sample, { ...sample, exercise: true, phase: 'resolved', kind: 'breach' }, bare];
