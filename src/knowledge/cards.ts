/** What people see of known errors, and of records that are like another. */
import { type Block, type Card, card, facts, LIMITS, list, shortened, text, type Words } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import type { KnownError } from './known-error.ts';
import type { Found } from './store.ts';

const WORKAROUND = 300;

/** A known error, whole. */
export function knownErrorCard(id: RecordId, error: KnownError): Card {
  const { title, symptom, workaround, problem, raised, retired, status } = error;
  return card(
    `${id} ${title}`,
    [
      text({ bold: 'It looks like this: ' }, symptom),
      text({ bold: 'What helps: ' }, workaround),
      facts(
        ['Status', status],
        ['Problem', problem],
        ...(raised ? [['Recorded', { time: raised.at }, ' by ', { person: raised.by }] as const] : []),
        ...(retired ? [['Retired', { time: retired.at }, ' by ', { person: retired.by }, `: ${retired.reason}`] as const] : []),
      ),
    ],
    { tone: status === 'retired' ? 'neutral' : 'info', summary: `${id} ${title}. What helps: ${workaround}` },
  );
}

/** What is found, each with what helps. */
export const foundWords = ({ id, title, workaround }: Found): Words => [
  { bold: id },
  ` ${shortened(title, LIMITS.title)}`,
  ...(workaround === '' ? [''] : ['. What helps: ', shortened(workaround, WORKAROUND)]),
];

/** The records that were found for some words. */
export const foundCard = (said: string, found: readonly Found[]): Card =>
  found.length === 0
    ? card('Nothing like it is known', [
        text(
          'No open problem and no known error reads like “',
          shortened(said, LIMITS.title),
          '”. Fewer or other words may find more.',
        ),
      ])
    : card(`Known: ${shortened(said, 100)}`, [list(...found.map(foundWords)), look], { tone: 'info' });

const look: Block = text('See one whole: ', { code: '/ker show KER-1' }, ' or ', { code: '/problem show PRB-1' }, '.');
