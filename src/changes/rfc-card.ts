/** What people see of an RFC: where it stands, who is waited for since when, and what can be done next (C1, C12). */
import { type Block, type Card, capital, card, controls, facts, rowOf, type Tone, text, type Words } from '../chat/card.ts';
import { refusalWords } from '../chat/refusals/index.ts';
import type { RecordView } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { ballot } from './ballot.ts';
import { ballotControls } from './ballot-card.ts';
import { change } from './change.ts';
import { LABELS, missing } from './fields.ts';
import { earlierReasons, reviewControls } from './review-card.ts';
import { type Change, openReview, type Status, type Texts } from './rfc.ts';
import { type Ballot, present, rollOf } from './round.ts';
import { nextSteps, stepsFor, type Viewer } from './steps.ts';
import { waitingFor } from './tally.ts';
import { becauseWords, brief, labels, names, outcomeTitle, titled, windowWords } from './words.ts';
import { endOf } from './work.ts';

const TONES: Readonly<Record<Status, Tone>> = {
  draft: 'neutral',
  'in review': 'info',
  voting: 'info',
  approved: 'success',
  rejected: 'danger',
  expired: 'warning',
  void: 'warning',
  withdrawn: 'neutral',
  cancelled: 'neutral',
  'in progress': 'info',
  done: 'success',
  failed: 'danger',
  'backed out': 'warning',
};

/** The requester's card: it follows the RFC from draft to end. */
export function rfcCard(view: RecordView): Card {
  const rfc = view.state(change);
  // Nobody reviews an own change.
  const next = nextSteps(view.id, rfc).filter(({ action }) => action !== 'rfc.made-review');
  return card(titled(view.id, rfc), [...whereItStands(view), summaryFacts(rfc), ...rowOf(next)], {
    tone: TONES[rfc.status],
    summary: `${titled(view.id, rfc)} is ${rfc.status}`,
  });
}

/** What whoever moved the RFC on reads at once: where it stands now. The buttons are on the cards that follow it. */
export const standsCard = (view: RecordView): Card => {
  const rfc = view.state(change);
  return card(`${capital(rfc.status)}: ${titled(view.id, rfc)}`, whereItStands(view), {
    tone: TONES[rfc.status],
    summary: `${titled(view.id, rfc)} is ${rfc.status}`,
  });
};

/** `/rfc show`: everything, shortened, with the buttons that this viewer has a use for. */
export function showCard(view: RecordView, viewer: Viewer): Card {
  const rfc = view.state(change);
  const { fields } = rfc;
  const told = LONG_FIELDS.filter((name) => fields[name] !== '');
  const review = openReview(rfc);
  const round = present(view.state(ballot));
  const manages = viewer.roles.has('change-manager') && viewer.person !== rfc.requester && viewer.person !== fields.owner;
  const votes = round && !round.end && round.electorate.includes(viewer.person);
  return card(
    titled(view.id, rfc),
    [
      ...whereItStands(view),
      summaryFacts(rfc),
      ...told.flatMap((name): readonly Block[] => [
        text({ bold: LABELS[name] }, `: ${brief(fields[name], told.length > 3 ? 220 : 500)}`),
      ]),
      ...(told.some((name) => fields[name].length > 220)
        ? [text('One field whole: ', { code: `/rfc show ${view.id} description` }, '.')]
        : []),
      ...rowOf(stepsFor(view.id, rfc, viewer)),
      ...(review && manages ? [controls(...reviewControls(view.id, rfc))] : []),
      ...(votes ? [controls(...ballotControls(view.id, round))] : []),
      controls(
        rfc.watchers.includes(viewer.person)
          ? { label: 'Stop watching', action: 'rfc.unwatch', record: view.id }
          : { label: 'Watch', action: 'rfc.watch', record: view.id },
      ),
    ],
    { tone: TONES[rfc.status], summary: `${titled(view.id, rfc)} is ${rfc.status}` },
  );
}

export const LONG_FIELDS = [
  'description',
  'risk',
  'items',
  'impact',
  'benefit',
  'plan',
  'backout',
] as const satisfies readonly (keyof Texts)[];

/** One field, whole. */
export const fieldCard = (view: RecordView, name: keyof Texts): Card => {
  const rfc = view.state(change);
  return card(`${LABELS[name]} of ${titled(view.id, rfc)}`, [text(rfc.fields[name] || 'Nothing was written here.')]);
};

function summaryFacts(rfc: Change): Block {
  const { fields } = rfc;
  return facts(
    ['Type and priority', `${fields.type}, ${fields.priority}${fields.category === '' ? '' : `, ${brief(fields.category, 60)}`}`],
    ['Window', ...windowWords(fields)],
    ['Risk', brief(fields.risk, 120) || 'not said yet'],
    ['Requester', { person: rfc.requester }],
    ['Change owner', { person: fields.owner }],
    ['Implementer', { person: fields.implementer }],
    ...(fields.links.length === 0 ? [] : [['Linked records', brief(fields.links.join(', '), 200)] as const]),
    ['Revision', String(rfc.revision)],
  );
}

/** The first lines: its status, since when, and who is waited for. */
export function whereItStands(view: RecordView): readonly Block[] {
  const rfc = view.state(change);
  const past = view.state(ballot);
  const gaps = rfc.way === 'form' || rfc.status === 'done' ? [] : missing(rfc);
  const chased = gaps.length > 0 ? [text(`Before it can be closed it needs: ${labels(gaps)}.`)] : [];
  return [...statusBlocks(view.id, rfc, past), ...chased, ...earlierReasons(rfc, past)];
}

function statusBlocks(record: RecordId, rfc: Change, past: Ballot): readonly Block[] {
  const { status, sentBack, approval, work, ended, fields, madeReview } = rfc;
  switch (status) {
    case 'draft':
      return sentBack
        ? [text({ bold: 'Sent back' }, ' by ', { person: sentBack.by }, '. What is missing: ', brief(sentBack.missing, 600))]
        : [text({ bold: 'Draft' }, '. Nobody has been asked yet: submit it when it is complete.')];
    case 'in review':
      return reviewBlocks(rfc);
    case 'voting': {
      const round = present(past);
      const waiting = round ? waitingFor(rollOf(round)) : [];
      const since: Words = round ? ['since ', { time: round.opened }, ' until ', { time: round.deadline }] : [];
      return [text({ bold: 'Voting' }, ' ', ...since, '. Waiting for ', ...names(waiting), '.')];
    }
    case 'approved': {
      const how: Words = approval?.confirmed
        ? [' by ', { person: approval.confirmed.by }, ` as pre-approved: ${brief(approval.confirmed.reference, 150)}`]
        : [];
      const then: Words =
        rfc.way === 'already'
          ? madeReview?.done
            ? [' after it was made. It was reviewed and can be closed.']
            : [' after it was made. A change manager reviews it until ', { time: madeReview?.due ?? 0 }, '.']
          : ['. Waiting for ', { person: fields.implementer }, ' to start it at ', { time: fields.start }, '.'];
      return [text({ bold: 'Approved' }, ...how, ...then)];
    }
    case 'rejected':
    case 'expired':
    case 'void': {
      const end = present(past)?.end;
      const why = end ? `, because ${becauseWords(end)}` : '';
      return [text({ bold: outcomeTitle(status) }, why, '. It can be edited and resubmitted.')];
    }
    case 'in progress': {
      const since: Words = work ? [' since ', { time: work.startedAt }] : [];
      return [
        text(
          { bold: 'In progress' },
          ...since,
          ', to be over by ',
          { time: endOf(rfc) },
          '. Waiting for ',
          { person: fields.implementer },
          '.',
        ),
      ];
    }
    case 'withdrawn':
    case 'cancelled':
    case 'done':
    case 'failed':
    case 'backed out': {
      const by: Words = ended
        ? [' by ', { person: ended.by }, ' at ', { time: ended.at }, ended.reason && `: ${brief(ended.reason, 600)}`]
        : [];
      const again: Words =
        status === 'withdrawn' || status === 'cancelled' ? ['. To raise it anew: ', { code: `/rfc copy ${record}` }] : [];
      return [text({ bold: capital(status) }, ...by, ...again, '.')];
    }
    default:
      return status satisfies never;
  }
}

function reviewBlocks(rfc: Change): readonly Block[] {
  const review = openReview(rfc);
  if (!review) return [text({ bold: 'In review' }, '.')];
  const waiting: Words =
    review.for.length > 0
      ? ['Waiting for ', ...names(review.for), ' since ', { time: review.since }, ', due ', { time: review.due }, '.']
      : ['Nobody can review it: it needs a change manager whose own RFC it is not. An admin grants the role.'];
  if (!review.stuck) return [text({ bold: 'In review' }, '. ', ...waiting)];
  const why = refusalWords({ refused: review.stuck.why, facts: review.stuck.facts });
  return [
    text({ bold: 'In review, the ballot cannot open' }, '. ', ...why),
    text(...waiting, ' Agree opens it once that is mended.'),
  ];
}
