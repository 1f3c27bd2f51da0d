/** Refusals of the people room: roles, boards, audiences, delegations, accounts. */
import type { Catalogue } from './catalogue.ts';

export const people: Catalogue = {
  'last-admin': (f) => [f.person('person'), ' is the last admin and stays one. Grant the role to somebody else first.'],
  'board-exists': (f) => [
    `There is a board ${f.text('board')} already. `,
    { code: `/bellman board show ${f.text('board')}` },
    ' shows it.',
  ],
  'unknown-board': (f) => [
    `There is no board ${f.text('board')}. `,
    ...(f.has('boards')
      ? [`There is: ${f.text('boards')}.`]
      : ['Create it: ', { code: `/bellman board create ${f.text('board')} #channel` }]),
  ],
  'wrong-setting': (f) => [`This does not work as ${f.text('setting')}. Write it like this: ${f.text('example')}.`],
  'unknown-audience': (f) => [`There is no audience ${f.text('audience')}. There is: ${f.texts('audiences').join(', ')}.`],
  'cadence-too-short': () => ['An update every few seconds helps nobody. The shortest time between two is 1m.'],
  'own-release-right': (f) => [
    'Nobody gives themselves the right to release, so nothing was changed. Ask ',
    ...f.people('holders'),
    '.',
  ],
  'not-on-a-board': () => ['You are on no board, so there is no vote to delegate.'],
  'delegate-to-self': () => ['Your vote is yours already. Name somebody else.'],
  'delegate-on-a-board': (f) => [f.person('person'), ' is on the same board and has a vote. Name somebody outside it.'],
  'delegation-past': (f) => ['Until ', f.time('until'), ' is over already. Name a day to come.'],
  'delegation-chain': (f) => [
    f.person('person'),
    ' has delegated to somebody else. A delegation goes one step only: name another person.',
  ],
  'console-not-linked': () => [
    'Accounts of the console are for trying and are never joined with others. Say it on Slack or Discord.',
  ],
  'wrong-code': () => [
    'This code is unknown, was used, or is older than ten minutes. Ask for a new one on the other platform: ',
    { code: '/bellman link' },
  ],
  'both-acted': (f) => [
    `Both accounts have acted in ${f.text('records')}, so joining them now would count one person twice. Join them when that is decided.`,
  ],
};
