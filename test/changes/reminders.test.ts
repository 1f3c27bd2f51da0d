import { expect, test } from 'vitest';
import { reminderNow } from '../../src/changes/deadline.ts';

const poll = { opened: 1000, deadline: 2000 };

test.each([
  [1000, undefined],
  [1499, undefined],
  [1500, 50],
  [1799, 50],
  [1800, 80],
  [1999, 80],
  [2000, undefined],
  [9000, undefined],
])('a ballot from 1000 to 2000 reminds at %i with %s', (now, percent) => {
  expect(reminderNow(poll, now)).toBe(percent);
});
