/** Refusals about what is said: facts, templates, words that do not belong outside. */
import type { Catalogue } from './catalogue.ts';

const line = (said: string): string => said.replaceAll('-', ' ');

export const wording: Catalogue = {
  'not-your-facts': (f) => [
    'Only the owner, the authors of its lines, communications, and those who manage such records fill in the facts; nothing was changed.',
    ...(f.has('people') ? [' Ask ', ...f.people('people'), '.'] : []),
  ],
  'word-forbidden': (f) => [
    `The text for ${line(f.text('line'))} holds what may not leave (${f.texts('words').join(', ')}), so it was not released. `,
    'Change it with Edit, or take the word from the list: ',
    { code: '/bellman words remove' },
    '.',
  ],
  'word-too-long': (f) => [
    `A word of the list has at most ${f.text('most')} characters; this has ${f.text('length')}. Nothing was added.`,
  ],
  'word-list-full': (f) => [
    `The list holds ${f.text('most')} words already, so nothing was added. Take one from it first: `,
    { code: '/bellman words list' },
    '.',
  ],
  'unknown-listed-word': (f) => [
    `${f.text('word')} is not in the list, so nothing was removed. `,
    { code: '/bellman words list' },
    ' shows all.',
  ],
  'unknown-template': (f) => [
    `There is no template ${f.text('template')}. It is called by audience, kind and phase, for example customers problem first; audiences: ${f.texts('audiences').join(', ')}.`,
  ],
  'phase-of-changes': (f) => [
    `Only changes are told that they ${f.text('phase') === 'moved' ? 'moved' : 'failed'}; there is no such template for a ${f.text('kind')}.`,
  ],
  'unknown-template-set': (f) => [
    `There are no templates called ${f.text('said')}; nothing was changed. Name the audience whose texts it takes: ${f.texts('sets').join(', ')}.`,
  ],
  'unknown-version': (f) => [
    `${f.text('template')} has no version ${f.text('version')}. Its newest is ${f.text('newest')}; 0 is the one that comes with Bellman.`,
  ],
  'version-erased': (f) => [
    `The text of version ${f.text('version')} of ${f.text('template')} was erased. Name another version.`,
  ],
  'template-for-files': (f) => [
    `${f.text('template')} has more than ${f.text('most')} characters, which no dialog holds. Change it as a file: `,
    { code: 'bellman templates export' },
    '.',
  ],
  'nothing-to-preview': (f) => [
    `Nothing is due on ${f.text('record')} now, so there is nothing to show. The plan shows what comes next: `,
    { code: `/comms plan ${f.text('record')}` },
  ],
};
