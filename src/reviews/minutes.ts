/** The minutes of a review as a document, in Markdown and HTML: what was gone through, decided and is to be done. Pure. */
import { escaped } from '../chat/drawing.ts';
import type { Words } from '../core/inline.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { agendaOf } from './agenda.ts';
import type { Review } from './review.ts';

export const FORMATS = ['md', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** How a format writes what a document is made of; each takes plain text and escapes it. */
interface Writer {
  readonly title: (said: string) => string;
  readonly heading: (said: string) => string;
  readonly paragraphs: (said: string) => string;
  readonly items: (said: readonly string[]) => string;
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[]) => string;
  readonly whole: (title: string, parts: readonly string[]) => string;
}

/** Nothing that somebody wrote is mark-up, and a line stays a line. */
const plain = (said: string): string =>
  said
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\\`*_{}[\]<>#+!|~]/gu, '\\$&')
    .trim();
const cells = (row: readonly string[]): string => `| ${row.map(plain).join(' | ')} |`;

const markdown: Writer = {
  title: (said) => `# ${plain(said)}`,
  heading: (said) => `## ${plain(said)}`,
  paragraphs: (said) =>
    said
      .split(/\n\s*\n/u)
      .map((one) => one.split('\n').map(plain).join('  \n'))
      .join('\n\n'),
  items: (said) => said.map((one) => `- ${plain(one)}`).join('\n'),
  table: (head, rows) => [cells(head), cells(head.map(() => '---')).replaceAll('\\', ''), ...rows.map(cells)].join('\n'),
  whole: (_title, parts) => `${parts.join('\n\n')}\n`,
};

const STYLE =
  'body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1b1f24}table{border-collapse:collapse}th,td{border:1px solid #8c959f;padding:.3em .6em;text-align:left}';

const html: Writer = {
  title: (said) => `<h1>${escaped(said)}</h1>`,
  heading: (said) => `<h2>${escaped(said)}</h2>`,
  paragraphs: (said) =>
    said
      .split(/\n\s*\n/u)
      .map((one) => `<p>${escaped(one).replaceAll('\n', '<br>')}</p>`)
      .join('\n'),
  items: (said) => `<ul>\n${said.map((one) => `<li>${escaped(one)}</li>`).join('\n')}\n</ul>`,
  table: (head, rows) =>
    [
      '<table>',
      `<tr>${head.map((one) => `<th scope="col">${escaped(one)}</th>`).join('')}</tr>`,
      ...rows.map((row) => `<tr>${row.map((one) => `<td>${escaped(one)}</td>`).join('')}</tr>`),
      '</table>',
    ].join('\n'),
  whole: (title, parts) =>
    `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>\n<body>\n${parts.join('\n')}\n</body>\n</html>\n`,
};

const WRITERS: Readonly<Record<Format, Writer>> = { md: markdown, html };

/** How the reader of a document reads people and times: names, and the zone that is named with each time. */
export interface Reading {
  readonly nameOf: (person: PersonId) => string;
  readonly timeOf: (at: Instant) => string;
}

const spoken = (words: Words, { nameOf, timeOf }: Reading): string =>
  words
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('bold' in piece) return piece.bold;
      if ('code' in piece) return piece.code;
      if ('time' in piece) return timeOf(piece.time);
      if ('label' in piece) return piece.label;
      return 'person' in piece ? nameOf(piece.person) : piece.place;
    })
    .join('');

/** The people whom a document names. */
export const namedIn = ({ people, by, actions, decisions, minutes, timeline }: Review): readonly PersonId[] => [
  ...new Set([
    by,
    ...people,
    ...actions.flatMap(({ owner, done }) => [owner, ...(done ? [done.by] : [])]),
    ...decisions.map((one) => one.by),
    ...(minutes ? [minutes.by] : []),
    ...timeline.flatMap(({ lines }) =>
      lines.flatMap((words) => words.flatMap((piece) => (typeof piece !== 'string' && 'person' in piece ? [piece.person] : []))),
    ),
  ]),
];

/** The whole document. */
export function minutesOf(id: RecordId, review: Review, format: Format, reading: Reading): string {
  const write = WRITERS[format];
  const { nameOf, timeOf } = reading;
  const { kind, of, title, when, by, people, timeline, actions, decisions, minutes } = review;
  const name = `${id}: ${kind} review of ${of} ${title}`;
  const parts = [
    write.title(name),
    write.items([`Met: ${timeOf(when)}`, `Called by: ${nameOf(by)}`, `Invited: ${people.map(nameOf).join(', ')}`]),
    write.heading('Agenda'),
    write.items(agendaOf(kind)),
    write.heading('Minutes'),
    ...(minutes
      ? [write.paragraphs(minutes.text), write.paragraphs(`Written by ${nameOf(minutes.by)}, ${timeOf(minutes.at)}.`)]
      : [write.paragraphs('There are none yet.')]),
    ...(decisions.length > 0
      ? [
          write.heading('Settled by the problem manager'),
          write.items(decisions.map(({ text, by: who, at }) => `${timeOf(at)}, ${nameOf(who)}: ${text}`)),
        ]
      : []),
    write.heading('Actions'),
    actions.length === 0
      ? write.paragraphs('None.')
      : write.table(
          ['No.', 'Action', 'Owner', 'Due', 'Done'],
          actions.map(({ number, what, owner, due, done }) => [
            String(number),
            what,
            nameOf(owner),
            timeOf(due),
            done ? `${timeOf(done.at)}, ${nameOf(done.by)}` : 'not yet',
          ]),
        ),
    ...timeline.flatMap(({ heading, lines }) => [
      write.heading(`Timeline: ${heading}`),
      write.items(lines.map((words) => spoken(words, reading))),
    ]),
  ];
  return write.whole(name, parts);
}
