/** Refusals of problems, besides those that they share with incidents. */
import type { Words } from '../../core/inline.ts';
import type { Catalogue } from './catalogue.ts';

const plain = (word: string): string => word.replaceAll('-', ' ');

/** What is missing, and the command that adds it. */
const LACKS: Readonly<Record<string, readonly [what: string, command: string]>> = {
  details: ['the details', '/problem edit'],
  category: ['the category', '/problem edit'],
  cause: ['the true cause', '/problem cause'],
  workaround: ['the workaround', '/problem workaround'],
  'known-error': ['the known error', '/ker new'],
};

const FOR_VENDOR: Readonly<Record<string, string>> = {
  vendor: 'the vendor',
  point: 'the point of escalation',
  description: 'the description',
  errors: 'the error messages',
  tried: 'the resolutions tried',
  documents: 'the documents',
  tools: 'the diagnostic tools',
};

const reopening = (record: string): Words => ['Open it again: ', { code: `/problem reopen ${record} reason` }, '.'];

export const problems: Catalogue = {
  'links-itself': (f) => [`${f.text('record')} cannot be linked with itself, so nothing was changed. Name another record.`],
  'cannot-link': (f) => [
    `A problem is linked with incidents, changes and problems, not with ${f.text('record')}; nothing was changed.`,
  ],
  'not-linked': (f) => [
    `${f.text('record')} is not linked with ${f.text('other')}, so nothing was changed. Link it first: `,
    { code: `/problem link ${f.text('record')} ${f.text('other')}` },
    '.',
  ],
  'known-error-stays': (f) => [
    `${f.text('record')} came from this problem and stays linked. If it cannot be met any more: `,
    { code: `/ker retire ${f.text('record')}` },
    '.',
  ],
  'not-from-here': (f) => [
    `${f.text('record')} is ${plain(f.text('stage'))}, so it cannot become ${plain(f.text('wanted'))} by hand. `,
    ...(f.has('ways') ? [`From there it can become ${f.texts('ways').map(plain).join(', ')}.`] : reopening(f.text('record'))),
  ],
  'stage-lacks': (f) => [
    `${f.text('record')} was not moved to ${plain(f.text('stage'))}, because ${LACKS[f.text('what')]?.[0] ?? 'something'} is missing. `,
    'Add it first: ',
    { code: (LACKS[f.text('what')]?.[1] ?? '/problem edit').concat(' ', f.text('record')) },
    '.',
  ],
  'review-not-ahead': (f) => [
    `${f.text('record')} was not left open, because `,
    f.time('review'),
    ' has passed. Name a day that is ahead, for example in 4w.',
  ],
  'review-first': (f) => [
    `${f.text('record')} was major, so it is not closed before its review. Move it to implementation review: `,
    { code: `/problem edit ${f.text('record')}` },
    ', Status.',
  ],
  'problem-incomplete': (f) => [
    `${f.text('record')} was not closed, because something is missing. Add it first: `,
    ...f
      .texts('missing')
      .flatMap((one, at) => [
        ...(at > 0 ? ['; '] : []),
        `${LACKS[one]?.[0] ?? one}: `,
        { code: `${LACKS[one]?.[1] ?? '/problem edit'} ${f.text('record')}` },
      ]),
    '.',
  ],
  'escalation-incomplete': (f) => [
    `Nothing was sent, because the vendor would ask back: ${f
      .texts('missing')
      .map((one) => FOR_VENDOR[one] ?? one)
      .join(', ')} is missing. Fill it in, with none where there is nothing: `,
    { code: `/problem escalate ${f.text('record')} vendor` },
    '.',
  ],
  'team-needed': (f) => [
    'Nobody was invited, because nobody is named. Name them: ',
    { code: `/problem escalate ${f.text('record')} team @x @y` },
    '.',
  ],
  'too-many-causes': (f) => [
    `Nothing was added: with more than ${f.text('most')} causes it could not be read any more. Write what is left into the table of the analysis: /problem analyse.`,
  ],
  'too-many-branches': (f) => [
    `Nothing was added: a fishbone holds ${f.text('most')} branches. Put the cause below one of them.`,
  ],
  'no-branch': (f) => [
    'Nothing was added, because the branch is missing. Write branch and cause: ',
    { code: `/problem branch ${f.text('record')} People: nobody was told` },
    '.',
  ],
  'evidence-guarded': (f) => [
    'Evidence is seen and added by the owner, security and the managers of incidents and problems only; nothing was changed.',
    ...(f.has('people') ? [' Ask ', ...f.people('people'), '.'] : []),
  ],
  'no-checksum': () => ['Nothing was kept, because there is neither a text nor a checksum. Fill in one of them.'],
  'wrong-checksum': () => [
    'Nothing was kept: a SHA-256 is 64 characters of 0-9 and a-f. Make it with ',
    { code: 'sha256sum FILE' },
    '.',
  ],
  'other-checksum': (f) => [
    'Nothing was kept, because the text has another checksum than you say: ',
    { code: f.text('own') },
    '. Was something changed on the way? Leave the field empty to keep the text as it is here.',
  ],
  'unknown-item': (f) => [
    `${f.text('record')} has no evidence ${f.text('said')}. `,
    { code: `/evidence list ${f.text('record')}` },
    ' shows what there is.',
  ],
};
