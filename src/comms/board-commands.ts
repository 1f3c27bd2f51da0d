/** `/comms plan`: the board as it is now; and *Keep it here*, by which it stands where it was asked for and follows the plan. */
import { type Card, rowOf } from '../chat/card.ts';
import { placeParts } from '../chat/port.ts';
import { button, type Conversation, command, openly } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { holdersOf } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import { answers } from './answers.ts';
import { boardStandsAt } from './board-store.ts';
import { planCard } from './cards.ts';
import { contacts } from './contacts.ts';
import { marked } from './exercise-reactions.ts';
import type { Plan } from './plan.ts';
import { change, done, planOf, record } from './showing.ts';

/** A board stands in channels only, where everybody may know of its record; that of an exercise where it was begun. */
async function mayStay(c: Conversation, view: RecordView | undefined, plan: Plan): Promise<boolean> {
  if (!view || plan.exercise !== undefined || isPrivate(view.class) || placeParts(c.at).kind === 'person') return false;
  return !(await boardStandsAt(c.db, view.id, c.at));
}

const withRow = (shown: Card, record: string): Card => ({
  ...shown,
  blocks: [...shown.blocks, ...rowOf([{ label: 'Keep it here', action: 'comms.keep-board', record }])],
});

const board = command({
  name: 'comms plan',
  help: 'Show the communication plan of a major problem or incident, or of a change.',
  args: { record },
  run: async (c, { record: id }) => {
    const plan = await planOf(c, id);
    if (isRefusal(plan)) return c.refused(plan);
    // The board that stands in the channel remembers the holders; the one that is asked for looks.
    const holders = holdersOf(await c.org(), 'communications');
    const view = await c.view(id);
    const shown = planCard(id, { ...plan, holders }, await c.now(), view?.state(answers), view?.state(contacts));
    if (plan.exercise !== undefined) return openly(marked(shown));
    return openly((await mayStay(c, view, plan)) ? withRow(shown, id) : shown);
  },
});

const keep = button({
  name: 'comms.keep-board',
  run: async (c, { record: id }) => {
    const plan = await planOf(c, id);
    if (isRefusal(plan)) return c.refused(plan);
    const follows = `What is due on ${id} is shown there as it changes.`;
    if (!(await mayStay(c, await c.view(id), plan)))
      return done('It stands already', 'The board is not put here once more. ', follows);
    return change(c, id, { type: 'keep-board', place: c.at }, () => done('It stays', 'The board comes here. ', follows));
  },
});

export const boardDoings = [board, keep];
