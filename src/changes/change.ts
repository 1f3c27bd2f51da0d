/** The change: an RFC's fields, revision and life cycle (C1 to C3, C7, C10, C12; design section 7). The rules of each stage stand in their own file. */
import { classify } from '../core/classify.ts';
import { accept, BELLMAN, type Decision, type Part, USUAL_CLASS } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { decideAnnounce } from './announce.ts';
import { decideEdit } from './edit.ts';
import { decideReview } from './review.ts';
import type { Change, ChangeCommand, ChangeEvent, Fields, Review } from './rfc.ts';
import { decideWork } from './work.ts';

const noFields: Fields = {
  title: '',
  description: '',
  category: '',
  items: '',
  risk: '',
  impact: '',
  benefit: '',
  plan: '',
  backout: '',
  type: 'minor',
  priority: 'low',
  start: 0,
  owner: '',
  implementer: '',
  links: [],
};

const initial: Change = {
  status: 'draft',
  revision: 0,
  fields: noFields,
  way: 'form',
  requester: '',
  raisedAt: 0,
  lastEditor: '',
  watchers: [],
  reviews: [],
};

/** How the list of records names an RFC whose ballot could not open. */
const STUCK = 'in review, cannot open';
/** The names of an RFC that waits for a change manager, in the list of records. */
export const REVIEWED: readonly string[] = ['in review', STUCK];

/** The part that names the record. Everything but `raise` is refused as `unknown-record` before it is raised. */
export const change: Part<Change, ChangeCommand, ChangeEvent> = {
  name: 'change',
  initial,
  people: ({ requester, lastEditor, fields }) => [requester, lastEditor, fields.owner, fields.implementer, 'change-manager'],
  heading: ({ fields, status, reviews, class: of }) => ({
    title: fields.title,
    status: status === 'in review' && reviews.at(-1)?.stuck && !reviews.at(-1)?.ended ? STUCK : status,
    owner: fields.owner,
    links: fields.links,
    class: of,
  }),
  decide(state, command, context): Decision<ChangeEvent> {
    if (state.revision === 0 && command.type !== 'raise') return refuse('unknown-record', { record: context.record });
    switch (command.type) {
      case 'raise':
      case 'submit':
      case 'edit':
      case 'assign':
      case 'withdraw':
      case 'cancel':
      case 'link':
      case 'watch':
      case 'unwatch':
        return decideEdit(state, command, context);
      case 'agree':
      case 'reclassify':
      case 'send-back':
      case 'open-again':
      case 'chase-review':
      case 'look-for-reviewers':
      case 'ballot-refused':
        return decideReview(state, command, context);
      case 'start':
      case 'done':
      case 'failed':
      case 'back-out':
      case 'extend':
      case 'review-made':
      case 'start-passed':
      case 'end-passed':
      case 'chase-made-review':
        return decideWork(state, command, context);
      case 'classify': {
        const whose = { own: [state.requester, state.fields.owner], managing: ['change-manager'] } as const;
        return classify(state.class ?? USUAL_CLASS, command.class, whose, context);
      }
      case 'announce':
        return decideAnnounce(state, command, context);
      case 'judge': {
        const { problem, outcome, by, reason } = command;
        return context.actor.person !== BELLMAN ? accept() : accept({ type: 'judged', problem, outcome, by, words: { reason } });
      }
      case 'ballot-opened':
        return accept({ type: 'voting', round: command.round, deadline: command.deadline, at: context.now });
      case 'ballot-decided': {
        // An edit or a withdrawal has moved the RFC on already; its voided ballot decides nothing.
        if (state.status !== 'voting' || state.revision !== command.revision) return accept();
        const { round, revision, outcome } = command;
        return accept({ type: 'decided', round, revision, outcome, at: context.now });
      }
      default:
        return command satisfies never;
    }
  },
  evolve,
};

function evolve(state: Change, event: ChangeEvent): Change {
  switch (event.type) {
    case 'raised': {
      const { way, settings, words, by, at, reviewDue } = event;
      const made = reviewDue === undefined ? {} : { madeReview: { due: reviewDue } };
      const raised = { requester: by, lastEditor: by, raisedAt: at };
      return { ...state, ...raised, ...made, way, revision: 1, fields: { ...words, ...settings } };
    }
    case 'submitted': {
      const { revision, for: people, due, at } = event;
      const { sentBack: _sentBack, ...rest } = state;
      return {
        ...rest,
        status: 'in review',
        revision,
        reviews: [...ended(state, 'ended', event), { for: people, since: at, due }],
      };
    }
    case 'edited': {
      const { revision, settings, words, material, by } = event;
      const { approval, ...rest } = state;
      const editor = material.length > 0 ? { lastEditor: by } : {};
      const kept = material.length > 0 || approval === undefined ? {} : { approval };
      return { ...rest, ...kept, ...editor, revision, fields: { ...state.fields, ...settings, ...words } };
    }
    case 'confirmed': {
      const { revision, by, at, words } = event;
      const approval = { revision, at, confirmed: { by, reference: words.reference } };
      return { ...state, status: 'approved', reviews: ended(state, 'agreed', event), approval };
    }
    case 'balloted':
      return { ...state, status: 'in review', revision: event.revision, reviews: ended(state, 'agreed', event) };
    case 'sent-back': {
      const { by, at, words } = event;
      return {
        ...state,
        status: 'draft',
        reviews: ended(state, 'sent back', event),
        sentBack: { by, at, missing: words.missing },
      };
    }
    case 'voting':
      return { ...state, status: 'voting', deadline: event.deadline };
    case 'not-opened': {
      const { why, facts, for: people, at, due } = event;
      return {
        ...state,
        status: 'in review',
        reviews: [...state.reviews, { for: people, since: at, due, stuck: { why, facts } }],
      };
    }
    case 'decided': {
      const { outcome, revision, at } = event;
      return { ...state, status: outcome, ...(outcome === 'approved' ? { approval: { revision, at } } : {}) };
    }
    case 'withdrawn':
      return { ...state, status: 'withdrawn', reviews: ended(state, 'ended', event), ended: closing(event, '') };
    case 'cancelled':
      return { ...state, status: 'cancelled', reviews: ended(state, 'ended', event), ended: closing(event, '') };
    case 'started':
      return { ...state, status: 'in progress', work: { startedAt: event.at, by: event.by } };
    case 'done':
      return { ...state, status: 'done', ended: closing(event, '') };
    case 'failed':
      return { ...state, status: 'failed', ended: closing(event, event.words.reason) };
    case 'backed-out':
      return { ...state, status: 'backed out', ended: closing(event, event.words.reason) };
    case 'extended':
      return { ...state, fields: { ...state.fields, end: event.end } };
    case 'made-reviewed': {
      const { by, at, words } = event;
      return { ...state, madeReview: { due: state.madeReview?.due ?? at, done: { by, at, findings: words.findings } } };
    }
    case 'linked':
      return { ...state, fields: { ...state.fields, links: [...state.fields.links, event.to] } };
    case 'watched':
      return { ...state, watchers: [...state.watchers, event.person] };
    case 'unwatched':
      return { ...state, watchers: state.watchers.filter((person) => person !== event.person) };
    case 'classified':
      return { ...state, class: event.class };
    case 'review-chased':
    case 'reviewers-changed':
      return { ...state, reviews: state.reviews.map((one, at) => (at + 1 === event.review ? { ...one, for: event.for } : one)) };
    // Its plan is a part of its own.
    case 'announced':
    case 'judged':
    case 'start-chased':
    case 'end-chased':
    case 'made-review-chased':
      return state;
    default:
      return event satisfies never;
  }
}

type Closing = Pick<NonNullable<Change['ended']>, 'by' | 'at'>;

const closing = ({ by, at }: Closing, reason: string) => ({ by, at, reason });

/** The reviews, the last one ended if it was not. */
const ended = ({ reviews }: Change, how: NonNullable<Review['ended']>['how'], { by, at }: Closing): readonly Review[] =>
  reviews.map((one, index) => (index === reviews.length - 1 && !one.ended ? { ...one, ended: { how, by, at } } : one));
