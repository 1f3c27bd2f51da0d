/** Pieces of text that several cards of this room share. */
import type { Words } from '../chat/card.ts';
import { capital, shortened } from '../chat/card.ts';
import { someOf } from '../core/inline.ts';
import type { PersonId } from '../core/record.ts';
import { LABELS } from './fields.ts';
import type { Change, FieldName, Fields, Outcome } from './rfc.ts';
import type { Because, End } from './round.ts';
import type { Count } from './tally.ts';

/** Persons in a sentence; of many only the first, and how many more. */
export const names = (people: readonly PersonId[], most = 10): Words =>
  someOf(
    people.map((person) => ({ person })),
    most,
    'nobody',
  );

/** Text that people wrote, cut so that a card stays readable; the whole is in `/rfc show`. */
export const brief = (written: string, most: number): string => shortened(written.trim(), most);

/** An RFC by number and title. */
export const titled = (record: string, change: Change): string => `${record}: ${change.fields.title}`;

/** Fields by the names that the forms show. */
export const labels = (fields: readonly string[]): string => fields.map((name) => LABELS[name as FieldName] ?? name).join(', ');

/** When a change is to be made. */
export const windowWords = ({ start, end }: Pick<Fields, 'start' | 'end'>): Words =>
  end === undefined ? ['from ', { time: start }, ', end not yet known'] : [{ time: start }, ' to ', { time: end }];

/** An outcome as a title begins with it. */
export const outcomeTitle = (outcome: Outcome): string => (outcome === 'void' ? 'Ballot void' : capital(outcome));

/** A count in words: `2 approved, 1 rejected, 0 abstained`. */
export const countWords = ({ approve, reject, abstain }: Count): string =>
  `${approve} approved, ${reject} rejected, ${abstain} abstained`;

const BECAUSE: Readonly<Record<Because, (end: Pick<End, 'roles' | 'fields'>) => string>> = {
  'all voted': () => 'everybody who may vote has voted',
  certain: () => 'whoever has not voted could not change it any more',
  impossible: () => 'it could not pass any more',
  deadline: () => 'the time to vote was over',
  'mandatory reject': ({ roles }) => `${roles.join(' and ')} rejected it, and must approve`,
  'no quorum': () => 'too few took part before the deadline',
  'mandatory missing': ({ roles }) => `the approval of ${roles.join(' and ')} is missing`,
  'too few voters': () => 'too few people are left who may vote on it',
  'no role holder': ({ roles }) => `nobody is left who may approve for ${roles.join(' and ')}`,
  edited: ({ fields }) => `it was edited (${labels(fields)})`,
  withdrawn: () => 'it was withdrawn',
  cancelled: () => 'it was cancelled',
  'backed out': () => 'it was backed out',
};

/** Why a ballot ended, as the end of a sentence. */
export const becauseWords = (end: Pick<End, 'because' | 'roles' | 'fields'>): string => BECAUSE[end.because](end);

const LISTED_REASONS = 5;

/** What those said who rejected, with their names. */
export const reasonsOf = (
  rejections: readonly { readonly person: PersonId; readonly reason: string }[],
  most = 200,
): readonly Words[] => [
  ...rejections.slice(0, LISTED_REASONS).map(({ person, reason }): Words => [{ person }, `: ${brief(reason, most)}`]),
  ...(rejections.length > LISTED_REASONS ? [[`and ${rejections.length - LISTED_REASONS} more`]] : []),
];
