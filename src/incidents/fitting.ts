/** How much of long texts a card shows, so that it fits on every platform with everything else that stands on it. */
import { type Block, LIMITS, shortened } from '../chat/card.ts';
import { lengthOf } from '../chat/history-card.ts';

/** What title, labels and the platforms' own signs need of a card. */
const RESERVED = 700;
/** The most of one text, where there is room for more. */
const MOST = 1200;
/** The least of one text: a card that has no room for that has too much else on it. */
const LEAST = 60;

const weightOf = (block: Block): number => {
  switch (block.kind) {
    case 'text':
      return lengthOf(block.text);
    case 'facts':
      return block.facts.reduce((sum, { label, value }) => sum + label.length + 8 + lengthOf(value), 0);
    case 'list':
      return block.items.reduce((sum, item) => sum + lengthOf(item), 0);
    default:
      return 0;
  }
};

/** The text as far as it fits beside these blocks when `count` such texts share what is left, with an ellipsis where there is more. */
export function fittingBeside(others: readonly Block[], count: number): (words: string) => string {
  const left = LIMITS.card - RESERVED - others.reduce((sum, block) => sum + weightOf(block), 0);
  const room = Math.max(LEAST, Math.min(MOST, Math.floor(left / Math.max(1, count))));
  return (words) => {
    let short = shortened(words, room);
    // Signs that platforms escape take more than one character.
    for (let fits = room; lengthOf([short]) > room + 3 && fits > 20; ) {
      fits = Math.floor(fits * 0.8);
      short = shortened(words, fits);
    }
    return short;
  };
}
