/** Refusals of answers: questions of readers, decisions of an audience. */
import type { Words } from '../../core/inline.ts';
import type { Catalogue, FactReader } from './catalogue.ts';

const line = (f: FactReader): string => f.text('line').replaceAll('-', ' ');

const OVER: Readonly<Record<string, string>> = {
  'to all': 'is answered in the next update already',
  answered: 'was answered already',
  'answered to all': 'was answered to all already',
  left: 'was left already',
};

const byWhom = (f: FactReader): Words => (f.has('by') ? [', by ', f.person('by'), ', ', f.time('at')] : []);

export const answers: Catalogue = {
  'unknown-question': () => [
    'There is no such question, so nothing was changed. ',
    { code: '/comms questions' },
    ' shows those that are open.',
  ],
  'question-over': (f) => [`This question ${OVER[f.text('what')] ?? 'is over'}`, ...byWhom(f), ', so nothing was changed.'],
  'too-many-questions': (f) => [
    `${f.text('most')} questions of yours wait for an answer already, so this one was not taken. Ask it once one of them is answered.`,
  ],
  'not-the-coordinator': (f) => [
    `Only those who answer for the line ${line(f)} answer its questions: `,
    ...f.people('people'),
    '. Nothing was changed; they have the question.',
  ],
  'outside-needs-releaser': (f) => [
    'Whoever asked is outside, so only a releaser of the line ',
    `${line(f)} answers directly`,
    ...(f.has('people') ? [': ', ...f.people('people')] : []),
    '. Nothing was sent. Answer to all puts it into the next update, which they release.',
  ],
  'outside-private': (f) => [
    `${f.text('record')} is private, so nothing about it is mailed to whoever asked; nothing was sent. Answer to all, or call them.`,
  ],
  'draft-full': (f) => [
    `With this the next update for ${line(f)} would be longer than ${f.text('most')} characters, so nothing was added. Answer shorter, or only to whoever asked.`,
  ],
  'wrong-options': (f) => [
    `Write two to ${f.text('most')} options, one a line, each at most ${f.text('longest')} characters; nothing was changed.`,
  ],
  'needed-by-past': (f) => [f.time('at'), ' is past; nothing was changed. Name a time to come, for example in 2h.'],
  'unknown-decision': () => ['This decision is no longer asked for, so nothing was recorded.'],
  'decided-already': (f) => [
    `It was decided already: ${f.text('what')}, `,
    ...(f.text('mine') === 'yes' ? ['by you, '] : ['by ', f.person('by'), ', ']),
    f.time('at'),
    '. Nothing was changed; the owner of the record can tell you more.',
  ],
  'not-the-audience': (f) => [
    `Only those decide whom the update for ${line(f)} reached, where it reached them; nothing was recorded. Press it on the update itself.`,
  ],
};
