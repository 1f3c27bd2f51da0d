/** Refusals about how far records, texts and places may be known (S3). */
import type { Catalogue } from './catalogue.ts';

export const classes: Catalogue = {
  'may-not-classify': (f) => [
    `How far ${f.text('record')} may be known is for its own people and those who manage such records, so nothing was changed. `,
    ...(f.has('people') ? ['Ask ', ...f.people('people'), '.'] : ['An admin can grant the role.']),
  ],
  'may-not-lower': (f) => [
    `${f.text('record')} stays ${f.text('class')}: you may guard it more, but not less. `,
    ...(f.has('people') ? ['Ask ', ...f.people('people'), '.'] : ['An admin can grant the role security.']),
  ],
};
