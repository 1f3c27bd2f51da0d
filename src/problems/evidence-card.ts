/** What those who may see it read of the evidence of a record. */
import { type Card, card, facts, list, shortened, text, type Words } from '../chat/card.ts';
import { newest } from '../chat/history-card.ts';
import type { RecordId } from '../core/record.ts';
import type { Evidence, Item } from './evidence.ts';

const row = ({ number, what, kept, sha256, by, at }: Item): Words => [
  { bold: `${number}. ${shortened(what, 100)}` },
  ` kept at ${shortened(kept, 100)}, `,
  { time: at },
  ' by ',
  { person: by },
  ', SHA-256 ',
  { code: sha256 },
];

/** The items, newest last, as many as fit; one alone can be asked for by its number. */
export function evidenceCard(id: RecordId, { items }: Evidence): Card {
  const { rows, before } = newest(items, row);
  const more = { code: `/evidence show ${id} 1` };
  return card(
    `Evidence of ${id}`,
    items.length === 0
      ? [text('Nothing is kept yet. ', { code: `/evidence add ${id}` }, ' adds an item.')]
      : [
          ...(before > 0 ? [text(`${before} earlier ${before === 1 ? 'item' : 'items'}; each by its number: `, more, '.')] : []),
          list(...rows),
          text('Nothing of it can be changed or taken out. One whole: ', more, '.'),
        ],
    { summary: `Evidence of ${id}: ${items.length} ${items.length === 1 ? 'item' : 'items'}` },
  );
}

const CONTENT = 2000;

/** One item, whole. */
export const itemCard = (id: RecordId, { number, what, kept, content, sha256, by, at }: Item): Card =>
  card(
    `Evidence ${number} of ${id}`,
    [
      text(what),
      facts(['Kept at', kept], ['SHA-256', { code: sha256 }], ['Added', { time: at }, ' by ', { person: by }]),
      ...(content === undefined
        ? []
        : [
            text({ code: shortened(content, CONTENT) }),
            ...(content.length > CONTENT ? [text('Its beginning; the export has the whole.')] : []),
          ]),
    ],
    { summary: `Evidence ${number} of ${id}: ${what}` },
  );
