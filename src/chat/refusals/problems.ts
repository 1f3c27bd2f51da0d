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
};
