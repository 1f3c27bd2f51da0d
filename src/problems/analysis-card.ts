/** What people see of a problem's analysis: the table, the possible causes, the fishbone. */
import { type Block, type Card, card, facts, LIMITS, list, shortened, text, type Words } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import { type Analysis, cellOf, type PossibleCause, QUESTIONS, type Question, type Result } from './analysis.ts';
import { fishbone, fishboneWords } from './fishbone.ts';

const QUESTION: Readonly<Record<Question, string>> = { what: 'What', where: 'Where', when: 'When', extent: 'How big' };
const RESULT: Readonly<Record<Result, string>> = {
  'explains-it': 'explains it',
  'does-not-explain-it': 'does not explain it',
  'not-known-yet': 'not known yet',
};
/** What a test showed, in words. */
export const resultWords = (result: Result): string => RESULT[result];
/** Longer texts are shown up to here; the form has the whole. */
const CELL = 180;
const SHOWN = 8;

const said = (words: string): string => (words === '' ? 'not said yet' : shortened(words, CELL));

const suspectWords = ({ cause, by, test, result }: PossibleCause): Words => [
  { bold: shortened(cause, CELL) },
  ` ${resultWords(result)}`,
  ...(test === undefined ? [] : [`; test: ${shortened(test, CELL)}`]),
  '. Named by ',
  { person: by },
];

function suspects({ suspects: all }: Analysis): readonly Block[] {
  if (all.length === 0) return [];
  const more = all.length > SHOWN ? [[`and ${all.length - SHOWN} earlier`]] : [];
  return [text({ bold: 'Possible causes' }), list(...more, ...all.slice(-SHOWN).map(suspectWords))];
}

/** The table with what is and is not so, possible causes with their tests, and the true cause once it is known. */
export function analysisCard(id: RecordId, title: string, analysis: Analysis): Card {
  const { cause } = analysis;
  return card(
    `Analysis of ${id} ${title}`,
    [
      ...(cause
        ? [
            text(
              { bold: 'True cause: ' },
              shortened(cause.text, 600),
              ' Found ',
              { time: cause.at },
              ' by ',
              { person: cause.by },
              '.',
            ),
          ]
        : []),
      facts(
        ...QUESTIONS.flatMap((question) => [
          [`${QUESTION[question]}: is`, said(cellOf(analysis, `${question}-is`))] as const,
          [`${QUESTION[question]}: is not`, said(cellOf(analysis, `${question}-not`))] as const,
        ]),
      ),
      ...suspects(analysis),
      text(
        'Fill in: ',
        { code: `/problem analyse ${id}` },
        '. Name a cause: ',
        { code: `/problem suspect ${id}` },
        '. Draw it: ',
        { code: `/problem fishbone ${id}` },
        '.',
      ),
    ],
    { tone: cause ? 'success' : 'info', summary: `Analysis of ${id} ${title}${cause ? `. True cause: ${cause.text}` : ''}` },
  );
}

/** To those in the group that a branch was given to. */
export const branchGivenCard = (id: RecordId, title: string, branch: string, group: string): Card =>
  card(`${group} looks into ${branch}, ${id}`, [
    text(
      `This branch of the fishbone of `,
      { bold: title },
      ' is yours. Add what you find: ',
      { code: `/problem branch ${id} ${branch}: what you found` },
      '.',
    ),
  ]);

/** The fishbone as a picture, with its words for whoever cannot see it. */
export function fishboneCard(id: RecordId, title: string, { branches }: Analysis): Card {
  const more = text(
    'Add to it: ',
    { code: `/problem branch ${id} People: nobody was told` },
    '. Give a branch to a resolver group: ',
    { code: `/problem branch ${id} People -> network-team` },
    '.',
  );
  const alternative = shortened(fishboneWords(title, branches), LIMITS.text);
  return card(
    `Fishbone of ${id}`,
    branches.length === 0
      ? [text('It has no branch yet.'), more]
      : [{ kind: 'picture', svg: fishbone(title, branches), alternative }, more],
    { summary: alternative },
  );
}
