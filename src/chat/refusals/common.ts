/** Refusals that any room may give. */
import { listed } from '../../core/inline.ts';
import type { Catalogue } from './catalogue.ts';

export const common: Catalogue = {
  'records-away': () => [
    'The records cannot be reached; nothing was changed. It goes on by itself when they are back: try again in a minute.',
  ],
  'outcome-unknown': () => [
    'The connection to the records broke in the last moment, so I cannot say whether this was done. Look at the record before you say it again.',
  ],
  'no-answer-yet': () => [
    'The records do not answer at the moment, so I cannot say yet whether this is done. The answer follows as soon as there is one; look at the record before you say it again.',
  ],
  'given-up': () => ['The record stayed busy, so what you asked for was given up. Nothing was changed. Say it again.'],
  'our-fault': (f) => [`Something failed on our side (ref ${f.text('ref')}). Nothing was changed.`],
  'unknown-command': (f) => [
    `I do not know /${f.text('said')}. `,
    ...(f.has('near') ? [`Did you mean /${f.text('near')}? `] : []),
    `/${f.text('root')} help shows all.`,
  ],
  'missing-argument': (f) => [`/${f.text('command')} needs ${f.text('argument')}: `, { code: f.text('usage') }, '.'],
  'wrong-argument': (f) => [
    `"${f.text('said')}" does not work as ${f.text('argument')}. It is written like this: `,
    { code: f.text('usage') },
    '.',
  ],
  'too-many-words': (f) => [
    `I did not understand "${f.text('said')}". It is written like this: `,
    { code: f.text('usage') },
    '.',
  ],
  'unknown-record': (f) => [
    `There is no ${f.text('record')}. `,
    { code: '/rfc list' },
    ', ',
    { code: '/incident list' },
    ' and ',
    { code: '/problem list' },
    ' show what there is.',
  ],
  'unknown-someone': (f) => [`I do not know "${f.text('said')}". Name a person with @ as this chat knows them.`],
  'unknown-channel': (f) => [`I do not find the channel "${f.text('said')}". Name a channel with # that exists here.`],
  'wrong-place': (f) => [
    `"${f.text('said')}" is not a place that I know. Name a #channel, a @person, an e-mail address or an https address.`,
  ],
  'wrong-call': (f) => [
    `"${f.text('said')}" does not name a number and who calls it. Write it without blanks: `,
    { code: 'call:+49301234:@kate' },
    '.',
  ],
  'wrong-list': (f) => [`"${f.text('said')}" is not the name of a list. Write it like `, { code: 'list:customers' }, '.'],
  'unknown-group': (f) => [`I do not find the group "${f.text('said')}". Name a group that exists in this chat.`],
  'wrong-time': (f) => [`"${f.text('said')}" is not a time that I know. Write now, in 30m, tomorrow 22:00 or 2027-01-31 22:00.`],
  'wrong-cadence': (f) => [
    `"${f.text('said')}" is not a length of time. Write 30m, 2h or 1d. Rules work too: weekdays 9:00 16:00 Europe/Berlin, daily 9:00, mon,thu 10:00, on change, once, on demand.`,
  ],
  'wrong-quiet': (f) => [`"${f.text('said')}" are no quiet hours. Write 22:00-07:00 Europe/Berlin, or off.`],
  'wrong-span': (f) => [`"${f.text('said')}" is not a length of time. Write 30m, 2h or 1d.`],
  'wrong-choice': (f) => [`"${f.text('said')}" is not a choice here. Choose `, ...listed(f.texts('choices'), ' or '), '.'],
  'too-long': (f) => [
    `This has ${f.text('length')} characters; ${f.text('most')} fit. Shorten it, and put the rest where it can be linked.`,
  ],
  'left-empty': () => ['This is needed. Fill it in.'],
  'role-needed': (f) => [
    `This needs the role ${f.texts('roles').join(' or ')}, so nothing was changed. `,
    ...(f.has('holders') ? ['Ask ', ...f.people('holders'), '.'] : ['Nobody holds it yet; an admin can grant it.']),
  ],
  'unknown-person': () => ['I do not know who this is, so nothing was changed. Try again in a moment.'],
  'cannot-act': () => ['Bots and deactivated accounts cannot do this. Use your own account.'],
  'draft-gone': () => ['This form is too old or was sent already, so nothing was changed. Open it again from the command.'],
  'button-gone': () => [
    'This button is no longer in use, so nothing was changed. The newest card of the record has the ones that are.',
  ],
  'place-closed': (f) => [`I cannot reach ${f.text('place')}: ${f.text('why')}. ${f.text('step')}`],
};
