/** Lists of records, newest first; they look alike in every room. */
import type { Listed } from '../core/records.ts';
import { type Card, card, list, shortened, text, type Words } from './card.ts';

/** So many records fit in a card. A list asks for one more, so that it knows whether there are more. */
export const LISTED = 20;

/** The first of these records; `none`: what is said when there is nothing to list. */
export function listCard(title: string, records: readonly Listed[], none: Words): Card {
  if (records.length === 0) return card(title, [text(...none)]);
  const rows = records
    .slice(0, LISTED)
    .map(
      ({ id, title: name, status, owner, incidents }): Words => [
        { bold: id },
        ` ${shortened(name, 80)}, ${status}`,
        ...(incidents ? [`, ${incidents} ${incidents === 1 ? 'incident' : 'incidents'}`] : []),
        ...(owner ? [', owned by ', { person: owner }] : []),
      ],
    );
  return card(title, [
    list(...rows),
    ...(records.length > LISTED ? [text(`There are more; these are the newest ${LISTED}.`)] : []),
  ]);
}
