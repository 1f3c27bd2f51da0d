/** Refusals of the reports. */
import type { Catalogue } from './catalogue.ts';

export const reports: Catalogue = {
  'wrong-entry-number': (f) => [
    `"${f.text('said')}" is not the number of an entry. Entries are numbered from 1; leave it out to see the newest.`,
  ],
  'wrong-month': (f) => [
    `"${f.text('said')}" is not a month. Write it as `,
    { code: '2027-01' },
    ', or leave it out for this one.',
  ],
  'export-turned': (f) => [
    'Nothing lies between ',
    f.time('from'),
    ' and ',
    f.time('to'),
    '. Name the earlier time first, and one that is past.',
  ],
};
