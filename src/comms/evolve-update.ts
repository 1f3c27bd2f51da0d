/** What a plan is after something happened to one update that is being prepared, or that left. Pure. */
import type { Instant } from '../core/instant.ts';
import type { Draft, Line, Update } from './line.ts';
import type { Opened } from './opened.ts';
import { opening } from './opening.ts';
import { isClosing, isMending, type Outcome, type Plan } from './plan.ts';
import type { PlanEvent } from './plan-event.ts';
import { holdingOf, preparedIn } from './update.ts';

/** The events that are about one update. */
export type UpdateEvent = Extract<
  PlanEvent,
  {
    type:
      | 'asked'
      | 'nudged'
      | 'overdue'
      | 'drafted'
      | 'outdated'
      | 'decision-wanted'
      | 'taken'
      | 'sent-back'
      | 'approved'
      | 'leaving'
      | 'holding-begun'
      | 'holding-ready'
      | 'undone'
      | 'held-back'
      | 'correction-asked'
      | 'released'
      | 'skipped';
  }
>;

/** The plan with one line changed. */
export const withLine = (plan: Plan, audience: string, change: (line: Line) => Line): Plan => ({
  ...plan,
  lines: plan.lines.map((line) => (line.audience === audience ? change(line) : line)),
});

/** What became of an update; nothing for none. */
export const over = (plan: Plan, update: string | undefined, outcome: Outcome): Plan =>
  update === undefined ? plan : { ...plan, outcomes: { ...plan.outcomes, [update]: outcome } };

/** What is due on a line gives way to something else; whose release was still to leave is remembered, so that they are told. Its holding statement goes too. */
export function replaced(plan: Plan, audience: string, at: Instant): Plan {
  const update = plan.lines.find((one) => one.audience === audience)?.update;
  const by = update?.leaving?.by ?? [];
  return over(withdrawnHolding(plan, audience, at), update?.id, {
    line: audience,
    what: 'replaced',
    at,
    by,
    needed: 0,
    number: 0,
  });
}

/** The plan after such an event. */
export function evolveUpdate(plan: Plan, event: UpdateEvent): Plan {
  const changed = (change: (update: Update) => Update): Plan =>
    withLine(plan, event.line, (line) => ({
      ...line,
      update: line.update?.id === event.update ? change(line.update) : line.update,
      ...(line.beside ? { beside: line.beside.map((one) => (one.id === event.update ? change(one) : one)) } : {}),
    }));
  switch (event.type) {
    case 'asked':
      return changed((update) => ({ ...update, status: 'drafting', nudged: event.late ?? update.nudged }));
    case 'nudged':
      return changed((update) => ({ ...update, nudged: true }));
    case 'overdue':
      return changed((update) => ({
        ...update,
        status: update.status === 'upcoming' ? 'drafting' : update.status,
        notices: event.notice,
        noticedAt: event.at,
      }));
    case 'drafted':
      return changed((update) => ({
        ...update,
        status: 'awaiting release',
        sentBack: undefined,
        takenBy: undefined,
        ready: undefined,
        draft: {
          text: event.words.text,
          by: event.by,
          at: event.at,
          approvals: [],
          facts: event.facts,
          class: event.class,
          made: event.made,
          leaks: event.words.leaks,
        },
      }));
    case 'outdated': {
      const { facts, at, words } = event;
      return changed((update) => withDraft(update, (draft) => ({ ...draft, outdated: { facts, at, changes: words.changes } })));
    }
    case 'decision-wanted':
      return changed((update) => ({ ...update, decision: event.words.decision }));
    case 'taken':
      return changed((update) => ({ ...update, takenBy: event.by, status: 'drafting' }));
    case 'sent-back':
      return changed((update) => ({
        ...withDraft(update, unapproved),
        status: 'drafting',
        sentBack: { by: event.by, what: event.words.what },
      }));
    case 'approved': {
      const { by: person, hash } = event;
      const approval = { person, hash, ...(event.for === undefined ? {} : { for: event.for }) };
      return changed((update) =>
        withDraft(update, (draft) => ({
          ...draft,
          approvals: [...draft.approvals.filter((one) => one.person !== person), approval],
        })),
      );
    }
    case 'leaving': {
      const { by, standIns, at, leaves, hash } = event;
      return changed((update) => ({ ...update, status: 'leaving', leaving: { by, standIns, at, leaves, hash } }));
    }
    case 'holding-begun':
      return withLine(plan, event.line, (line) => ({ ...line, beside: begunHolding(line, event) }));
    case 'holding-ready': {
      const { by, standIns, at, hash } = event;
      return changed((update) => ({ ...update, status: 'ready', ready: { by, standIns, at, leaves: at, hash } }));
    }
    case 'undone':
    case 'held-back':
      return changed((update) => ({
        ...withDraft(update, unapproved),
        status: 'awaiting release',
        leaving: undefined,
        ready: undefined,
      }));
    case 'correction-asked':
      return withLine(plan, event.line, (line) => ({ ...line, beside: [...(line.beside ?? []), mending(event)] }));
    case 'released':
      return released(plan, event);
    case 'skipped': {
      const corrects = preparedIn(plan, event.update)?.update.corrects;
      return over(moved(plan, event.line, event.update, event.opened), event.update, {
        line: event.line,
        what: 'skipped',
        at: event.at,
        by: [event.by],
        needed: 0,
        number: 0,
        ...(corrects === undefined ? {} : { corrects }),
      });
    }
    default:
      return event satisfies never;
  }
}

const withDraft = (update: Update, change: (draft: Draft) => Draft): Update =>
  update.draft ? { ...update, draft: change(update.draft) } : update;

const unapproved = (draft: Draft): Draft => ({ ...draft, approvals: [] });

const mending = ({ update, what, corrects, due, by, at, words }: Extract<PlanEvent, { type: 'correction-asked' }>): Update => ({
  id: update,
  phase: what,
  corrects,
  due,
  status: 'awaiting release',
  // Its text is there from the start, so nobody is asked for it.
  nudged: true,
  notices: 0,
  draft: { text: words.text, by, at, approvals: [], leaks: words.leaks },
});

/** One line has one holding statement; written anew it keeps its id. */
function begunHolding(line: Line, { update: id, after, at }: Extract<PlanEvent, { type: 'holding-begun' }>): readonly Update[] {
  const before = line.beside?.find((one) => one.id === id);
  const fresh: Update = { id, phase: 'holding', due: at, status: 'drafting', nudged: true, notices: 0 };
  return [...(line.beside ?? []).filter((one) => one.id !== id), { ...(before ?? fresh), after }];
}

/** What stood in for a text that is there now, or that is not wanted any more, is withdrawn. */
export function withdrawnHolding(plan: Plan, audience: string, at: Instant): Plan {
  const line = plan.lines.find((one) => one.audience === audience);
  const holding = line && holdingOf(line);
  if (!holding) return plan;
  const without = withLine(plan, audience, (one) => ({ ...one, beside: one.beside?.filter(({ id }) => id !== holding.id) }));
  return over(without, holding.id, { line: audience, what: 'replaced', at, by: [], needed: 0, number: 0 });
}

/** The update is no longer prepared: the next one, or none on demand, or the end of the line if it was the closing one. */
const moved = (plan: Plan, audience: string, id: string, opened: Opened | undefined): Plan =>
  withLine(plan, audience, (line) =>
    line.update?.id === id
      ? {
          ...line,
          status: isClosing(line.update.phase) ? 'closed' : line.status,
          update: opened && opening(opened),
        }
      : { ...line, beside: line.beside?.filter((one) => one.id !== id) },
  );

function released(plan: Plan, event: Extract<PlanEvent, { type: 'released' }>): Plan {
  const { line: audience, update, at, by, standIns, class: of, under, needed, number, upd, late, corrects, phase, words } = event;
  const next = over(moved(plan, audience, update, event.opened), update, {
    line: audience,
    what: 'released',
    at,
    by,
    needed,
    number,
    upd,
    ...(standIns === undefined ? {} : { standIns }),
    ...(of === undefined ? {} : { class: of, under }),
    due: event.due,
    ...(late ? { late } : {}),
    ...(phase === 'holding' ? { held: true } : {}),
    ...(corrects === undefined ? {} : { corrects }),
  });
  if (isMending(phase)) return corrects === undefined ? next : corrected(next, audience, corrects, { what: phase, update });
  if (phase === 'holding') return withLine(next, audience, (line) => ({ ...line, told: true }));
  return withLine(withdrawnHolding(next, audience, at), audience, (line) => ({
    ...line,
    released: number,
    told: true,
    last: { text: words.text, at, update },
  }));
}

/** What was wrong is marked, and its text is not repeated. */
function corrected(plan: Plan, audience: string, wrong: string, by: NonNullable<Outcome['corrected']>): Plan {
  const outcome = plan.outcomes[wrong];
  const marked = outcome ? over(plan, wrong, { ...outcome, corrected: by }) : plan;
  return withLine(marked, audience, (line) =>
    line.last?.update === wrong ? { ...line, last: { ...line.last, wrong: true } } : line,
  );
}
