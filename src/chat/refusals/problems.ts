/** Refusals of problems, besides those that they share with incidents. */
import type { Catalogue } from './catalogue.ts';

export const problems: Catalogue = {
  'links-itself': (f) => [`${f.text('record')} cannot be linked with itself, so nothing was changed. Name another record.`],
  'cannot-link': (f) => [
    `A problem is linked with incidents, changes and problems, not with ${f.text('record')}; nothing was changed.`,
  ],
  'too-many-causes': (f) => [
    `Nothing was added: with more than ${f.text('most')} causes it could not be read any more. Leave out what was ruled out.`,
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
