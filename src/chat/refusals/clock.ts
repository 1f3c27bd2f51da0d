/** Refusals of the clock of a plan's lines: paused, bound by deadlines, told after others. */
import type { Words } from '../../core/inline.ts';
import type { Catalogue, FactReader } from './catalogue.ts';

const line = (f: FactReader): string => f.text('line').replaceAll('-', ' ');

const say = (word: string, f: FactReader): Words => [{ code: `/comms ${word} ${f.text('record')} ${f.text('line')}` }];

const overridden = (f: FactReader): Words => [
  ' A releaser can set that aside, with the reason: ',
  ...say('clock override', f),
  '.',
];

export const clock: Catalogue = {
  'line-paused': (f) => [
    `The line ${line(f)} is paused by `,
    f.person('by'),
    ` (${f.text('why')}), so nothing was released. Resume it first: `,
    ...say('resume', f),
    '.',
  ],
  'not-before': (f) => [`The line ${line(f)} says nothing before `, f.time('at'), '; nothing was changed.', ...overridden(f)],
  'not-before-line': (f) => [
    `The line ${f.text('after').replaceAll('-', ' ')} is told before the line ${line(f)}, and was not told yet; nothing was released.`,
    ...overridden(f),
  ],
  'past-deadline': (f) => [
    `The deadline of the line ${line(f)} is `,
    f.time('at'),
    ', so its update is not due later than that; nothing was changed.',
    ...overridden(f),
  ],
  'snooze-out-of-bounds': (f) => [
    'Reminders rest between 1 minute and 1 day; nothing was changed. For longer, pause the line: ',
    ...say('pause', f),
    '.',
  ],
  'known-in-the-future': (f) => [f.time('at'), ' is still to come; nothing was changed. Name the time at which it became known.'],
  'known-missing': () => ['Nobody said since when it is known; nothing was changed. Fill in Known since.'],
  'after-circle': (f) => [
    `The line ${f.text('after').replaceAll('-', ' ')} waits for the line ${line(f)} already, so both would wait for ever. Name another line, or none.`,
  ],
  'not-before-too-late': (f) => [
    'That is after the deadline of the next update, ',
    f.time('at'),
    '; nothing was changed. Name a time before it.',
  ],
  'may-not-loosen': (f) => [
    `This would hold the line ${line(f)} to less than before, which only its releasers may decide; nothing was changed.`,
    ...(f.has('people') ? [' Ask ', ...f.people('people'), '.'] : []),
  ],
  'nothing-to-override': (f) => [
    `No deadline and no order binds the next update of the line ${line(f)}, so there is nothing to set aside. Set one: `,
    ...say('clock deadline', f),
    '.',
  ],
  'wrong-term': (f) => [
    `"${f.text('said')}" is not a term. Write 4h, 24h, 72h or 1 month; for several updates in turn: 24h, 72h, 1 month.`,
  ],
  'own-approvals': (f) => [
    `You write or own the line ${line(f)}, so you cannot lower how many must release it; nothing was changed.`,
    ...(f.has('people') ? [' Ask ', ...f.people('people'), '.'] : [' An admin can do it.']),
  ],
};
