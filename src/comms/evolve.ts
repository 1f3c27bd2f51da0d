/** What a plan is after each event. Pure. */
import type { Instant } from '../core/instant.ts';
import { evolveAfter } from './after.ts';
import { clocksAfter, evolveClock } from './clock.ts';
import { evolveUpdate, replaced, withLine } from './evolve-update.ts';
import { evolveHandover } from './handover.ts';
import type { Line } from './line.ts';
import { marked } from './lists.ts';
import type { Opened } from './opened.ts';
import { dueAgain, opening } from './opening.ts';
import { noPlan, type Plan, updateNumber } from './plan.ts';
import type { PlanEvent } from './plan-event.ts';

/** The updates that an event begins. */
export const openedIn = (event: PlanEvent): readonly Opened[] => [
  ...('opened' in event && event.opened ? [event.opened] : []),
  ...('lines' in event ? event.lines.flatMap(({ opened }) => (opened ? [opened] : [])) : []),
];

const counted = (plan: Plan, event: PlanEvent): Plan => {
  const begun = [
    ...openedIn(event).map(({ id }) => id),
    ...(['correction-asked', 'holding-begun'].includes(event.type) && 'update' in event && event.update !== undefined
      ? [event.update]
      : []),
  ];
  const count = Math.max(plan.count, ...begun.map(updateNumber));
  return count === plan.count ? plan : { ...plan, count };
};

/** The plan after an event. Never fails: what was decided has happened. */
export const evolve = (before: Plan, event: PlanEvent): Plan => marked(evolved(before, event));

function evolved(before: Plan, event: PlanEvent): Plan {
  const plan = clocksAfter(counted(before, event), event);
  switch (event.type) {
    case 'begun':
      return begun(
        plan.lines.reduce((next, { audience }) => replaced(next, audience, event.at), plan),
        event,
      );
    case 'exercise-ended':
      // Its updates keep their numbers, so that none is mistaken for a later one.
      return { ...noPlan, count: plan.count, exercise: true };
    case 'lists-seen':
      return { ...plan, lists: event.lists };
    case 'holders-seen':
      return { ...plan, holders: event.holders };
    case 'line-changed':
      return withLine(plan, event.line, (line) => changed(line, event));
    case 'line-started':
      return withLine(plan, event.line, (line) => ({ ...line, status: 'active', update: opening(event.opened) }));
    case 'asked':
    case 'nudged':
    case 'overdue':
    case 'drafted':
    case 'outdated':
    case 'decision-wanted':
    case 'taken':
    case 'sent-back':
    case 'approved':
    case 'leaving':
    case 'holding-begun':
    case 'holding-ready':
    case 'undone':
    case 'held-back':
    case 'correction-asked':
    case 'released':
    case 'skipped':
      return evolveUpdate(plan, event);
    case 'closing-asked': {
      let next: Plan = {
        ...plan,
        status: 'closing',
        closing: event.why,
        closingSince: event.at,
        resolution: event.words?.resolution,
      };
      for (const { line: audience, opened } of event.lines) {
        next = withLine(replaced(next, audience, event.at), audience, (line) => ({
          ...line,
          status: 'active',
          update: opening(opened),
        }));
      }
      return closed(next, event.closed, event.at);
    }
    case 'replanned': {
      let next: Plan = { ...plan, window: event.window ?? plan.window };
      for (const { line: audience, opened } of event.lines) {
        next = withLine(replaced(next, audience, event.at), audience, (line) => ({ ...line, update: opening(opened) }));
      }
      for (const { line: audience, ...due } of event.dues) {
        next = withLine(next, audience, (line) => (line.update ? { ...line, update: dueAgain(line.update, due) } : line));
      }
      return next;
    }
    case 'closing-withdrawn':
      return closed({ ...plan, closing: 'normal' }, event.closed, event.at);
    case 'reopened': {
      let next: Plan = { ...plan, status: 'running', closing: undefined, closingSince: undefined, resolution: undefined };
      for (const { line: audience, opened } of event.lines) {
        next = withLine(replaced(next, audience, event.at), audience, (line) => ({
          ...line,
          status: 'active',
          told: false,
          update: opening(opened),
        }));
      }
      return next;
    }
    case 'moved':
    case 'snoozed':
    case 'paused':
    case 'resumed':
    case 'bound':
    case 'overridden':
    case 'change-noticed':
      return evolveClock(plan, event);
    case 'breach-known':
      return { ...plan, known: event.known, breach: { by: event.by, at: event.at } };
    case 'breach-begun':
      return plan;
    case 'handover-asked':
    case 'handed-over':
    case 'handover-declined':
      return evolveHandover(plan, event);
    case 'board-kept':
      return plan;
    case 'owner-changed':
      return { ...plan, owner: event.owner };
    case 'renamed':
      return { ...plan, title: event.words.title };
    case 'classified':
      return { ...plan, class: event.class };
    case 'stopped':
    case 'undelivered':
    case 'unreached':
    case 'settled':
      return evolveAfter(plan, event);
    default:
      return event satisfies never;
  }
}

/** These lines end without another word. */
const closed = (plan: Plan, audiences: readonly string[], at: Instant): Plan =>
  audiences.reduce(
    (next, audience) =>
      withLine(replaced(next, audience, at), audience, (line) => ({ ...line, status: 'closed', update: undefined })),
    plan,
  );

/** A plan from the template. Begun again, it goes on with the numbers of its updates and the last texts; a line that the template lacks now stays, closed. */
function begun(plan: Plan, event: Extract<PlanEvent, { type: 'begun' }>): Plan {
  const { kind, owner, at, holders, class: of, words } = event;
  return {
    ...plan,
    status: 'running',
    exercise: event.exercise,
    closing: undefined,
    kind,
    owner,
    title: words.title,
    place: words.place,
    declaredAt: at,
    holders,
    class: of,
    window: event.window,
    lines: [
      ...event.lines.map(({ opened, ...line }): Line => {
        const earlier = plan.lines.find(({ audience }) => audience === line.audience);
        return {
          ...line,
          places: words.places[line.audience] ?? [],
          released: earlier?.released ?? 0,
          last: earlier?.last,
          ...(earlier?.beside ? { beside: earlier.beside } : {}),
          update: opened && opening(opened),
        };
      }),
      ...plan.lines
        .filter(({ audience }) => !event.lines.some((line) => line.audience === audience))
        .map((line): Line => ({ ...line, status: 'closed', update: undefined })),
    ],
  };
}

/** A line with other settings. A new due time begins the ladder of the update anew. */
function changed(line: Line, event: Extract<PlanEvent, { type: 'line-changed' }>): Line {
  const {
    cadence = line.cadence,
    lead = line.lead,
    author = line.author,
    releasers = line.releasers,
    template = line.template,
    class: classed = line.class,
    mechanism = line.mechanism,
    approvals = line.approvals,
    undo = line.undo,
    due,
    quiet,
    words,
    opened,
  } = event;
  const places = words?.places ?? line.places;
  const update = opened
    ? opening(opened)
    : line.update && due !== undefined
      ? dueAgain(line.update, { due, quiet })
      : line.update;
  const settings = { cadence, lead, author, releasers, template, class: classed, mechanism, approvals, undo };
  return { ...line, ...settings, places, update };
}
