/** Refusals about how an incident or a problem stands. */
import type { Catalogue } from './catalogue.ts';

export const incidents: Catalogue = {
  'owner-needed': (f) => [
    `${f.text('record')} was not declared major, because a major record needs an owner. Name one under Owner.`,
  ],
  'already-major': (f) => [
    `${f.text('record')} is major already`,
    ...(f.has('owner') ? [', owned by ', f.person('owner')] : []),
    '. Its plan: ',
    { code: `/comms plan ${f.text('record')}` },
    '.',
  ],
  'not-major': (f) => [`${f.text('record')} is not major, so nothing was changed.`],
  'already-owner': (f) => [f.person('owner'), ` owns ${f.text('record')} already, so nothing was changed.`],
  'not-proposed': (f) => [`You are not asked to own ${f.text('record')} (any more), so nothing was changed.`],
  'not-yours': (f) => [
    `This is for the owner of ${f.text('record')} and those who manage such records, so nothing was changed. `,
    ...(f.has('people') ? ['Ask ', ...f.people('people'), '.'] : ['An admin can grant the role.']),
  ],
  'is-resolved': (f) => [
    `${f.text('record')} is resolved since `,
    f.time('at'),
    ', so nothing was changed. Open it again first: ',
    { code: `/${f.text('record').startsWith('INC') ? 'incident' : 'problem'} reopen ${f.text('record')} reason` },
    '.',
  ],
  'is-open': (f) => [`${f.text('record')} is not resolved, so there is nothing to reopen.`],
};
