import { expect, test } from 'vitest';
import { startProcess } from '../support/process.ts';

test('the demo plays the whole story by itself and ends well', { timeout: 120_000 }, async () => {
  const demo = startProcess({}, 'test/demo/demo.ts');
  expect(await demo.exited, demo.output()).toBe(0);
  const output = demo.output();
  for (const words of [
    '1. Setting up',
    'You raised RFC-1, so you cannot vote on it.',
    'Approved by CAB: 2 approved, 1 rejected, 1 abstained',
    '#management reads',
    'customers@woodgrovebank.example reads',
    'This is the last update on this.',
    'Every step was seen',
  ])
    expect(output).toContain(words);
  // Nobody looks: plain text.
  expect(output).not.toContain('\u001b[');
});
