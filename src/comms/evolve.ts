/** What a plan is after each event. Pure. */
import type { Instant } from '../core/instant.ts';
import { evolveAfter } from './after.ts';
import type { Draft, Line, Update } from './line.ts';
import { isClosing, type Outcome, type Plan, updateNumber } from './plan.ts';
import type { Opened, PlanEvent } from './plan-event.ts';

/** A closing update is asked for as soon as it begins. */
const opening = ({ id, phase, due }: Opened): Update => ({
  id,
  phase,
  due,
  status: isClosing(phase) ? 'drafting' : 'upcoming',
  nudged: false,
  notices: 0,
});

const openedIn = (event: PlanEvent): readonly Opened[] => [
  ...('opened' in event && event.opened ? [event.opened] : []),
  ...('lines' in event ? event.lines.flatMap(({ opened }) => (opened ? [opened] : [])) : []),
];

const counted = (plan: Plan, event: PlanEvent): Plan => {
  const count = Math.max(plan.count, ...openedIn(event).map(({ id }) => updateNumber(id)));
  return count === plan.count ? plan : { ...plan, count };
};

const withLine = (plan: Plan, audience: string, change: (line: Line) => Line): Plan => ({
  ...plan,
  lines: plan.lines.map((line) => (line.audience === audience ? change(line) : line)),
});

const withUpdate = (plan: Plan, audience: string, change: (update: Update) => Update): Plan =>
  withLine(plan, audience, (line) => (line.update ? { ...line, update: change(line.update) } : line));

const withDraft = (update: Update, change: (draft: Draft) => Draft): Update =>
  update.draft ? { ...update, draft: change(update.draft) } : update;

const over = (plan: Plan, update: string | undefined, outcome: Outcome): Plan =>
  update === undefined ? plan : { ...plan, outcomes: { ...plan.outcomes, [update]: outcome } };

/** What is being prepared for a line gives way to something else. */
const replaced = (plan: Plan, audience: string, at: Instant): Plan => {
  const line = plan.lines.find((one) => one.audience === audience);
  return over(plan, line?.update?.id, { line: audience, what: 'replaced', at, by: [], needed: 0, number: 0 });
};

/** After a release or a skip: the next update, or none on demand, or the end of the line if it was the closing one. */
const movedOn = (line: Line, opened: Opened | undefined): Line => ({
  ...line,
  status: line.update && isClosing(line.update.phase) ? 'closed' : line.status,
  update: opened && opening(opened),
});

/** The plan after an event. Never fails: what was decided has happened. */
export function evolve(before: Plan, event: PlanEvent): Plan {
  const plan = counted(before, event);
  switch (event.type) {
    case 'begun':
      return begun(
        plan.lines.reduce((next, { audience }) => replaced(next, audience, event.at), plan),
        event,
      );
    case 'holders-seen':
      return { ...plan, holders: event.holders };
    case 'line-changed':
      return withLine(plan, event.line, (line) => changed(line, event));
    case 'line-started':
      return withLine(plan, event.line, (line) => ({ ...line, status: 'active', update: opening(event.opened) }));
    case 'asked':
      return withUpdate(plan, event.line, (update) => ({ ...update, status: 'drafting' }));
    case 'nudged':
      return withUpdate(plan, event.line, (update) => ({ ...update, nudged: true }));
    case 'overdue':
      return withUpdate(plan, event.line, (update) => ({
        ...update,
        status: update.status === 'upcoming' ? 'drafting' : update.status,
        notices: event.notice,
        noticedAt: event.at,
      }));
    case 'drafted':
      return withUpdate(plan, event.line, (update) => ({
        ...update,
        status: 'awaiting release',
        sentBack: undefined,
        draft: { text: event.words.text, by: event.by, at: event.at, approvals: [] },
      }));
    case 'sent-back':
      return withUpdate(plan, event.line, (update) => ({
        ...withDraft(update, (draft) => ({ ...draft, approvals: [] })),
        status: 'drafting',
        sentBack: { by: event.by, what: event.words.what },
      }));
    case 'approved':
      return withUpdate(plan, event.line, (update) =>
        withDraft(update, (draft) => ({
          ...draft,
          approvals: [...draft.approvals.filter(({ person }) => person !== event.by), { person: event.by, hash: event.hash }],
        })),
      );
    case 'released': {
      const { line: audience, at, by, needed, number } = event;
      const moved = withLine(plan, audience, (line) => ({
        ...movedOn(line, event.opened),
        released: number,
        told: true,
        last: { text: event.words.text, at },
      }));
      return over(moved, event.update, { line: audience, what: 'released', at, by, needed, number });
    }
    case 'skipped': {
      const outcome: Outcome = { line: event.line, what: 'skipped', at: event.at, by: [event.by], needed: 0, number: 0 };
      return over(
        withLine(plan, event.line, (line) => movedOn(line, event.opened)),
        event.update,
        outcome,
      );
    }
    case 'closing-asked': {
      let next: Plan = { ...plan, status: 'closing', closing: event.why };
      for (const { line: audience, opened } of event.lines) {
        next = withLine(replaced(next, audience, event.at), audience, (line) => ({ ...line, update: opening(opened) }));
      }
      for (const audience of event.closed) {
        next = withLine(replaced(next, audience, event.at), audience, (line) => ({
          ...line,
          status: 'closed',
          update: undefined,
        }));
      }
      return next;
    }
    case 'reopened': {
      let next: Plan = { ...plan, status: 'running', closing: undefined };
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
    case 'owner-changed':
      return { ...plan, owner: event.owner };
    case 'renamed':
      return { ...plan, title: event.words.title };
    case 'stopped':
    case 'undelivered':
    case 'unreached':
    case 'settled':
      return evolveAfter(plan, event);
    default:
      return event satisfies never;
  }
}

/** A plan from the template. Begun again, it goes on with the numbers of its updates and the last texts. */
function begun(plan: Plan, event: Extract<PlanEvent, { type: 'begun' }>): Plan {
  const { kind, owner, at, holders, words } = event;
  return {
    ...plan,
    status: 'running',
    closing: undefined,
    kind,
    owner,
    title: words.title,
    place: words.place,
    declaredAt: at,
    holders,
    lines: event.lines.map(({ opened, ...line }) => {
      const earlier = plan.lines.find(({ audience }) => audience === line.audience);
      return {
        ...line,
        places: words.places[line.audience] ?? [],
        released: earlier?.released ?? 0,
        last: earlier?.last,
        update: opened && opening(opened),
      };
    }),
  };
}

/** A line with other settings. A new due time begins the ladder of the update anew. */
function changed(line: Line, event: Extract<PlanEvent, { type: 'line-changed' }>): Line {
  const {
    cadence = line.cadence,
    lead = line.lead,
    author = line.author,
    releasers = line.releasers,
    due,
    words,
    opened,
  } = event;
  const places = words?.places ?? line.places;
  const update = opened
    ? opening(opened)
    : line.update && due !== undefined
      ? { ...line.update, ...moved(line.update, due) }
      : line.update;
  return { ...line, cadence, lead, author, releasers, places, update };
}

const moved = (update: Update, due: Instant): Partial<Update> => ({
  due,
  nudged: false,
  notices: 0,
  noticedAt: undefined,
  status: update.draft || isClosing(update.phase) ? update.status : 'upcoming',
});
