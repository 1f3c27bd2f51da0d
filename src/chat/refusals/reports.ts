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
  'wrong-months': (f) => [
    `"${f.text('said')}" is no number of months from 1 to ${f.text('most')}, so nothing was shown. For the last half year: `,
    { code: '/report show trends 6' },
    '.',
  ],
  'recurrence-gone': () => [
    'These incidents were told too long ago, so nothing was raised. Raise a problem and link them: ',
    { code: '/problem new' },
    '.',
  ],
  'recurrence-known': (f) => [
    `Nothing was raised, because ${f.text('problem')} has them already: `,
    { code: `/problem show ${f.text('problem')}` },
    '.',
  ],
  'not-scheduled': (f) => [
    `The report ${f.text('report')} is not sent there, so nothing was changed. `,
    { code: '/report list' },
    ' shows what is sent where.',
  ],
  'too-many-schedules': (f) => [
    `Nothing was changed: ${f.text('most')} reports are sent regularly already. End one: `,
    { code: '/report schedule management off #place' },
    '.',
  ],
  'export-turned': (f) => [
    'Nothing lies between ',
    f.time('from'),
    ' and ',
    f.time('to'),
    '. Name the earlier time first, and one that is past.',
  ],
};
