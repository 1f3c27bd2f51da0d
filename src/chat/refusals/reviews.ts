/** Refusals of reviews. */
import type { Catalogue } from './catalogue.ts';

export const reviews: Catalogue = {
  'review-of-what': (f) => [
    `${f.text('record')} is not reviewed here, so nobody was invited. Name an incident or a problem: `,
    { code: '/review schedule INC-1' },
    '.',
  ],
  'review-not-yours': (f) => [
    `Only those who take part in the review of ${f.text('record')}, and who keeps reviews, can do this; nothing was changed.`,
    ...(f.has('people') ? [' Ask ', ...f.people('people'), '.'] : []),
  ],
  'review-is-past': (f) => ['Nobody was invited, because ', f.time('at'), ' is past. Name a time that is to come.'],
  'review-closed': (f) => [`${f.text('record')} is closed, so nothing was changed. Call another review for what is new.`],
  'unknown-action': (f) => [
    `${f.text('record')} has no action ${f.text('said')}, so nothing was changed. `,
    { code: `/review show ${f.text('record')}` },
    ' shows its actions.',
  ],
  'too-many-actions': (f) => [
    `Nothing was noted: a review has at most ${f.text('most')} actions. Put together what belongs together.`,
  ],
  'actions-open': (f) => [
    `${f.text('record')} stays open: not every action is done. `,
    { code: `/review show ${f.text('record')}` },
    ' shows which; their owners press Done.',
  ],
  'minutes-missing': (f) => [
    `${f.text('record')} stays open, because it has no minutes. Write them: `,
    { code: `/review minutes ${f.text('record')}` },
    '.',
  ],
};
