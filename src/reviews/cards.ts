/** What people see of reviews: invitations, the timeline before the meeting, actions with their button, and the whole. */
import { type Card, type Control, card, facts, LIMITS, list, rowOf, shortened, text, type Words } from '../chat/card.ts';
import { lengthOf } from '../chat/history-card.ts';
import { listed } from '../core/inline.ts';
import type { RecordId } from '../core/record.ts';
import { agendaOf } from './agenda.ts';
import { type Action, actionOf, type Review, type Section } from './review.ts';

/** What a card keeps free for its title and the platforms' own signs. */
const RESERVED = 900;
/** More cards than this nobody reads before a meeting. */
const MOST_CARDS = 8;
const SHOWN_ACTIONS = 12;
const TEXT = 900;

const named = ({ kind, of, title }: Review): string => `${kind} review of ${of} ${title}`;
const numbered = (points: readonly string[]): readonly Words[] => points.map((point, at): Words => [`${at + 1}. ${point}`]);
const people = (ids: readonly string[]): Words => listed(ids.map((person) => ({ person })));

/** To everybody who is invited: when, about what, what will be gone through. */
export const invitationCard = (id: RecordId, review: Review): Card =>
  card(
    `You are invited: ${named(review)}`,
    [
      facts(['When', { time: review.when }], ['Called by', { person: review.by }], ['With', ...people(review.people)]),
      text({ bold: 'Agenda' }),
      list(...numbered(agendaOf(review.kind))),
      text('The timeline comes to you a day before, or at once where the meeting is sooner. Where it stands: ', {
        code: `/review show ${id}`,
      }),
    ],
    { tone: 'info', summary: `You are invited: ${named(review)}` },
  );

/** To whom a major record belonged, once it is over. */
export const overCard = (of: RecordId, title: string): Card =>
  card(
    `${of} is over: call its review`,
    [
      text(
        { bold: title },
        ' was major. While everybody remembers: ',
        { code: `/review schedule ${of}` },
        ' invites who took part.',
      ),
    ],
    { summary: `${of} ${title} is over: call its review` },
  );

/** The timeline in as many cards as it needs, up to a number; the last says what was left out. */
export function timelineCards(id: RecordId, review: Review): readonly Card[] {
  const rows = review.timeline.flatMap(({ heading, lines }) => lines.map((words) => ({ heading, words })));
  if (rows.length === 0) return [card(`Timeline for ${id}`, [text(`Nothing is noted of ${review.of} yet.`)])];
  const pages: Section[][] = [[]];
  let room = LIMITS.card - RESERVED;
  for (const { heading, words } of rows) {
    const length = lengthOf(words);
    if (length > room && pages.at(-1)?.length) {
      pages.push([]);
      room = LIMITS.card - RESERVED;
    }
    room -= length;
    const page = pages.at(-1) ?? [];
    const last = page.at(-1);
    if (last?.heading === heading) page[page.length - 1] = { heading, lines: [...last.lines, words] };
    else page.push({ heading, lines: [words] });
  }
  const shown = pages.slice(0, MOST_CARDS);
  const left = pages
    .slice(MOST_CARDS)
    .flat()
    .reduce((sum, { lines }) => sum + lines.length, 0);
  return shown.map((page, at) =>
    card(
      `Timeline for the ${named(review)}${shown.length > 1 ? `, ${at + 1} of ${shown.length}` : ''}`,
      [
        ...(at === 0 ? [text('The meeting is at ', { time: review.when }, '. Read it before; say there what is missing.')] : []),
        ...page.flatMap(({ heading, lines }) => [text({ bold: heading }), list(...lines)]),
        ...(at === shown.length - 1 && left > 0
          ? [text(`And ${left} more entries: `, { code: `/bellman audit show ${review.of}` }, ' for the auditor.')]
          : []),
      ],
      { summary: `Timeline for ${id}, the ${named(review)}` },
    ),
  );
}

const actionWords = ({ number, what, owner, due, done }: Action): Words => [
  { bold: `${number}. ` },
  `${shortened(what, 160)}, `,
  { person: owner },
  ...(done ? [', done ', { time: done.at }] : [', due ', { time: due }]),
];

/** To whoever has to do it: with its button until it is done, and who did it from then on. */
export function actionCard(id: RecordId, review: Review, number: number): Card {
  const action = actionOf(review, number);
  if (!action) return card(`${id} has no action ${number}`);
  const { what, due, done, chased } = action;
  const title = done ? `Done: action ${number} of ${id}` : `${chased > 0 ? 'Still to do' : 'To do'}: action ${number} of ${id}`;
  return card(
    title,
    [
      text({ bold: shortened(what, TEXT) }),
      done
        ? text({ person: done.by }, ' said so ', { time: done.at }, '.')
        : text('Due ', { time: due }, `, from the ${named(review)}.`),
      ...rowOf(done ? [] : [{ label: 'Done', action: 'review.done', record: id, value: String(number), style: 'primary' }]),
    ],
    { tone: done ? 'success' : chased > 0 ? 'warning' : 'info', summary: `${title}: ${what}` },
  );
}

/** A day or more over time. */
export const overdueCard = (id: RecordId, review: Review, { number, what, owner, due }: Action): Card =>
  card(`Overdue: action ${number} of ${id}`, [
    text(
      { person: owner },
      ' has not done ',
      { bold: shortened(what, TEXT) },
      ', due ',
      { time: due },
      `, from the ${named(review)}.`,
    ),
  ]);

/** One sentence to those who take part. */
export const noticeCard = (id: RecordId, review: Review, what: string, ...words: Words): Card =>
  card(`${id} ${what}`, [text({ bold: named(review) }, '. ', ...words)], { summary: `${id} ${what}: ${named(review)}` });

const STATUS: Readonly<Record<Review['status'], string>> = {
  none: 'not called',
  planned: 'called; its timeline is not sent yet',
  prepared: 'called; its timeline is sent',
  closed: 'closed',
};

/** The review with everything that is known of it. */
export function reviewCard(id: RecordId, review: Review): Card {
  const { status, when, by, kind, actions, decisions, minutes } = review;
  const exporting: readonly Control[] = [
    { label: 'Minutes as Markdown', action: 'review.file', record: id, value: 'md' },
    { label: 'Minutes as HTML', action: 'review.file', record: id, value: 'html' },
  ];
  const open = actions.filter(({ done }) => !done);
  const order = [...open, ...actions.filter(({ done }) => done)];
  return card(
    `${id}: ${named(review)}`,
    [
      facts(
        ['Status', STATUS[status]],
        ['When', { time: when }],
        ['Called by', { person: by }],
        ['With', ...people(review.people)],
        ['Actions', `${open.length} open of ${actions.length}`],
      ),
      ...(status === 'closed' ? [] : [text({ bold: 'Agenda' }), list(...numbered(agendaOf(kind)))]),
      ...(actions.length > 0 ? [text({ bold: 'Actions' }), list(...order.slice(0, SHOWN_ACTIONS).map(actionWords))] : []),
      ...decisions
        .slice(-3)
        .map(({ text: said, by: who, at }) =>
          text({ bold: 'Settled by ' }, { person: who }, ' ', { time: at }, `: ${shortened(said, 300)}`),
        ),
      ...(minutes ? [text({ bold: 'Minutes: ' }, shortened(minutes.text, 600))] : []),
      ...rowOf(exporting),
    ],
    { tone: status === 'closed' ? 'success' : 'neutral', summary: `${id}: ${named(review)}, ${STATUS[status]}` },
  );
}
