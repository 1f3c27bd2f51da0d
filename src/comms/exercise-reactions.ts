/** What an exercise says: all that the plan would say in earnest, marked, to the places chosen for exercises and to nobody else. */
import { type Card, card, LIMITS, shortened, text } from '../chat/card.ts';
import type { LiveCard, LiveCards } from '../chat/live.ts';
import type { Ask, Reaction } from '../core/ask.ts';
import { contentHash } from '../core/journal.ts';
import type { Org, RecordId } from '../core/record.ts';
import { plan as planPart } from './part.ts';

const MARK = 'EXERCISE: ';

/** Whether a card is part of an exercise. */
export const isMarked = ({ title }: Pick<Card, 'title'>): boolean => title.startsWith(MARK);

/** A card that nobody takes for earnest. */
export const marked = (shown: Card): Card =>
  isMarked(shown)
    ? shown
    : {
        ...shown,
        title: shortened(`${MARK}${shown.title}`, LIMITS.title),
        blocks: [text('This is an exercise; nothing of it goes anywhere else.'), ...shown.blocks],
        summary: `${MARK}${shown.summary}`,
      };

/** What is left where cards of an exercise stood. */
const overCard = (record: RecordId): Card =>
  card(`${MARK}${record}`, [text('This exercise is over. Nothing of it was said anywhere else.')]);

/** The same reactions; while an exercise runs, and for what still follows from it, they reach only the places for exercises. */
export const exercising = (reactions: readonly Reaction[]): readonly Reaction[] =>
  reactions.map((reaction) => ({
    ...reaction,
    react: (event, view, context) => {
      const asks = reaction.react(event, view, context);
      return view.state(planPart).exercise === undefined ? asks : asExercise(asks, context.org);
    },
  }));

/** Each thing once at each place, however many would have got it; rows for lists and figures say that it was an exercise. */
function asExercise(asks: readonly Ask[], { exercisePlaces = [] }: Pick<Org, 'exercisePlaces'>): readonly Ask[] {
  const said = new Set<string>();
  return asks.flatMap((ask): readonly Ask[] => {
    if (ask.ask === 'project') return [{ ...ask, row: { ...ask.row, exercise: true } }];
    if (ask.ask !== 'say') return [ask];
    // What this room says are cards.
    const content = marked(ask.content as Card);
    const key = contentHash({ content, live: ask.live, update: ask.update });
    if (said.has(key)) return [];
    said.add(key);
    return exercisePlaces.map((place) => ({ ...ask, to: { place }, content }));
  });
}

/** The same live cards, marked in an exercise, and over once it is. */
export const exercisingCards = (cards: LiveCards): LiveCards =>
  Object.fromEntries(
    Object.entries(cards).map(([name, render]): [string, LiveCard] => [
      name,
      (view, now, about) => {
        const { exercise, status } = view.state(planPart);
        if (exercise === undefined) return render(view, now, about);
        return status === 'none' ? overCard(view.id) : marked(render(view, now, about));
      },
    ]),
  );
