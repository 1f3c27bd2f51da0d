/** Going through all drafts of a record that await somebody's release, each seen whole, one after the other. */
import { type Card, type Control, card, controls, text } from '../chat/card.ts';
import type { Reply } from '../chat/port.ts';
import { button, type Conversation, privately } from '../chat/registry.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import { draftCard, earlierParts } from './draft-card.ts';
import { type Line, releasersShown, type Update } from './line.ts';
import { type Plan, updateNumber } from './plan.ts';
import { mayRelease } from './rights.ts';
import { contactsOf, knowing, planOf } from './showing.ts';
import { updatesOf } from './update.ts';

interface Prepared {
  readonly line: Line;
  readonly update: Update;
}

/** Everything that is being prepared, in the order of the plan's lines, with its line. */
const prepared = (plan: Plan): readonly Prepared[] =>
  plan.lines.flatMap((line) => updatesOf(line).map((update) => ({ line, update })));

/** How many drafts besides this one await the release of somebody, as the plan last saw its releasers. */
export const waitingFor = (plan: Plan, person: PersonId, besides: string): number =>
  prepared(plan).filter(
    ({ line, update }) =>
      update.id !== besides && update.status === 'awaiting release' && releasersShown(line, plan).includes(person),
  ).length;

/** The button that goes on after an update, or with `part` to that part of a long one. */
export const nextButton = (record: RecordId, update: string, part?: number): Control => ({
  label: part === undefined ? 'Next' : 'Read on',
  action: 'comms.next',
  record,
  value: part === undefined ? String(updateNumber(update)) : `${updateNumber(update)}.${part}`,
});

/** The first draft that awaits release by whoever asks, after the given one; none is said so. */
export async function walk(c: Conversation, record: RecordId, after?: string): Promise<Reply> {
  const plan = await planOf(c, record);
  if (isRefusal(plan)) return c.refused(plan);
  const context = await knowing(c);
  const all = prepared(plan);
  const mine = all.filter(({ line, update }) => update.status === 'awaiting release' && mayRelease(line, context) === undefined);
  const from = after === undefined ? -1 : all.findIndex(({ update }) => update.id === after);
  const next = mine.find((one) => all.indexOf(one) > from);
  if (next) return shown(c, record, plan, next, 0);
  const left = mine.length;
  return privately(
    card(left === 0 ? `Nothing of ${record} awaits your release` : `That was the last of ${record}`, [
      text(
        left === 0
          ? 'Drafts come to you when they are handed in.'
          : `${left} ${left === 1 ? 'draft waits' : 'drafts wait'} still. Begin again: `,
        ...(left === 0 ? [] : [{ code: `/comms release ${record}` }]),
      ),
    ]),
  );
}

/** One part of a draft; the last part has its buttons. */
async function shown(c: Conversation, record: RecordId, plan: Plan, { line, update }: Prepared, part: number): Promise<Reply> {
  const now = await c.now();
  const earlier = earlierParts(line, update, plan, now)[part];
  if (earlier) return privately({ ...earlier, blocks: [...earlier.blocks, controls(nextButton(record, update.id, part + 1))] });
  return privately(
    withButton(draftCard(record, plan, update.id, now, await contactsOf(c, record)), nextButton(record, update.id)),
  );
}

/** A card with one more button in its last row. */
const withButton = (shownCard: Card, button: Control): Card => ({
  ...shownCard,
  blocks: shownCard.blocks.map((block, at) =>
    block.kind === 'controls' && at === shownCard.blocks.length - 1 ? controls(...block.controls, button) : block,
  ),
});

/** *Next* and *Read on*. */
export const goOn = button({
  name: 'comms.next',
  run: async (c, { record, value }) => {
    const [number = '', part] = value.split('.');
    const id = `${record}.${number}`;
    if (part === undefined) return walk(c, record, id);
    const plan = await planOf(c, record);
    if (isRefusal(plan)) return c.refused(plan);
    const found = prepared(plan).find(({ update }) => update.id === id && update.status === 'awaiting release');
    // What was not released yet is shown to nobody else.
    const refused = found && mayRelease(found.line, await knowing(c));
    if (refused) return c.refused(refused);
    return found ? shown(c, record, plan, found, Number(part)) : walk(c, record, id);
  },
});
