/** Refusals of the people room: roles, boards, audiences, delegations, accounts. */
import type { Catalogue } from './catalogue.ts';

const LIST_EXAMPLES: Readonly<Record<string, string>> = {
  fixed: 'fixed @x #channel name@example.org',
  add: 'add name@example.org',
  remove: 'remove name@example.org',
  role: 'role service-desk',
  board: 'board CAB',
  group: 'group @group',
};

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
  'audience-exists': (f) => [
    `There is an audience ${f.text('audience')} already, so nothing was added. `,
    { code: `/bellman audience show ${f.text('audience')}` },
    ' shows it.',
  ],
  'wrong-audience-key': (f) => [
    `"${f.text('said')}" does not work as a key, so nothing was added. Write small letters, digits and hyphens, up to 40: field-engineers.`,
  ],
  'wrong-label': (f) => [`A name has 1 to ${f.text('most')} characters; nothing was changed. Shorten it.`],
  'too-many-audiences': (f) => [
    `A plan holds ${f.text('most')} lines, so none was added. Retire one of your own first: `,
    { code: '/bellman audience retire' },
    '.',
  ],
  'one-of-the-six': (f) => [
    `Every organisation has the audience ${f.text('audience')}, so it stays. A plan's line that is not needed is left unstarted, or skipped with a reason.`,
  ],
  'wrong-address': (f) => [`"${f.text('said')}" is no e-mail address. Write it like name@example.org.`],
  'wrong-phone': (f) => [`"${f.text('said')}" is no phone number. Write it like +49 30 123456.`],
  'wrong-zone': (f) => [`"${f.text('said')}" is not a time zone that I know. Write it like Europe/Berlin.`],
  'wrong-language': (f) => [`"${f.text('said')}" is not a language that I know. Write de, or en-GB.`],
  'nobody-in-list': (f) => [
    `Nobody is in it, so the list of ${f.text('audience')} stays as it is. Name one with somebody on it, or take the list away: `,
    { code: `/bellman audience list ${f.text('audience')} none` },
    '.',
  ],
  'list-outdated': (f) => [
    `The list of ${f.text('audience')} was changed since, so nothing was changed now. Look at it: `,
    { code: `/bellman audience list ${f.text('audience')}` },
    '.',
  ],
  'list-of-what': (f) => [
    'It does not say who, so nothing was changed. Write it like this: ',
    { code: `/bellman audience list ${f.text('audience')} ${LIST_EXAMPLES[f.text('how')] ?? f.text('how')}` },
    '.',
  ],
  'list-not-by-hand': (f) => [
    `The list of ${f.text('audience')} comes from a ${f.text('kind')}, so nobody is added or taken out by hand. Change it there, or make a list one by one: `,
    { code: `/bellman audience list ${f.text('audience')} fixed @x` },
    '.',
  ],
  'not-one-by-one': (f) => [
    `"${f.text('said')}" holds something that is no channel, person or address, so nothing was changed. A group is a list of its own: `,
    { code: '/bellman audience list customers group @group' },
    '.',
  ],
  'list-gone': (f) => [
    `This list for ${f.text('audience')} is not kept any more, so nothing was changed. Give it again: `,
    { code: `/bellman audience csv ${f.text('audience')}` },
    '.',
  ],
  'nobody-in-csv': (f) => [
    [`None of its ${f.text('rows')} rows can be used, so nothing was taken.`, ...f.texts('wrong')].join(' '),
  ],
  'csv-empty': (f) => [`There is nobody in it. The first row names the columns: ${f.texts('expected').join(',')}.`],
  'wrong-columns': (f) => [
    `Its columns are ${f.texts('found').join(', ')}, so nothing was taken. Expected are ${f.texts('expected').join(', ')}, in any order, of which email is needed.`,
  ],
  'too-many-rows': (f) => [
    `It has ${f.text('rows')} rows and ${f.text('most')} fit, so nothing was taken. Divide it among several audiences.`,
  ],
  'group-closed': (f) => [`I cannot tell who is in ${f.text('group')}: ${f.text('why')}. Nothing was changed.`],
  'group-empty': (f) => [`Nobody is in the group ${f.text('group')}, so nothing would be told there. Name another one.`],
  'too-many-contacts': (f) => [
    `A record holds ${f.text('most')} contacts, so nobody was added. Put them on a list of an audience: `,
    { code: '/bellman audience list' },
    '.',
  ],
  'not-a-contact': (f) => [f.person('person'), ' is no contact of this record, so nothing was changed.'],
  'line-not-open': (f) => [
    `The line ${f.text('line').replaceAll('-', ' ')} is ${f.text('class')}, so you cannot follow it. Ask the owner of the plan to name you as a contact.`,
  ],
  'too-many-subscribers': (f) => [
    `${f.text('most')} people follow the line ${f.text('line').replaceAll('-', ' ')} already, the most that it holds. Ask communications for a channel instead.`,
  ],
  'lists-changed': () => [
    'Others are on its list than when this card was made, so nothing was released. The card shows who they are now; look at it and press again.',
  ],
  'nobody-on-lists': (f) => [
    `The line ${f.text('line').replaceAll('-', ' ')} goes to lists only, and nobody is on ${f.texts('lists').join(', ')}, so nothing was released. Name somebody: `,
    { code: `/bellman audience list ${f.texts('lists')[0] ?? ''} fixed @x` },
    '.',
  ],
  'cadence-too-short': () => ['An update every few seconds helps nobody. The shortest time between two is 1m.'],
  'never-quiet': (f) => [`${f.text('audience')} is told at every hour, so nothing was changed.`],
  'own-release-right': (f) => [
    'Nobody gives themselves the right to release, so nothing was changed. Ask ',
    ...f.people('holders'),
    '.',
  ],
  'not-on-a-board': () => ['You are on no board and release for no audience, so there is nothing to delegate.'],
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
