/** Refusals about how an incident or a problem stands. */
import type { Catalogue } from './catalogue.ts';

/** The command's first word for a record. */
const word = (record: string): string => (record.startsWith('INC') ? 'incident' : 'problem');

/** What a record can lack when it is to be closed. */
const MISSING: Readonly<Record<string, string>> = {
  details: 'its details',
  category: 'its category',
  cause: 'its true cause',
  workaround: 'a workaround',
};

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
    { code: `/${word(f.text('record'))} reopen ${f.text('record')} reason` },
    '.',
  ],
  'is-open': (f) => [`${f.text('record')} is not resolved, so there is nothing to reopen.`],
  'is-closed': (f) => [
    `${f.text('record')} is closed since `,
    f.time('at'),
    ', so nothing was changed. Open it again first: ',
    { code: `/${word(f.text('record'))} reopen ${f.text('record')} reason` },
    '.',
  ],
  'not-resolved': (f) => [
    `${f.text('record')} is not resolved yet, so it was not closed. Say first what resolved it: `,
    { code: `/${word(f.text('record'))} resolve ${f.text('record')}` },
    '.',
  ],
  'close-incomplete': (f) => [
    `${f.text('record')} was not closed, because something is missing: ${f
      .texts('missing')
      .map((one) => MISSING[one] ?? one)
      .join(', ')}. Add it first: `,
    { code: `/${word(f.text('record'))} edit ${f.text('record')}` },
    '.',
  ],
  'not-involved': (f) => [
    `You do not take part in ${f.text('record')} yet, so nothing was noted. Join it first: `,
    { code: `/incident join ${f.text('record')}` },
    '.',
  ],
  'merges-itself': (f) => [
    `${f.text('record')} cannot be merged into itself, so nothing was changed. Name the other incident second.`,
  ],
  'merged-into': (f) => [
    `Nothing was merged, because ${f.text('record')} goes on as ${f.text('into')}. Merge into that one: `,
    { code: `/incident merge ${f.text('merged')} ${f.text('into')}` },
    '.',
  ],
  'unknown-resolvers': (f) => [
    `There is no resolver group ${f.text('said')}, so nothing was changed. `,
    ...(f.has('known')
      ? [`There are ${f.texts('known').join(', ')}.`]
      : ['There is none yet; make one: ', { code: '/bellman group create network-team tier 2' }, '.']),
  ],
  'resolvers-exist': (f) => [
    `There is a group ${f.text('group')} already, in tier ${f.text('tier')}, and a group keeps its tier. Give this one another name.`,
  ],
  'too-many-resolvers': (f) => [`There are ${f.text('most')} groups already, so none was made. Use one of them.`],
};
