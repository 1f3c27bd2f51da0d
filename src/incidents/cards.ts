/** What people see of incidents and problems, which look alike. */
import { type Block, type Card, card, controls, facts, LIMITS, list, shortened, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import { isPrivate } from '../core/reading.ts';
import { type DataClass, type PersonId, type RecordId, USUAL_CLASS } from '../core/record.ts';
import { fittingBeside } from './fitting.ts';
import type { Category, Intake } from './intake.ts';
import type { Priority } from './priority.ts';
import { weightOf } from './raised.ts';
import type { Standing } from './standing.ts';

/** An incident or a problem as its cards need it. */
export interface Shown {
  readonly id: RecordId;
  /** `incident` or `problem`. */
  readonly noun: string;
  readonly intake: Intake;
  readonly standing: Standing;
  readonly priority?: Priority | undefined;
  /** Where it is in its life, where that is more than open or resolved. */
  readonly stage?: string | undefined;
  /** Once it is closed: how, and when. */
  readonly closed?: { readonly category: string; readonly at: Instant } | undefined;
  /** What only records of its kind have, below the facts. */
  readonly more?: readonly Block[];
  readonly raised?: { readonly by: PersonId; readonly at: Instant };
  readonly links: readonly RecordId[];
  readonly class: DataClass;
  /** The channel of its own, once it is made. */
  readonly channel?: string | undefined;
  /** How often it was reported again without an incident. */
  readonly again?: number | undefined;
  /** What helps until it is mended. */
  readonly workaround?: string | undefined;
}

const CATEGORY: Readonly<Record<Category, string>> = {
  hardware: 'hardware',
  software: 'software',
  network: 'network',
  'process-failure': 'process failure',
  'training-issue': 'training issue',
};

const LINKS = 10;

const named = ({ id, intake }: Pick<Shown, 'id' | 'intake'>): string => `${id} ${intake.title}`;

const statusOf = ({
  standing: { status, major },
  stage = status,
  closed,
}: Pick<Shown, 'standing' | 'stage' | 'closed'>): string =>
  closed ? `closed, ${closed.category.replaceAll('-', ' ')}` : major ? `${stage}, major` : stage;

const linkWords = (links: readonly RecordId[], titles: ReadonlyMap<RecordId, string>): readonly Words[] => [
  ...links.slice(0, LINKS).map((id): Words => [{ bold: id }, ` ${shortened(titles.get(id) ?? '', 80)}`]),
  ...(links.length > LINKS ? [[`and ${links.length - LINKS} more`]] : []),
];

/** The record with everything that is known of it. */
export function recordCard(shown: Shown, titles: ReadonlyMap<RecordId, string> = new Map()): Card {
  const { intake, standing, raised, links, class: of } = shown;
  const { category, subCategory, site, impact, urgency, items, details } = intake;
  const incidents = links.filter((link) => link.startsWith('INC-')).length + (shown.again ?? 0);
  const known = [
    facts(
      ['Status', statusOf(shown)],
      ['Priority', `${weightOf(shown)} (impact ${impact}, urgency ${urgency})`],
      ['Owner', standing.owner === undefined ? 'nobody yet' : { person: standing.owner }],
      ...(of === USUAL_CLASS ? [] : [['Class', isPrivate(of) ? `${of}: only its own people see it` : of] as const]),
      ...(category === undefined
        ? []
        : [['Category', [CATEGORY[category], ...(subCategory ? [subCategory] : [])].join(', ')] as const]),
      ...(category === undefined && subCategory ? [['Sub-category', subCategory] as const] : []),
      ...(site ? [['Site', site] as const] : []),
      ...(items === '' ? [] : [['Affected items', items] as const]),
      ...(raised ? [['Raised', { time: raised.at }, ' by ', { person: raised.by }] as const] : []),
      ...(incidents > 0 ? [['Incidents', String(incidents)] as const] : []),
    ),
    ...(shown.more ?? []),
  ];
  const linked = links.length > 0 ? [text({ bold: 'Linked' }), list(...linkWords(links, titles))] : [];
  const texts = [details, shown.workaround, standing.resolution].filter((words) => words);
  const fitting = fittingBeside([...known, ...linked], texts.length);
  return card(
    named(shown),
    [
      ...known,
      ...(details === '' ? [] : [text(fitting(details))]),
      ...(shown.workaround === undefined ? [] : [text({ bold: 'What helps: ' }, fitting(shown.workaround))]),
      ...(standing.resolution === undefined
        ? []
        : [text({ bold: 'Resolved ' }, { time: standing.resolvedAt ?? 0 }, `: ${fitting(standing.resolution)}`)]),
      ...linked,
    ],
    {
      tone: standing.status === 'resolved' ? 'success' : standing.major ? 'danger' : 'neutral',
      summary: `${named(shown)}: ${statusOf(shown)}`,
    },
  );
}

/** Said where it was raised. */
export const raisedCard = (shown: Shown, next: Words): Card => ({
  ...card(`${shown.id} is raised`, [text({ bold: shown.intake.title }, `, priority ${weightOf(shown)}. `, ...next)]),
  summary: `${named(shown)} is raised`,
});

/** For those who look after such records: what is new, and what they can do about it. */
export const newCard = (shown: Shown): Card => {
  const { id, noun } = shown;
  const whole = recordCard(shown);
  const todo = text(
    'It needs an owner: ',
    { code: `/${noun} owner ${id} @x` },
    '. If it is major: ',
    { code: `/${noun} major ${id}` },
    '.',
  );
  const title = `New ${noun}: ${whole.title}`;
  return {
    ...whole,
    title: shortened(title, LIMITS.title),
    blocks: [todo, ...whole.blocks],
    summary: `New ${noun}: ${named(shown)}`,
  };
};

/** To whoever has just become the owner. */
export const ownedCard = (shown: Shown): Card =>
  card(
    `You own ${shown.id}`,
    [
      text(
        `The ${shown.standing.major ? 'major ' : ''}${shown.noun} `,
        { bold: shown.intake.title },
        ' is yours. ',
        ...(shown.standing.major
          ? ['Its plan asks you for the texts that are due: ', { code: `/comms plan ${shown.id}` }, '.']
          : []),
      ),
    ],
    { tone: shown.standing.major ? 'danger' : 'info', summary: `You own ${named(shown)}` },
  );

/** Asks somebody to own it: with buttons while they are asked, without once they answered or were overtaken. */
export function proposalCard(shown: Shown, to: PersonId, root: string): Card {
  const { id, intake, standing, noun } = shown;
  const { proposed, owner } = standing;
  if (proposed?.to !== to) {
    const outcome: Words = owner === to ? ['It is yours.'] : ['You are no longer asked.'];
    return card(`Owner of ${id}`, [text({ bold: intake.title }, ': ', ...outcome)]);
  }
  return card(
    `Will you own ${id}?`,
    [
      text(
        { person: proposed.by },
        ` asks you to own the ${standing.major ? 'major ' : ''}${noun} `,
        { bold: intake.title },
        '. ',
      ),
      text(owner === undefined ? 'Nobody owns it until you accept.' : 'Until you accept, it stays with its owner.'),
      controls(
        { label: 'Accept', action: `${root}.accept-owner`, record: id, style: 'primary' },
        { label: 'Decline', action: `${root}.decline-owner`, record: id },
      ),
    ],
    { tone: 'warning', summary: `Will you own ${named(shown)}?` },
  );
}

/** To whoever raised an incident and to its owner: something helps meanwhile. */
export const workaroundCard = (shown: Shown, problem: RecordId, workaround: string): Card =>
  card(
    `${shown.id}: this helps meanwhile`,
    [text({ bold: shown.intake.title }, `. For ${problem}, to which it belongs, a workaround is known: `, workaround)],
    { tone: 'success', summary: `${named(shown)}: this helps meanwhile. ${workaround}` },
  );

/** One sentence about a record, for those whom it concerns. */
export const noticeCard = (shown: Shown, what: string, ...words: Words): Card =>
  card(`${shown.id} ${what}`, [text({ bold: shown.intake.title }, '. ', ...words)], { summary: `${named(shown)} ${what}` });
