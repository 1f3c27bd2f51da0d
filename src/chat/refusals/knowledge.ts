/** Refusals about known errors. */
import type { Catalogue } from './catalogue.ts';

export const knowledge: Catalogue = {
  'is-retired': (f) => [
    `${f.text('record')} was retired `,
    f.time('at'),
    ', so nothing was changed. Record it anew if it is met again: ',
    { code: '/ker new PRB-1' },
    '.',
  ],
};
