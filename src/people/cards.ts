/** What people see of roles, boards and the setup. */
import { type Card, card, controls, facts, list, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import { someOf } from '../core/inline.ts';
import type { Board, Org, PersonId, Role } from '../core/record.ts';
import type { Alarm } from './alarms.ts';
import type { BoardSetting } from './boards.ts';
import type { Missing } from './setup.ts';

/** More than this many are counted instead of shown. */
export const SHOWN = 40;

/** Persons in a sentence: all up to forty, then a count. */
export const names = (people: readonly PersonId[]): Words =>
  someOf(
    people.map((person) => ({ person })),
    SHOWN,
    'nobody yet',
  );

/** Somebody holds a role now. */
export const grantedCard = (person: PersonId, role: Role, by: PersonId): Card =>
  card('Role granted', [text({ person }, ' now holds the role ', { bold: role }, ', granted by ', { person: by }, '.')], {
    summary: `The role ${role} was granted`,
  });

/** Somebody holds a role no longer. */
export const revokedCard = (person: PersonId, role: Role, by: PersonId): Card =>
  card('Role revoked', [text({ person }, ' no longer holds the role ', { bold: role }, ', revoked by ', { person: by }, '.')], {
    summary: `The role ${role} was revoked`,
  });

/** Somebody has left. */
export const deactivatedCard = (person: PersonId): Card =>
  card(
    'Deactivated',
    [text({ person }, ' holds no role, sits on no board and cannot act any more. Votes in open ballots were taken out.')],
    {
      summary: 'Somebody was deactivated',
    },
  );

/** Somebody is back. */
export const activatedCard = (person: PersonId): Card =>
  card(
    'Activated',
    [
      text(
        { person },
        ' can act again. Roles and seats are given anew: ',
        { code: '/bellman role grant' },
        ', ',
        { code: '/bellman board add' },
        '.',
      ),
    ],
    {
      summary: 'Somebody was activated again',
    },
  );

/** To grant what is held, or to revoke what is not, changes nothing. */
export const asItWasCard = (person: PersonId, role: Role, holds: boolean): Card =>
  card('As it was', [
    text(
      { person },
      holds ? ' holds the role ' : ' does not hold the role ',
      { bold: role },
      holds ? ' already, so nothing was changed.' : ', so nothing was changed.',
    ),
  ]);

/** Who holds which role. */
export const rolesCard = (org: Org): Card =>
  card('Roles', [
    list(...Object.entries(org.roles).map(([role, holders]): Words => [{ bold: role }, ': ', ...names(holders ?? [])])),
  ]);

/** On an emergency board any two suffice, or the one who is on call (design section 7, rule 8). */
function thresholdWords({ emergency, threshold, onCall }: Board): string {
  if (!emergency) return threshold;
  const two = onCall === undefined ? 'any two approvals' : "any two approvals, or the on-call's";
  return threshold === 'any' ? two : `${two}, and ${threshold}`;
}

/** A board: its members and rules. */
export const boardCard = (board: Board): Card =>
  card(`Board ${board.name}`, [
    facts(
      ['Meets in', { place: board.place }],
      ['Votes on', board.emergency ? 'emergency changes' : 'all changes but standard and emergency ones'],
      ['Members', ...names(board.members)],
      ['Quorum', board.quorum === undefined ? 'half of those who may vote, rounded up, at least 2' : String(board.quorum)],
      ['Threshold', thresholdWords(board)],
      ['Time to vote', spanWords(board.deadline)],
      ...(board.review === undefined ? [] : [['Time to review', spanWords(board.review)] as const]),
      ['Mandatory roles', board.mandatory.length === 0 ? 'none' : board.mandatory.join(', ')],
      ...(board.onCall === undefined ? [] : [['On call', { person: board.onCall }] as const]),
    ),
  ]);

/** The rule that was set, as it is now. */
export function settingWords(set: BoardSetting): Words {
  switch (set.setting) {
    case 'quorum':
      return [`Its quorum is now ${set.quorum}.`];
    case 'threshold':
      return [`Its threshold is now ${set.threshold}.`];
    case 'deadline':
      return [`Its time to vote is now ${spanWords(set.deadline)}.`];
    case 'review':
      return [`Its time to review is now ${spanWords(set.review)}.`];
    case 'oncall':
      return ['On call is now ', { person: set.onCall }, '.'];
    case 'mandatory':
      return [`Its mandatory roles are now ${set.mandatory.length === 0 ? 'none' : set.mandatory.join(', ')}.`];
    default:
      return set satisfies never;
  }
}

/** To the other admins: what changed on a board. */
export const boardChangedCard = (board: string, what: Words, by: PersonId): Card =>
  card(`Board ${board} changed`, [text(...what, ' Changed by ', { person: by }, '.')], {
    summary: `The rules of board ${board} changed`,
  });

/** To whoever delegated a vote. */
export const delegatedCard = (to: PersonId, until: number): Card =>
  card('Vote delegated', [
    text(
      { person: to },
      ' votes for you until ',
      { time: until },
      ', and releases updates for you where you may. A vote of your own in a ballot ends it for that ballot.',
    ),
  ]);

/** The one-time code that joins another account. */
export const codeCard = (code: string): Card =>
  card('Join another account', [
    text(
      'On the other platform say ',
      { code: `/bellman link ${code}` },
      ' within ten minutes. The code works once; show it to nobody.',
    ),
  ]);

/** To whoever joined two accounts. */
export const identityJoinedCard = (person: PersonId, platform: string): Card =>
  card('Accounts joined', [text('Your ', { bold: platform }, ' account and ', { person }, ' are one person from now on.')]);

/** To the admins: two accounts are one person from now on. */
export const identityJoinedNotice = (person: PersonId, platform: string, by: PersonId): Card =>
  card('Accounts joined', [text({ person }, ' joined a ', platform, ' account (until now ', { person: by }, ').')]);

const ALERTS: Words = ['Monitoring systems can raise incidents: ', { code: '/bellman alerts add prometheus alertmanager' }, '.'];

/** What is still missing, each with the way to mend it. */
export const setupCard = (missing: readonly Missing[], ways: Words = []): Card =>
  missing.length === 0
    ? card(
        'Bellman is set up',
        [
          text('Board, releasers and destinations are there. ', { code: '/rfc new' }, ' raises the first change.'),
          ...(ways.length === 0 ? [] : [text(...ways)]),
          text(...ALERTS),
        ],
        { tone: 'success' },
      )
    : card(
        `Setup: ${missing.length} ${missing.length === 1 ? 'thing is' : 'things are'} missing`,
        [
          list(...missing.map(({ what, mend }): Words => [{ bold: what }, ' ', ...mend])),
          ...(ways.length === 0 ? [] : [text(...ways)]),
          text(...ALERTS),
          controls({ label: 'Look again', action: 'setup.look', record: 'ORG-1' }),
        ],
        { tone: 'info' },
      );

/** Where checkpoints are posted from now on. */
export const auditPlaceCard = (place: string): Card =>
  card('Audit channel', [
    text(
      'Signed checkpoints of the journal are posted in ',
      { place },
      ' from now on. Keep it where the database’s owner cannot edit it.',
    ),
  ]);

const ALARM_WORDS: Readonly<Record<Alarm, string>> = {
  'list-not-refreshed': 'A list of an audience could not be looked at again',
  'timer-parked': 'Something that was due failed five times and is parked',
  'delivery-failed': 'A message could not be delivered',
  'delivery-unsure': 'Nobody can tell whether a message arrived',
  'janitor-removed-twins': 'A message had arrived twice; the later one was removed',
};

/** To the admins: what Bellman could not do by itself. */
export const alarmCard = (alarm: Alarm, about: string, detail: string): Card =>
  card(ALARM_WORDS[alarm], [facts(['About', about], ['What happened', detail])], {
    tone: 'danger',
    summary: `${ALARM_WORDS[alarm]} (${about})`,
  });
