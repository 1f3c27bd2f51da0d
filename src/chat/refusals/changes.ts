/** Refusals of RFCs and their ballots. */
import type { Words } from '../../core/inline.ts';
import type { Catalogue, FactReader } from './catalogue.ts';

const LABELS: Readonly<Record<string, string>> = {
  description: 'Description',
  type: 'Type',
  items: 'Affected items',
  risk: 'Risk',
  plan: 'Implementation plan',
  backout: 'Backout plan',
  start: 'Start',
  end: 'End',
  implementer: 'Implementer',
};

const fields = (f: FactReader): string =>
  f
    .texts('fields')
    .map((name) => LABELS[name] ?? name)
    .join(', ');

const rfc = (f: FactReader): string => f.text('record');

/** The one next step from where the RFC stands. */
const next = (f: FactReader): Words => {
  const id = rfc(f);
  switch (f.text('status')) {
    case 'draft':
      return [' Submit it first: ', { code: `/rfc submit ${id}` }, '.'];
    case 'in review':
      return [' It waits for a change manager to agree.'];
    case 'voting':
      return [' It waits for its ballot.'];
    case 'approved':
      return [' It can be started: ', { code: `/rfc start ${id}` }, '.'];
    case 'rejected':
    case 'expired':
    case 'void':
      return [' It can be edited and submitted again: ', { code: `/rfc edit ${id}` }, '.'];
    case 'in progress':
      return [' It can be ended: ', { code: `/rfc done ${id}` }, '.'];
    case 'failed':
      return [' It can be backed out: ', { code: `/rfc backout ${id} reason` }, '.'];
    default:
      return [' To raise it anew: ', { code: `/rfc copy ${id}` }, '.'];
  }
};

const still = (f: FactReader): string => `${rfc(f)} is ${f.text('status')}`;

const ended = (f: FactReader): Words => {
  const how: Readonly<Record<string, Words>> = {
    edited: [`${rfc(f)} was edited at `, f.time('at'), ` (${fields(f)}), so that ballot is void`],
    withdrawn: [`${rfc(f)} was withdrawn at `, f.time('at')],
    cancelled: [`${rfc(f)} was cancelled at `, f.time('at')],
    'backed out': [`${rfc(f)} was backed out at `, f.time('at')],
  };
  return how[f.text('because')] ?? [`The ballot on ${rfc(f)} ended at `, f.time('at'), `: ${f.text('outcome')}`];
};

const WHY_EXCLUDED: Readonly<Record<string, string>> = {
  requester: 'You raised',
  implementer: 'You implement',
  editor: 'You were the last to edit',
  conflict: 'You declared a conflict of interest in',
};

const electorate = (f: FactReader): Words => (f.has('electorate') ? [' Its electorate: ', ...f.people('electorate'), '.'] : []);

export const changes: Catalogue = {
  'start-past': (f) => ['The start, ', f.time('start'), ', is past, so nothing was changed. Name a start that is still to come.'],
  'made-later': (f) => [
    'The time it was made, ',
    f.time('start'),
    ', is still to come. For a change that is not made yet say ',
    { code: '/rfc emergency' },
    '.',
  ],
  'end-before-start': (f) => ['The end, ', f.time('end'), ', is not after the start, ', f.time('start'), '. Name a later end.'],
  'links-needed': () => ['An emergency change needs the incident or problem that it mends. Name it under Linked records.'],
  'too-many-links': (f) => [
    `${f.text('links')} records are too many for one RFC; ${f.text('most')} fit. Link the ones that matter.`,
  ],
  'not-your-rfc': (f) => [`Only the requester and the change owner of ${rfc(f)} can do this: `, ...f.people('people'), '.'],
  'not-your-work': (f) => [
    `Only the implementer, the change owner or the requester of ${rfc(f)} can do this, or a change manager: `,
    ...f.people('people'),
    '.',
  ],
  'not-a-draft': (f) => [`${still(f)}, so it was not submitted.`, ...next(f)],
  'rfc-closed': (f) => [`${still(f)}, so it cannot be edited.`, ...next(f)],
  'nothing-to-announce': (f) => [`${still(f)}, so there is nothing to announce beforehand.`, ...next(f)],
  'wrong-spans': (f) => [
    `"${f.text('said')}" does not say how long before. Write for example `,
    { code: '5d 1d 1h' },
    `; at most ${f.text('most')} of them, none longer than 60 days.`,
  ],
  'started-already': (f) => [
    `Work on ${rfc(f)} has begun, so ${fields(f)} cannot be changed any more. What has to change now is a new RFC: `,
    { code: `/rfc copy ${rfc(f)}` },
    '.',
  ],
  'made-stays': (f) => [
    `${rfc(f)} was made already, so its record stays and is voted on. To take the change back: `,
    { code: `/rfc backout ${rfc(f)} reason` },
    '.',
  ],
  'not-withdrawable': (f) => [
    `${still(f)}, so it was not withdrawn.`,
    ...(f.text('status') === 'approved' ? [' It can be cancelled: ', { code: `/rfc cancel ${rfc(f)}` }, '.'] : next(f)),
  ],
  'not-cancellable': (f) => [
    `${still(f)}; only an approved RFC is cancelled.`,
    ...(['draft', 'in review', 'voting', 'rejected', 'expired', 'void'].includes(f.text('status'))
      ? [' Its requester can withdraw it: ', { code: `/rfc withdraw ${rfc(f)}` }, '.']
      : next(f)),
  ],
  'link-to-self': (f) => [`${rfc(f)} cannot be linked to itself. Name another record.`],

  'own-review': (f) => [
    `${rfc(f)} is your own RFC, so you cannot review it. `,
    ...(f.has('reviewers')
      ? ['It waits for ', ...f.people('reviewers'), '.']
      : ['There is no other change manager yet; an admin can grant the role.']),
  ],
  'not-in-review': (f) => [`${still(f)}, so there is nothing to review.`, ...next(f)],
  'old-review': (f) => [
    `${rfc(f)} was edited since you read it (revision ${f.text('seen')}, now ${f.text('revision')}), so nothing was changed. Read it again: `,
    { code: `/rfc show ${rfc(f)}` },
    '.',
  ],
  'not-turned-down': (f) => [`${still(f)}, so there is no ballot to open again.`, ...next(f)],

  'no-board': (f) => [
    `There is no board ${f.text('board')} yet. An admin or change manager creates it: `,
    { code: `/bellman board create ${f.text('board')} #channel${f.text('board') === 'ECAB' ? ' emergency' : ''}` },
    '.',
  ],
  'deadline-past': (f) => [
    `It would have to be decided by `,
    f.time('deadline'),
    Number(f.text('hours')) > 0
      ? `, ${f.text('hours')} hours before its start, and that is past. `
      : ', its start, and that is past. ',
    'Its requester moves the window.',
  ],
  'too-few-voters': (f) => [
    `${f.text('board')} has ${f.text('eligible')} members who may vote on it and ${f.text('needed')} are needed; requester, implementer and last editor do not count. Add members: `,
    { code: `/bellman board add ${f.text('board')} @x` },
    '.',
  ],
  'no-role-holder': (f) => [
    `${f.text('board')} must have the approval of ${f.texts('roles').join(' and ')}, and no member who may vote holds it. An admin grants it: `,
    { code: `/bellman role grant @x ${f.texts('roles')[0] ?? ''}` },
    '.',
  ],

  'no-ballot': (f) => [`There is no open ballot on ${rfc(f)}. `, { code: `/rfc show ${rfc(f)}` }, ' says where it stands.'],
  'old-ballot': (f) => [
    ...ended(f),
    '; this click was not counted. A newer ballot is open: ',
    { code: '/rfc votes' },
    ' shows it.',
  ],
  'ballot-ended': (f) => [
    ...ended(f),
    '; this click was not counted. ',
    { code: `/rfc show ${rfc(f)}` },
    ' says where it stands.',
  ],
  'deadline-over': (f) => [
    `The ballot on ${rfc(f)} took votes until `,
    f.time('deadline'),
    '; this one was not counted. Its result follows.',
  ],
  'excluded-from-ballot': (f) => [
    `${WHY_EXCLUDED[f.text('why')] ?? 'You are excluded from'} ${rfc(f)}, so you cannot vote on it.`,
    ...electorate(f),
  ],
  'left-ballot': (f) => [`You take no part in the ballot on ${rfc(f)} any more, so this was not counted.`, ...electorate(f)],
  'not-in-electorate': (f) => [`You are not in the electorate of ${rfc(f)}, so this was not counted.`, ...electorate(f)],
  'guest-delegate': (f) => [
    'Guests cannot vote for ',
    f.person('person'),
    ', so this was not counted. They can vote themselves.',
  ],
  'reason-needed': (f) => [`A rejection of ${rfc(f)} needs a reason, so this was not counted. Press Reject again and say why.`],
  'no-question': (f) => [`There is no such question on ${rfc(f)}. The ballot's card shows the open ones.`],
  'not-yours-to-answer': (f) => [`Questions on ${rfc(f)} are answered by `, ...f.people('people'), '. Tell them what you know.'],

  'not-approved': (f) => [`${still(f)}, not approved, so this was not done.`, ...next(f)],
  'approval-outdated': (f) => [
    `Revision ${f.text('approved')} of ${rfc(f)} was approved, but it is at revision ${f.text('revision')} now. It has to be approved again.`,
  ],
  'window-over': (f) => [
    `The window of ${rfc(f)} ended at `,
    f.time('end'),
    ', so it was not started. Move the window with ',
    { code: `/rfc edit ${rfc(f)}` },
    ', or cancel it.',
  ],
  'made-already': (f) => [
    `${rfc(f)} was made already, so there is nothing to start. Close it: `,
    { code: `/rfc done ${rfc(f)}` },
    '.',
  ],
  'not-in-progress': (f) => [`${still(f)}, not in progress, so this was not done.`, ...next(f)],
  'not-complete': (f) => [
    `${rfc(f)} still lacks ${fields(f)}, so it was not closed. Add it: `,
    { code: `/rfc edit ${rfc(f)}` },
    '.',
  ],
  'review-missing': (f) => [
    `${rfc(f)} was made before its approval and is not reviewed yet (due `,
    f.time('due'),
    '), so it was not closed. A change manager presses Reviewed on it.',
  ],
  'end-not-ahead': (f) => ['The new end, ', f.time('end'), ', is past, so nothing was changed. Name a later one.'],
  'nothing-to-back-out': (f) => [`${still(f)}, so there is nothing to back out.`, ...next(f)],
  'not-made-already': (f) => [`${rfc(f)} was not made before its approval, so it needs no such review.`],
};
