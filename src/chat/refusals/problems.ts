/** Refusals of problems, besides those that they share with incidents. */
import type { Catalogue } from './catalogue.ts';

export const problems: Catalogue = {
  'links-itself': (f) => [`${f.text('record')} cannot be linked with itself, so nothing was changed. Name another record.`],
  'cannot-link': (f) => [
    `A problem is linked with incidents, changes and problems, not with ${f.text('record')}; nothing was changed.`,
  ],
};
