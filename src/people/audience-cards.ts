/** What people see of audiences: where they are told, by whom, how often, and who is on their lists. */

import { cadenceWords, quietWords } from '../chat/cadence-words.ts';
import { type Block, type Card, card, controls, facts, list, text, type Words } from '../chat/card.ts';
import { refusalWords } from '../chat/refusals/index.ts';
import { someOf } from '../core/inline.ts';
import { type Audience, type AudienceList, ORG, type Org, type PersonId } from '../core/record.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { audiencesOf } from './audiences.ts';
import { names, SHOWN } from './cards.ts';
import type { ReadList, WrongRow } from './csv.ts';
import type { Member, StoredList } from './list-store.ts';

const placesWords = (places: readonly string[]): Words =>
  someOf(
    places.map((place) => ({ place })),
    SHOWN,
    'nowhere yet',
  );

/** `1 person`, `214 people`. */
const people = (count: number): string => `${count} ${count === 1 ? 'person' : 'people'}`;

/** Who a list is, in a sentence. */
function listWords(known: AudienceList | undefined): Words {
  if (!known) return ['no list'];
  switch (known.kind) {
    case 'role':
      return ['whoever holds the role ', { bold: known.of }];
    case 'board':
      return ['the members of board ', { bold: known.of }];
    case 'group':
      return [`${people(known.count)}, from the group `, { place: known.of }];
    case 'fixed':
      return [`${known.count} named one by one`];
    case 'csv':
      return [`${people(known.count)}, from a CSV`];
    default:
      return known.kind satisfies never;
  }
}

const LIST_GOES = 'New plans tell the list too; a plan that runs gets it as a destination: ';

/** What the lines of one audience start with. */
export const audienceCard = (audience: Audience | undefined, key: string, communications: readonly PersonId[]): Card =>
  card(`Audience ${key}${audience?.label === undefined ? '' : `: ${audience.label}`}`, [
    ...(audience?.retired ? [text({ bold: 'Retired: ' }, 'new plans do not have it.')] : []),
    facts(
      ['Told in', ...placesWords(audience?.places ?? [])],
      ['List', ...listWords(audience?.list)],
      ['Released by', ...names(audience?.releasers.length ? audience.releasers : communications)],
      ['Written by', ...(audience?.author === undefined ? ['the owner of the record'] : [{ person: audience.author }])],
      [
        'Due',
        audience?.cadence === undefined
          ? 'as the template says'
          : cadenceWords(audience.cadence).replace(/^./u, (first) => first.toLowerCase()),
      ],
      ...(audience?.quiet === undefined ? [] : [['Not told', quietWords(audience.quiet)] as const]),
      ...(audience?.class === undefined ? [] : [['Class', audience.class] as const]),
      ...(audience?.zone === undefined ? [] : [['Time zone', audience.zone] as const]),
      ...(audience?.language === undefined ? [] : [['Language', audience.language] as const]),
    ),
    ...(audience?.list ? [text(LIST_GOES, { code: `list:${key}` }, '.')] : []),
    text('New plans start with this; plans that run already keep what they have.'),
  ]);

/** Where each audience is told. */
export const audiencesCard = (org: Org): Card =>
  card('Audiences', [
    list(
      ...audiencesOf(org).map((key): Words => {
        const { label, places = [], list: known } = org.audiences[key] ?? {};
        return [
          { bold: key },
          ...(label === undefined ? [] : [` (${label})`]),
          ': ',
          ...(known && places.length === 0 ? [] : placesWords(places)),
          ...(known ? [places.length === 0 ? '' : '; ', ...listWords(known)] : []),
        ];
      }),
    ),
  ]);

/** Who is on a list: the first of them, and how many there are. */
export const membersCard = (
  key: string,
  known: AudienceList | undefined,
  members: readonly Member[],
  read: readonly PersonId[],
): Card =>
  card(`List of ${key}`, [
    text(
      ...(known
        ? [...listWords(known), '.']
        : ['There is no list yet. Make one: ', { code: `/bellman audience list ${key} fixed @x` }, '.']),
      ...(known && known.count + read.length === 0 ? [{ bold: ' Nobody is on it now.' } as const] : []),
    ),
    ...(members.length === 0
      ? []
      : [
          list(
            ...members.map(
              ({ place, name, unsubscribedAt }): Words => [
                { place },
                name === null ? '' : `, ${name}`,
                unsubscribedAt === null ? '' : ' (unsubscribed)',
              ],
            ),
          ),
        ]),
    ...(read.length > 0 ? [text('Now: ', ...names(read), '.')] : []),
    ...(known && members.length < known.count ? [text(`Shown are the first ${members.length} of ${known.count}.`)] : []),
  ]);

const WHY: Readonly<Record<WrongRow['why'], string>> = {
  'no address': 'has no e-mail address',
  'not an address': 'is no e-mail address',
  phone: 'is no phone number',
  language: 'is no language (write de, en-GB)',
  zone: 'is no time zone (write Europe/Berlin)',
  'too many columns': 'has more columns than the heading',
  'name too long': 'is too long for a name',
};

/** More than this many rows are counted instead of named. */
const ROWS_NAMED = 15;

/** What is wrong with the rows of a CSV, row by row, up to so many. */
export const wrongRows = ({ wrong }: Pick<ReadList, 'wrong'>, most = ROWS_NAMED): readonly string[] => [
  ...wrong.slice(0, most).map(({ row, said, why }) => `Row ${row}: ${said === '' ? 'it' : `"${said}"`} ${WHY[why]}.`),
  ...(wrong.length > most ? [`And ${wrong.length - most} more.`] : []),
];

/** Rows whose address stood before, up to fifteen. */
const twice = ({ duplicates }: Pick<ReadList, 'duplicates'>): string =>
  duplicates.length === 0
    ? ''
    : ` Twice: ${duplicates
        .slice(0, ROWS_NAMED)
        .map(({ row, said }) => `${said} (row ${row})`)
        .join(', ')}${duplicates.length > ROWS_NAMED ? `, and ${duplicates.length - ROWS_NAMED} more` : ''}.`;

/** How many rows were what: the figures add up to the rows. */
export const countsOf = (read: ReadList): string =>
  `${read.rows} rows: ${read.members.length} can be told, ${read.duplicates.length} stand twice, ${read.wrong.length} cannot be used.`;

/** What a CSV holds, before anything is done with it: the button takes what is right. */
export const stagedCard = (key: string, read: ReadList, stored: StoredList, before: AudienceList | undefined): Card =>
  card(
    `Use this list for ${key}?`,
    [
      text(
        countsOf(read),
        twice(read),
        stored.unsubscribed > 0 ? ` ${stored.unsubscribed} unsubscribed before and stay so.` : '',
        ' Nothing is changed yet.',
      ),
      ...(read.wrong.length > 0 ? [list(...wrongRows(read).map((row): Words => [row]))] : []),
      text(...(before ? ['It takes the place of ', ...listWords(before), '.'] : ['It is the first list of this audience.'])),
      controls({
        label: `Use these ${read.members.length}`,
        action: 'audience.use-list',
        record: ORG,
        value: `${stored.version}-${before?.version ?? 0}-${key}`,
        style: 'primary',
      }),
    ],
    { tone: read.wrong.length > 0 ? 'warning' : 'info' },
  );

/** What a refresh of lists found: those that changed, and those whose platform did not say. */
export const refreshedCard = (
  changed: readonly { readonly audience: string; readonly list: AudienceList }[],
  troubles: readonly Refusal[],
): Card => {
  const blocks: readonly Block[] = [
    ...(changed.length === 0 && troubles.length === 0 ? [text('Everybody who is on them still is; nothing was changed.')] : []),
    ...(changed.length === 0
      ? []
      : [
          list(
            ...changed.map(
              ({ audience, list: known }): Words => [
                { bold: audience },
                `: ${people(known.count)} now`,
                known.count === 0 ? ', so nobody is told' : '',
                '.',
              ],
            ),
          ),
        ]),
    ...troubles.filter(isRefusal).map((trouble) => text(...refusalWords(trouble))),
  ];
  return card('Lists looked at again', blocks, { tone: troubles.length > 0 ? 'warning' : 'info' });
};

/** To admins and communications: an audience that nobody hears of any more. */
export const emptyListCard = (key: string): Card =>
  card(
    `Nobody is on the list of ${key}`,
    [
      text(
        'Whoever was in its group has left, so its updates reach nobody by it. Name another list: ',
        { code: `/bellman audience list ${key} group @group` },
        '.',
      ),
    ],
    { tone: 'danger' },
  );
