/** What people can say about roles and accounts, and the setup. Boards and audiences have commands of their own. */

import type { Card } from '../chat/card.ts';
import {
  aChannel,
  aPerson,
  type Button,
  button,
  type Command,
  type Conversation,
  command,
  oneOf,
  perhaps,
  privately,
  theRest,
} from '../chat/registry.ts';
import { ORG, type PersonId, ROLES } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import {
  activatedCard,
  asItWasCard,
  auditPlaceCard,
  codeCard,
  deactivatedCard,
  grantedCard,
  identityJoinedCard,
  revokedCard,
  rolesCard,
  setupCard,
} from './cards.ts';
import { joinable } from './identities.ts';
import { org } from './org.ts';
import { closedPlace, missingIn, notGranted, placesOf, waysWords } from './setup.ts';
import type { PeopleStore } from './store.ts';

async function setup(c: Conversation) {
  const now = await c.org();
  const checked = await Promise.all(placesOf(now).map((place) => c.checkPlace(place)));
  const missing = [...missingIn(now), ...checked.filter(isRefusal).map(closedPlace), ...(await c.lacks()).map(notGranted)];
  return privately(setupCard(missing, waysWords(c.ways())));
}

const roleCommand = (type: 'grant' | 'revoke', help: string, shown: typeof grantedCard) =>
  command({
    name: `bellman role ${type}`,
    help,
    args: { person: aPerson('the person'), role: oneOf('the role', ...ROLES) },
    right: ['admin'],
    run: (c, { person, role }) =>
      c.change({
        record: ORG,
        part: org,
        command: { type, person, role },
        reply: ({ events }) =>
          privately(events.length === 0 ? asItWasCard(person, role, type === 'grant') : shown(person, role, c.me)),
      }),
  });

const activityCommand = (type: 'deactivate' | 'activate', help: string, done: (person: PersonId) => Card) =>
  command({
    name: `bellman ${type}`,
    help,
    args: { person: aPerson('the person') },
    right: ['admin'],
    run: (c, { person }) => c.change({ record: ORG, part: org, command: { type, person }, reply: () => privately(done(person)) }),
  });

const grant = roleCommand('grant', 'Give a person a role.', grantedCard);
const revoke = roleCommand('revoke', 'Take a role from a person.', revokedCard);

const deactivate = activityCommand(
  'deactivate',
  'Take every role, seat and right from somebody who leaves; they cannot act any more.',
  deactivatedCard,
);
const activate = activityCommand(
  'activate',
  'Let somebody who had left act again; roles and seats are given anew.',
  activatedCard,
);

const auditChannel = command({
  name: 'bellman audit channel',
  help: 'Say where signed checkpoints of the journal are posted.',
  args: { channel: aChannel('the channel') },
  right: ['admin'],
  run: (c, { channel }) =>
    c.change({
      record: ORG,
      part: org,
      command: { type: 'set-audit-place', place: channel },
      reply: () => privately(auditPlaceCard(channel)),
    }),
});

const listRoles = command({
  name: 'bellman role list',
  help: 'Show who holds which role.',
  args: {},
  run: async (c) => privately(rolesCard(await c.org())),
});

const showSetup = command({
  name: 'bellman setup',
  help: 'Show what is still to be set up, and how.',
  args: {},
  run: setup,
});

const lookAgain = button({ name: 'setup.look', run: (c) => setup(c) });

/** Joining accounts needs the store of codes, which only this room has. */
const linkWith = (people: PeopleStore): Command =>
  command({
    name: 'bellman link',
    help: 'Join your accounts on two platforms: without a code you get one, with it you use it.',
    args: { code: perhaps(theRest('the code from the other platform')) },
    run: async (c, { code }) => {
      if (!joinable(c.asker.platform)) return c.refused(refuse('console-not-linked'));
      if (code === undefined) return privately(codeCard(await people.offerCode(c.me, c.asker.platform)));
      const person = await people.takeCode(code.replaceAll(/\D/gu, ''), c.asker.platform);
      if (person === undefined) return c.refused(refuse('wrong-code'));
      const shared = await people.openRecordsOfBoth(person, c.me);
      const { platform, user } = c.asker;
      const reply = await c.change({
        record: ORG,
        part: org,
        command: { type: 'join-identity', platform, user, person, shared },
        reply: () => privately(identityJoinedCard(person, platform)),
      });
      people.forget(platform, user);
      return reply;
    },
  });

/** The commands about roles, accounts and the setup. */
export const peopleCommands = (people: PeopleStore): readonly (Command | Button)[] => [
  grant,
  deactivate,
  activate,
  revoke,
  auditChannel,
  listRoles,
  showSetup,
  lookAgain,
  linkWith(people),
];
