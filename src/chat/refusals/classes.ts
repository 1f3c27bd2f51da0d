/** Refusals about how far records, texts and places may be known (S3). */
import type { Catalogue } from './catalogue.ts';

export const classes: Catalogue = {
  'may-not-classify': (f) => [
    `How far ${f.text('record')} may be known is for its own people and those who manage such records, so nothing was changed. `,
    ...(f.has('people') ? ['Ask ', ...f.people('people'), '.'] : ['An admin can grant the role.']),
  ],
  'class-above-line': (f) => [
    `This is ${f.text('class')}, and the line ${f.text('line')} carries at most what is ${f.text('most')}, so nothing was changed. Say that the facts are ${f.text('most')} if they are: `,
    { code: `/comms facts ${f.text('record')}` },
    '; or let the line carry more, under Class: ',
    { code: `/comms line ${f.text('record')} ${f.text('line')}` },
    '.',
  ],
  'class-above-place': (f) => [
    `This is ${f.text('class')}, and `,
    { place: f.text('place') },
    ` is only ${f.text('most')}, so nothing was changed. Take it out of Destination: `,
    { code: `/comms line ${f.text('record')} ${f.text('line')}` },
    '; or, if only the right people read there, say so: ',
    { code: `/bellman place class ${f.text('place')} ${f.text('class')}` },
    '.',
  ],
  'plan-in-earnest': (f) => [
    `${f.text('record')} has a communication plan in earnest, so no exercise was begun. Raise a record for the exercise: `,
    { code: `/${f.text('record').startsWith('INC') ? 'incident' : 'problem'} new` },
    '.',
  ],
  'no-exercise-places': () => [
    'Nobody said where exercises may be seen, so none was begun. An administrator says it: ',
    { code: '/bellman exercise places #channel' },
    '.',
  ],
  'exercise-place-open': (f) => [
    `${f.text('record')} is ${f.text('class')}, and exercises are seen in `,
    { place: f.text('place') },
    ', which is less guarded, so none was begun. Choose another place: ',
    { code: '/bellman exercise places #channel' },
    '.',
  ],
  'may-not-lower': (f) => [
    `${f.text('record')} stays ${f.text('class')}: you may guard it more, but not less. `,
    ...(f.has('people') ? ['Ask ', ...f.people('people'), '.'] : ['An admin can grant the role security.']),
  ],
};
