/** What whoever releases a draft is told about it besides its text: old facts, what may not leave, its length, what is new in it. */
import { type Block, controls, LIMITS, list, shortened, text, type Words } from '../chat/card.ts';
import { lengthOf } from '../chat/history-card.ts';
import type { RecordId } from '../core/record.ts';
import { type Difference, differenceOf } from './difference.ts';
import { FACT_LABELS, type FactChange } from './facts.ts';
import type { Leak } from './leak.ts';
import type { Draft, Line, Outdated, Update } from './line.ts';
import { audienceLabel } from './template.ts';

/** What the platforms' own signs, the summary line and the buttons of a card take beside its blocks. */
const RESERVED = 250;
/** Words that an audience reads at most, where it is known for it (voice: senior management). */
const MOST_WORDS: Readonly<Record<string, number>> = { 'senior-management': 120 };
const LONGEST_ITEM = 160;
const MOST_LEAKS = 6;
/** What the sentence about old facts and its button take, and the one about the difference. */
const OUTDATED = 160;
const DIFFERENCE = 130;

/**
 * The notes on a draft, in the order in which they matter: as many as there is room for beside the other blocks of its card. What
 * may not leave is always said.
 */
export function draftNotes(
  record: RecordId,
  line: Line,
  update: Update,
  value: string,
  others: readonly Block[],
): readonly Block[] {
  const { draft } = update;
  if (!draft) return [];
  const must = [...leakBlocks(draft.leaks ?? []), ...lengthBlocks(line, draft)];
  let room = LIMITS.card - RESERVED - weightOf([...others, ...must]);
  const old = draft.outdated ? outdatedBlocks(record, draft.outdated, value, room) : [];
  room -= weightOf(old);
  return [
    ...old,
    ...must,
    ...differenceBlocks(line, draft, room, [' See them: ', { code: `/comms preview ${record} ${line.audience}` }]),
  ];
}

/** How long these blocks may become on the platform that needs most for them. */
export const weightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + weightOfOne(block), 0);

function weightOfOne(block: Block): number {
  switch (block.kind) {
    case 'text':
      return lengthOf(block.text);
    case 'list':
      return block.items.reduce((sum, item) => sum + lengthOf(item), 0);
    case 'facts':
      return block.facts.reduce((sum, { label, value }) => sum + lengthOf([label]) + lengthOf(value), 0);
    case 'controls':
      return block.controls.reduce((sum, { label }) => sum + lengthOf([label]), 0);
    default:
      return 0;
  }
}

/** As many of these as there is room for. */
function fitting(items: readonly Words[], room: number): readonly Words[] {
  let left = room;
  return items.filter((item) => {
    left -= lengthOf(item);
    return left >= 0;
  });
}

/** `Workaround: …`, or that it says nothing any more. */
export const changeWords = ({ field, now }: FactChange): Words => [
  `${FACT_LABELS[field]}: ${now === '' ? 'nothing any more' : shortened(now, LONGEST_ITEM)}`,
];

/** When the facts changed. */
export const outdatedWords = ({ at }: Outdated): Words => ['The facts changed at ', { time: at }, ' after this was written.'];

function outdatedBlocks(record: RecordId, outdated: Outdated, value: string, room: number): readonly Block[] {
  const shown = fitting(outdated.changes.map(changeWords), room - OUTDATED);
  const more = outdated.changes.length - shown.length;
  return [
    text({ bold: 'Old facts: ' }, ...outdatedWords(outdated), ...(more > 0 ? [` ${more} more changes are not shown.`] : [])),
    ...(shown.length > 0 ? [list(...shown)] : []),
    controls({ label: 'Make it anew from the facts', action: 'comms.remake', record, value }),
  ];
}

const WHY: Readonly<Record<Exclude<Leak['why'], 'class'>, string>> = {
  forbidden: 'a forbidden word: it cannot be released with it',
  'word list': 'word list',
  name: "a person's name",
  item: 'a configuration item',
};

const leakWords = ({ why, what }: Leak): string =>
  why === 'class' ? `facts that are ${what}, which is more than this line may carry` : `"${shortened(what, 60)}" (${WHY[why]})`;

/** What may not leave, each once. */
export function leakBlocks(leaks: readonly Leak[]): readonly Block[] {
  if (leaks.length === 0) return [];
  const said = [...new Set(leaks.map(leakWords))];
  const more = said.length > MOST_LEAKS ? ` and ${said.length - MOST_LEAKS} more` : '';
  return [text({ bold: 'May not leave: ' }, `${said.slice(0, MOST_LEAKS).join(', ')}${more}.`)];
}

const wordsIn = (said: string): number => said.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function lengthBlocks(line: Line, { text: said }: Draft): readonly Block[] {
  const { audience } = line;
  const most = MOST_WORDS[audience];
  const count = wordsIn(said);
  return most === undefined || count <= most
    ? []
    : [text({ bold: 'Long: ' }, `${count} words; ${audienceLabel(audience, [line]).toLowerCase()} reads at most ${most}.`)];
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What is new and what is gone since the last update, as far as there is room; `rest` says how to see what is not shown. */
export function differenceBlocks(line: Line, draft: Pick<Draft, 'text'>, room: number, rest: Words = []): readonly Block[] {
  if (!line.last) return [];
  const difference = differenceOf(line.last.text, draft.text);
  const { added, removed } = difference;
  if (added.length + removed.length === 0) return [text('The same text as the last update.')];
  const title = text('Since the last update: ', differenceCount(difference), '.');
  const items: Words[] = [
    ...added.map((sentence): Words => [{ bold: 'New: ' }, shortened(sentence, LONGEST_ITEM)]),
    ...removed.map((sentence): Words => [{ bold: 'Gone: ' }, shortened(sentence, LONGEST_ITEM)]),
  ];
  const shown = fitting(items, room - DIFFERENCE);
  const more = items.length - shown.length;
  return [
    title,
    ...(shown.length > 0 ? [list(...shown)] : []),
    ...(more > 0 ? [text(`${more} more are not shown.`, ...rest)] : []),
  ];
}

const differenceCount = ({ added, removed, kept }: Difference): string =>
  `${counted(added.length, 'sentence')} new, ${removed.length} gone, ${kept} as before`;
