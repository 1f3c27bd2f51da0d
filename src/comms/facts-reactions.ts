/** What follows when the facts change: the plan gets the texts that were made from them, and whoever wrote by hand hears of it. */
import { type Card, card, list, text } from '../chat/card.ts';
import { type Ask, type Reaction, when } from '../core/ask.ts';
import { type About, title } from './about.ts';
import { changeWords, outdatedWords } from './draft-check.ts';
import type { Outdated, Update } from './line.ts';
import { plan as planPart } from './part.ts';
import type { PlanCommand } from './plan-command.ts';
import { type SheetEvent, sheet } from './sheet.ts';
import { notify } from './telling.ts';

export const factsReactions: readonly Reaction[] = [
  when<SheetEvent, 'filled'>(sheet.name, 'filled', ({ version, class: guarded, by, words }) => {
    const { changes, texts, names } = words;
    const command: PlanCommand = { type: 'facts', version, class: guarded, by, changes, texts, names };
    return [{ ask: 'command', part: planPart.name, command }];
  }),
];

/** Whoever wrote the text; its card shows it to the releasers. */
export const leftBehind = (about: About, { draft }: Update): readonly Ask[] =>
  draft?.outdated ? notify([draft.by], outdatedCard(about, draft.outdated)) : [];

/** To whoever wrote a text that the facts have left behind. */
const outdatedCard = (about: About, outdated: Outdated): Card =>
  card(
    title('Facts changed', about),
    [
      text(...outdatedWords(outdated), ' Your text was left as it is. Write it again if it is no longer right: ', {
        code: `/comms draft ${about.record} ${about.line.audience}`,
      }),
      ...(outdated.changes.length > 0 ? [list(...outdated.changes.map(changeWords))] : []),
    ],
    { tone: 'warning' },
  );
