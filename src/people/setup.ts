/** What an organisation still has to set up before changes can be voted on and updates can leave. */
import type { Words } from '../chat/card.ts';
import { refusalWords } from '../chat/refusals/index.ts';
import { listed } from '../core/inline.ts';
import type { Org } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import { AUDIENCES, audiencesOf, listSize } from './audiences.ts';

export interface Missing {
  readonly what: string;
  readonly mend: Words;
}

/** Press and emergency services start when they are needed, so a place for them may come later. */
const NEEDED_AT_ONCE = AUDIENCES.filter((key) => key !== 'press' && key !== 'emergency-services');
const SMALLEST_BOARD = 2;

/** What can be told from the organisation alone, most needed first. */
export function missingIn(org: Org): readonly Missing[] {
  const missing: Missing[] = [];
  const boards = Object.values(org.boards);
  if (!org.roles['change-manager']?.length) {
    missing.push({ what: 'Nobody reviews RFCs.', mend: ['Grant it: ', { code: '/bellman role grant @x change-manager' }] });
  }
  if (!org.roles['problem-manager']?.length) {
    missing.push({
      what: 'Nobody may declare a major problem.',
      mend: ['Grant it: ', { code: '/bellman role grant @x problem-manager' }],
    });
  }
  for (const [name, emergency] of [
    ['CAB', false],
    ['ECAB', true],
  ] as const) {
    const board = boards.find((known) => known.name === name);
    const create = `/bellman board create ${name} #channel${emergency ? ' emergency' : ''}`;
    if (!board) missing.push({ what: `There is no ${name}.`, mend: ['Create it: ', { code: create }] });
    else if (board.members.length < SMALLEST_BOARD) {
      missing.push({
        what: `${name} has too few members to vote.`,
        mend: ['Add them: ', { code: `/bellman board add ${name} @x` }],
      });
    }
  }
  if (org.auditPlace === undefined) {
    missing.push({
      what: 'Checkpoints of the journal are posted nowhere.',
      mend: ['Say where: ', { code: '/bellman audit channel #channel' }],
    });
  }
  if (!org.roles.communications?.length && NEEDED_AT_ONCE.some((key) => !org.audiences[key]?.releasers.length)) {
    missing.push({
      what: 'Nobody may release updates.',
      mend: ['Grant it: ', { code: '/bellman role grant @x communications' }],
    });
  }
  for (const key of audiencesOf(org)) {
    const { places = [], list, cadence } = org.audiences[key] ?? {};
    if (list && listSize(list, org) === 0) {
      missing.push({
        what: `Nobody is on the list of ${key}.`,
        mend: ['Say who: ', { code: `/bellman audience list ${key} fixed @x` }],
      });
    }
    // One of the organisation's own starts at once where it has a cadence.
    const atOnce = NEEDED_AT_ONCE.some((one) => one === key) || (!AUDIENCES.some((one) => one === key) && cadence !== undefined);
    if (!atOnce || places.length > 0 || list) continue;
    missing.push({ what: `Nothing reaches ${key}.`, mend: ['Say where: ', { code: `/bellman audience set ${key} #channel` }] });
  }
  return missing;
}

/** Places that boards and audiences use, for looking whether we can speak there. */
export const placesOf = (org: Org): readonly string[] => [
  ...new Set([
    ...Object.values(org.boards).map(({ place }) => place),
    ...Object.values(org.audiences).flatMap(({ places, retired }) => (retired ? [] : places)),
    ...(org.auditPlace === undefined ? [] : [org.auditPlace]),
    ...(org.exercisePlaces ?? []),
  ]),
];

/** Something that a platform did not grant to the whole installation. */
export const notGranted = (name: string): Missing => ({
  what: `I was not granted ${name}.`,
  mend: ['Add it to the app where it was made, install the app again, and restart me.'],
});

/** A place that cannot be used, as something that is missing. */
export const closedPlace = (refusal: Refusal): Missing => ({ what: 'A channel is closed to me.', mend: refusalWords(refusal) });

/** Ways out as people call them; with the settings that connect those that need some. */
const WAYS: readonly (readonly [platform: string, label: string, settings?: string])[] = [
  ['slack', 'Slack'],
  ['discord', 'Discord'],
  ['console', 'the console'],
  ['email', 'e-mail', 'SMTP_URL and MAIL_FROM'],
  ['webhook', 'webhooks', 'WEBHOOK_SECRET'],
  ['status', 'the status page'],
  ['press', 'press statements'],
  ['call', 'calls by hand'],
];

/** By which ways updates can leave, and what an operator sets for the others. */
export function waysWords(connected: readonly string[]): Words {
  const here = WAYS.filter(([platform]) => connected.includes(platform)).map(([, label]) => label);
  const away = WAYS.flatMap(([platform, label, settings]) =>
    settings === undefined || connected.includes(platform) ? [] : [`${label} (${settings})`],
  );
  return [
    'Updates can leave by ',
    ...listed(here),
    '.',
    ...(away.length === 0 ? [] : [' Not connected: ', ...listed(away), '; an operator sets that.']),
  ];
}
