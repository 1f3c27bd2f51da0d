/** What people see of a timeline. */
import { type Card, card, controls, LIMITS, list, picture, shortened, text, type Words } from '../chat/card.ts';
import { lengthOf } from '../chat/history-card.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { drawTimeline, type Named } from './drawing.ts';
import type { Order, Row } from './rows.ts';

/** What title, buttons and the platforms' own signs need of a card. */
const RESERVED = 800;
const TEXT = 400;

/** One row in words, its time first. */
function rowWords({ at, who, words, kind, since }: Row): Words {
  const said = words.map((piece) => (typeof piece === 'string' ? shortened(piece, TEXT) : piece));
  return [
    { time: at },
    ' ',
    who === BELLMAN ? 'Bellman' : { person: who },
    kind === 'kept' ? ' said: ' : ': ',
    ...said,
    ...(since === 'edited' ? [' (edited since)'] : []),
  ];
}

/** As many rows on each page as a card holds on every platform; at least one. */
function pagesOf(rows: readonly Words[]): readonly (readonly Words[])[] {
  const pages: Words[][] = [];
  let left = 0;
  for (const row of rows) {
    const length = lengthOf(row);
    const page = pages.at(-1);
    if (page === undefined || length > left) {
      pages.push([row]);
      left = LIMITS.card - RESERVED - length;
    } else {
      page.push(row);
      left -= length;
    }
  }
  return pages;
}

const PAGE = 'timeline.page';

/** Which page a button leads to. */
export const pageValue = (order: Order, page: number): string => `${order} ${page}`;
export function pageOf(value: string): { readonly order: Order; readonly page: number } {
  const [order, page] = value.split(' ');
  return { order: order === 'newest' ? 'newest' : 'oldest', page: Math.max(1, Number(page) || 1) };
}

/** A page of the timeline; past the last one, the last. */
export function timelineCard(record: RecordId, rows: readonly Row[], order: Order, wanted: number): Card {
  const pages = pagesOf(rows.map(rowWords));
  const page = Math.min(wanted, pages.length);
  const shown = pages[page - 1] ?? [];
  const turn = (label: string, to: number) => ({ label, action: PAGE, record, value: pageValue(order, to) });
  const other: Order = order === 'oldest' ? 'newest' : 'oldest';
  const buttons = [
    ...(page > 1 ? [turn('Back', page - 1)] : []),
    ...(page < pages.length ? [turn('Next', page + 1)] : []),
    { label: other === 'newest' ? 'Newest first' : 'Oldest first', action: PAGE, record, value: pageValue(other, 1) },
  ];
  const of = pages.length > 1 ? `, page ${page} of ${pages.length}` : '';
  return card(`Timeline of ${record}, ${order} first${of}`, [list(...shown), ...(rows.length > 1 ? [controls(...buttons)] : [])]);
}

/** The picture with what it shows in words. */
export function timelinePicture(record: RecordId, title: string, rows: readonly Row[], named: Named): Card {
  const { svg, alternative, before } = drawTimeline(record, title, rows, named);
  return card(`Timeline of ${record}`, [
    picture(svg, alternative),
    ...(before > 0
      ? [text(`${before} earlier ${before === 1 ? 'entry' : 'entries'}: `, { code: `/timeline show ${record}` })]
      : []),
  ]);
}
