/** A voting hall: a CAB, and RFCs that are voted on, made by the same rules as any other RFC. */
import type { BallotCommand, ChangeCommand } from '../../src/changes/index.ts';
import type { Choice } from '../../src/changes/tally.ts';
import type { Change, IdentityRef, Transact } from '../../src/core/change.ts';
import type { Doorbell } from '../../src/core/doorbell.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { house } from '../../src/core/house.ts';
import { BELLMAN, ORG } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { transactor } from '../../src/core/transact.ts';
import type { Database } from '../../src/db/database.ts';
import * as people from '../../src/people/index.ts';
import { parts, projections, reactions } from '../../src/rooms.ts';

/** Members of the board; so few of them vote that no ballot is ever decided, and each may change their vote as often as they like. */
export const MEMBERS = 15;
export const VOTERS = 5;
const REQUESTER: IdentityRef = { platform: 'slack', user: 'U90' };
const MANAGER: IdentityRef = { platform: 'slack', user: 'U91' };
export const voter = (number: number): IdentityRef => ({ platform: 'slack', user: `U${number}` });
/** On a platform that nobody serves: what is measured is the vote, not the messages that follow it. */
const PLATFORM = 'bench';
const BOARD_PLACE = `${PLATFORM}/channel/cab`;

/** Bellman's way to change records, with the rooms that votes need. */
export const votingTransact = (db: Database, doorbell: Doorbell = silentDoorbell): Transact =>
  transactor({
    db,
    house: house(parts, reactions, projections),
    doorbell,
  });

/** Fills a database with a CAB of 15 and so many RFCs that are being voted on; returns their ids. */
export async function openHall(db: Database, transact: Transact, howMany: number): Promise<readonly string[]> {
  const users = [...Array.from({ length: MEMBERS }, (_, at) => voter(at + 1)), REQUESTER, MANAGER];
  const store = people.peopleStore(db);
  const persons = new Map<string, string>();
  for (const { platform, user } of users) {
    const asker = {
      platform,
      user,
      handle: user.toLowerCase(),
      name: `Person ${user}`,
      timeZone: 'UTC',
      bot: false,
      guest: false,
    };
    persons.set(user, await store.person(asker));
  }
  const person = (user: string): string => persons.get(user) ?? '';
  const must = async (changes: readonly Change[]): Promise<readonly string[]> => {
    const outcomes = await transact(changes);
    return outcomes.map((outcome) => {
      if (isRefusal(outcome)) throw new Error(`The hall could not be opened: ${JSON.stringify(outcome)}`);
      return 'record' in outcome ? outcome.record : '';
    });
  };
  const org = (command: people.OrgCommand): Change => ({ record: ORG, part: 'org', command, by: BELLMAN });
  await must([org({ type: 'grant', person: person(MANAGER.user), role: 'change-manager' })]);
  await must([org({ type: 'create-board', board: 'CAB', place: BOARD_PLACE, emergency: false })]);
  await must(Array.from({ length: MEMBERS }, (_, at) => org({ type: 'add-member', board: 'CAB', person: person(`U${at + 1}`) })));

  const start = Date.now() + 30 * 86_400_000;
  const requester = person(REQUESTER.user);
  const raise: ChangeCommand = {
    type: 'raise',
    way: 'form',
    fields: {
      title: 'Encrypt customer data at rest',
      description: 'All customer databases of the retail bank are encrypted at rest with keys of our own.',
      category: 'security',
      items: 'customer-db-1, customer-db-2',
      risk: 'A wrong key makes a database unreadable until it is restored from the copy of the night before.',
      impact: 'Ten minutes without online banking',
      benefit: 'Stolen disks tell nothing',
      plan: 'Copy, encrypt the copy, switch over, keep the old one for a week.',
      backout: 'Switch back to the old database.',
      type: 'minor',
      priority: 'medium',
      start,
      end: start + 7_200_000,
      owner: requester,
      implementer: requester,
      links: [],
    },
  };
  const ids: string[] = [];
  for (let from = 0; from < howMany; from += 50) {
    const some = Array.from({ length: Math.min(50, howMany - from) });
    ids.push(
      ...(await must(some.map(() => ({ record: { raise: 'RFC' }, part: 'change', command: raise, by: REQUESTER }) as const))),
    );
    const each = (command: ChangeCommand, by: IdentityRef) =>
      must(ids.slice(from).map((record) => ({ record, part: 'change', command, by })));
    await each({ type: 'submit' }, REQUESTER);
    await each({ type: 'agree', revision: 1 }, MANAGER);
  }
  // The first cards stand in the channel already, so that votes make them dirty.
  await db.sql`update bellman.delivery set state = 'sent', platform = ${PLATFORM}, external_id = id, sent_at = bellman.now()`;
  return ids;
}

const CHOICES: readonly Choice[] = ['approve', 'reject', 'abstain'];

/** The vote number `n` on an RFC: voters take turns, and choose otherwise each time. */
export function voteCommand(n: number): { readonly by: IdentityRef; readonly command: BallotCommand } {
  const choice = CHOICES[Math.floor(n / VOTERS) % CHOICES.length] ?? 'abstain';
  return {
    by: voter((n % VOTERS) + 1),
    command: { type: 'vote', round: 1, choice, reason: choice === 'reject' ? 'Too risky' : '' },
  };
}
