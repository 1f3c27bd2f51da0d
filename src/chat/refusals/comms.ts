/** Refusals of communication plans. */
import type { Words } from '../../core/inline.ts';
import type { Catalogue, FactReader } from './catalogue.ts';

const line = (f: FactReader): string => f.text('line').replaceAll('-', ' ');

const ask = (f: FactReader, none: Words): Words => (f.has('people') ? [' Ask ', ...f.people('people'), '.'] : none);

const WHAT: Readonly<Record<string, string>> = { released: 'released', skipped: 'skipped', replaced: 'replaced by another one' };

export const comms: Catalogue = {
  'unknown-call': () => [
    'I do not know this call, so nothing was changed. The newest card of the record has the ones that wait.',
  ],
  'call-over': (f) => [
    `This call is over, so nothing was changed. What became of it: `,
    { code: `/${f.text('record').startsWith('INC') ? 'incident' : 'problem'} history ${f.text('record')}` },
    '.',
  ],
  'not-your-call': (f) => [
    'Only whoever is to call, the owner and communications say what became of a call; nothing was changed.',
    ...ask(f, []),
  ],
  'no-plan': (f) =>
    f.text('record').startsWith('RFC')
      ? [
          `${f.text('record')} has no communication plan yet. `,
          { code: `/rfc announce ${f.text('record')}` },
          ' begins one; its owner or a change manager says it.',
        ]
      : [
          `${f.text('record')} has no communication plan, because it was not declared major. `,
          { code: `/${f.text('record').startsWith('INC') ? 'incident' : 'problem'} major ${f.text('record')}` },
          ' declares it and makes the plan.',
        ],
  'unknown-line': (f) => [`This plan has no line ${f.text('line')}. Its lines: ${f.texts('lines').join(', ')}.`],
  'line-not-started': (f) => [
    `The line ${line(f)} is not needed yet, so nothing is due on it. Start it: `,
    { code: `/comms start ${f.text('record')} ${f.text('line')}` },
    '.',
  ],
  'nothing-due': (f) => [
    `The line ${line(f)} is told on demand, and nothing is due on it. Start its next update: `,
    { code: `/comms start ${f.text('record')} ${f.text('line')}` },
    '.',
  ],
  'line-closed': (f) => [`The line ${line(f)} of ${f.text('record')} is closed: it had its last update. Nothing was changed.`],
  'plan-closing': (f) => [
    `${f.text('record')} is closing, so the line ${line(f)} was not started. Reopening the record starts its lines again.`,
  ],
  'not-your-plan': (f) => [
    'Only the owner of the plan, communications, and those who manage such records change its lines; nothing was changed.',
    ...ask(f, []),
  ],
  'not-your-text': (f) => [
    `Only its author, the owner, communications and its releasers write for the line ${line(f)}; nothing was changed.`,
    ...ask(f, []),
  ],
  'not-a-releaser': (f) =>
    f.has('people')
      ? [`Only the releasers of the line ${line(f)} can release it or send it back: `, ...f.people('people'), '. They have it.']
      : [
          `Nobody may release the line ${line(f)} yet, so it stays. Name somebody under Releasers with `,
          { code: '/comms line' },
          ', or grant the role communications.',
        ],
  'may-not-skip': (f) => [
    `Only the owner and the releasers skip an update of the line ${line(f)}; nothing was changed.`,
    ...ask(f, []),
  ],
  'own-releaser': (f) => [
    `You write or own the line ${line(f)}, so you cannot make yourself its releaser; nothing was changed.`,
    ...ask(f, [' An admin can do it.']),
  ],
  'cadence-out-of-bounds': () => ['An update can be due every minute at most, and every 30 days at least. Write 30m, 2h or 1d.'],
  'lead-too-long': () => [
    'The text would be asked for before the update that goes before it is due; nothing was changed. Make Ask for draft shorter than Cadence.',
  ],
  'due-in-the-past': (f) => [f.time('due'), ' is past; nothing was changed. Name a time to come, for example in 30m.'],
  'draft-changed': (f) => [
    `The draft for ${line(f)} is not the one that you looked at: its text, its destination or its releasers changed after that`,
    ...(f.has('by') ? [' (text by ', f.person('by'), ', ', f.time('at'), ')'] : []),
    '. Nothing was changed. Its card shows it as it is now; read it and press again.',
  ],
  'draft-unfilled': (f) => [
    `Nothing was handed in, because ${f.text('gap')} still stands in the text. Fill it in, or take it out.`,
  ],
  'nothing-to-release': (f) => [`Nothing awaits release on the line ${line(f)}: its text is still being written.`],
  'no-destination': (f) => [
    `The line ${line(f)} goes nowhere yet, so nothing was released. Fill in Destination: `,
    { code: `/comms line ${f.text('record')} ${f.text('line')}` },
    '.',
  ],
  'wrote-it': (f) => [
    `You wrote this text, and the line ${line(f)} needs ${f.text('needed')} releasers besides its writer, so yours was not counted.`,
  ],
  'update-over': (f) => [
    `This update for ${line(f)} was ${WHAT[f.text('what')] ?? f.text('what')} `,
    f.time('at'),
    ...(f.has('by') ? [' by ', ...f.people('by')] : []),
    ', so nothing was changed.',
  ],
  'nothing-unsure': () => ['That was decided already, so nothing was changed.'],
  'unknown-update': () => ['There is no such update, so nothing was changed. The plan shows what is due.'],
};
