/**
 * What a plan remembers of the lists that its lines go to. Cards are rendered from the plan alone, and what a releaser agrees to covers
 * who is on them: another version makes another draft. Pure.
 */
import { placeParts } from '../chat/port.ts';
import { contentHash } from '../core/journal.ts';
import type { Org } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { emptyLists, isList, listMark, listSize } from '../people/index.ts';
import type { Line } from './line.ts';
import type { ListsSeen } from './list-seen.ts';
import type { Plan } from './plan.ts';

/** The organisation's lists, by audience. */
export const listsNow = (org: Org): ListsSeen =>
  Object.fromEntries(
    Object.values(org.audiences).flatMap(({ key, list }) =>
      list ? [[key, { mark: listMark(list), people: listSize(list, org) }]] : [],
    ),
  );

/** Whether the plan has to look anew; one without lists never does. */
export const listsMoved = (plan: Pick<Plan, 'lists'>, now: ListsSeen): boolean =>
  contentHash(plan.lists ?? {}) !== contentHash(now);

const marksOf = (places: readonly string[], lists: ListsSeen): string | undefined => {
  const keys = places.filter(isList).map((place) => placeParts(place).id);
  return keys.length === 0 ? undefined : keys.map((key) => `${key} ${lists[key]?.mark ?? 'none'}`).join(', ');
};

/** The plan with each line's mark of the lists that it goes to. */
export function marked(plan: Plan): Plan {
  const { lists = {} } = plan;
  const lines = plan.lines.map((line): Line => {
    const mark = marksOf(line.places, lists);
    return mark === line.lists ? line : { ...line, lists: mark };
  });
  return lines.every((line, at) => line === plan.lines[at]) ? plan : { ...plan, lines };
}

/** Whether others are on the lists that a line goes to than the plan saw. */
export const listsOutdated = (line: Line, org: Org): boolean => marksOf(line.places, listsNow(org)) !== line.lists;

/** Refuses `nobody-on-lists`: they are all that the line goes to, and nobody is on them. */
export function nobodyOnLists(line: Line, org: Org): Refusal | undefined {
  const empty = emptyLists(line.places, org);
  if (empty.length === 0 || empty.length < line.places.length) return undefined;
  return refuse('nobody-on-lists', { line: line.audience, lists: empty });
}
