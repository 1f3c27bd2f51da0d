/** Updates on a public page, in words: what stands, what was corrected, what was taken back. Pure. */
import { escaped } from '../chat/written.ts';
import { plainlyIn, saidIn } from './layout.ts';
import type { Entry } from './page-store.ts';

/** `Update 3: Refused connections`, without the part's number of a long one. */
export const titleOf = ({ cards, title }: Entry): string => (cards[0]?.title ?? title).replace(/^\(\d+ of \d+\) /u, '');

const MARKS: Readonly<Record<Exclude<Entry['outcome'], 'stands'>, string>> = {
  corrected: 'Corrected: a later update says what is right.',
  retracted: 'Retracted: this update was taken back and no longer holds.',
};

/** What became of an update since, in a sentence; undefined while it stands. */
export const markOf = ({ outcome }: Entry): string | undefined => (outcome === 'stands' ? undefined : MARKS[outcome]);

/** What an update says, in HTML, with what became of it. What was taken back is not said again. */
export function entryHtml(entry: Entry): string {
  const mark = markOf(entry);
  const marked = mark === undefined ? '' : `<p class="mark">${escaped(mark)}</p>\n`;
  if (entry.outcome === 'retracted') return marked;
  const said = saidIn(entry.cards);
  return entry.outcome === 'corrected' ? `${marked}<div class="quiet">${said}</div>` : said;
}

/** The same as plain text. */
export function entryText(entry: Entry): string {
  const mark = markOf(entry);
  return [...(mark === undefined ? [] : [mark]), ...(entry.outcome === 'retracted' ? [] : [plainlyIn(entry.cards)])].join('\n\n');
}

/** What a record is to the public: all its updates, newest first. */
export interface Matter {
  readonly title: string;
  readonly resolved: boolean;
  readonly entries: readonly Entry[];
}

const OVER = new Set(['resolved', 'normal']);
/** What only mends or delays another update says nothing of how the matter stands. */
const BESIDES = new Set(['correction', 'retraction', 'holding']);

/** The updates by record: what is open first, each in the order of its newest update. */
export function mattersOf(entries: readonly Entry[]): readonly Matter[] {
  const matters = [...Map.groupBy(entries, ({ record }) => record).values()].map((own): Matter => {
    const standing = own.find(({ outcome, phase }) => outcome !== 'retracted' && !BESIDES.has(phase));
    return { title: own[0]?.title ?? '', resolved: standing !== undefined && OVER.has(standing.phase), entries: own };
  });
  return [...matters.filter(({ resolved }) => !resolved), ...matters.filter(({ resolved }) => resolved)];
}
