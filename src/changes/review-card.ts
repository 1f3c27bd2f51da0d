/** What a change manager sees of an RFC that waits for review: with buttons while it does, without afterwards (C2). */
import { type Block, type Card, type Control, card, controls, facts, list, text, type Words } from '../chat/card.ts';
import { refusalWords } from '../chat/refusals/index.ts';
import type { RecordView } from '../core/ask.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { ballot } from './ballot.ts';
import { change } from './change.ts';
import { type Change, openReview, type Review } from './rfc.ts';
import type { Ballot } from './round.ts';
import { becauseWords, brief, names, reasonsOf, titled, windowWords } from './words.ts';

/** Agree, Change and Send back; a standard change asks for the reference of its pre-approval. They carry the revision that was read. */
export const reviewControls = (record: RecordId, { revision, fields }: Change): readonly Control[] => {
  const value = String(revision);
  const agree = fields.type === 'standard' ? 'rfc.confirm' : 'rfc.agree';
  return [
    { label: 'Agree', action: agree, record, value, style: 'primary' },
    { label: 'Change', action: 'rfc.change', record, value },
    { label: 'Send back', action: 'rfc.send-back', record, value },
  ];
};

/** The card of the review with this number, as it stands or as it ended. */
export function reviewCard(view: RecordView, number: number, now: Instant): Card {
  const rfc = view.state(change);
  const review = rfc.reviews[number - 1];
  const title = titled(view.id, rfc);
  if (!review) return card(title);
  return review === openReview(rfc) ? pending(view, rfc, review, now) : over(title, review);
}

function pending(view: RecordView, rfc: Change, review: Review, now: Instant): Card {
  const { fields } = rfc;
  const title = titled(view.id, rfc);
  const stuck = review.stuck ? refusalWords({ refused: review.stuck.why, facts: review.stuck.facts }) : undefined;
  const overdue = now >= review.due;
  const ask: Words = stuck
    ? [{ bold: 'The ballot cannot open' }, '. ', ...stuck, ' Agree opens it once that is mended.']
    : [
        { person: rfc.requester },
        ' asks for this change. Priority, category and type: agree or change them by ',
        { time: review.due },
        '.',
        ...(overdue ? [' That time is over, and the admins are told that it waits.'] : []),
      ];
  return card(
    `${stuck ? 'Cannot open' : 'Review'} ${title}`,
    [
      text(...ask),
      text(brief(fields.description, 400)),
      facts(
        ['Type', fields.type],
        ['Priority', fields.priority],
        ['Category', brief(fields.category, 60) || 'none'],
        ['Window', ...windowWords(fields)],
        ['Risk', brief(fields.risk, 200) || 'not said yet'],
        ['Impact', brief(fields.impact, 150) || 'not said'],
        ['Affected items', brief(fields.items, 150) || 'not said'],
        ['Backout plan', brief(fields.backout, 200)],
        ['Waiting for', ...names(review.for)],
        ['Since', { time: review.since }],
      ),
      ...earlierReasons(rfc, view.state(ballot)),
      ...(fields.type === 'standard'
        ? [text('Standard is only asked for: with the reference of its pre-approval it is approved, without it becomes minor.')]
        : []),
      controls(...reviewControls(view.id, rfc)),
      text('All of it, with the plans: ', { code: `/rfc show ${view.id}` }, '.'),
    ],
    {
      tone: stuck || overdue ? 'warning' : 'info',
      summary: `${stuck ? 'The ballot cannot open' : overdue ? 'Your review is overdue' : 'Waiting for your review'}: ${title}`,
    },
  );
}

const HOW = { agreed: 'Agreed', 'sent back': 'Sent back', ended: 'No longer waiting' } as const;

/** An edit or a withdrawal ends a review too, which then was nobody's decision. */
function over(title: string, { ended }: Review): Card {
  const how = ended ? HOW[ended.how] : HOW.ended;
  const decided = ended !== undefined && ended.how !== 'ended';
  const said: Words = decided
    ? [{ bold: how }, ' by ', { person: ended.by }, ' at ', { time: ended.at }, '.']
    : [
        { bold: how },
        '. It was edited or taken back',
        ...(ended ? [' at ', { time: ended.at }] : []),
        ', so there is nothing to review here.',
      ];
  return card(`${how}: ${title}`, [text(...said)]);
}

/** What whoever pressed Agree or Change reads. */
export function agreedCard(view: RecordView): Card {
  const rfc = view.state(change);
  const title = titled(view.id, rfc);
  const stuck = openReview(rfc)?.stuck;
  if (stuck) {
    const why = refusalWords({ refused: stuck.why, facts: stuck.facts });
    return card(
      `Agreed, but the ballot cannot open: ${title}`,
      [text(...why, ' The change managers and the admins are told. Agree again once that is mended.')],
      {
        tone: 'warning',
      },
    );
  }
  if (openReview(rfc)) {
    return card(`Changed: ${title}`, [
      text('It is still a standard change: press Agree and give the reference of its pre-approval.'),
    ]);
  }
  if (rfc.approval?.confirmed)
    return card(`Approved: ${title}`, [text('Confirmed as pre-approved; there is no ballot.')], { tone: 'success' });
  const round = view.state(ballot).rounds.at(-1);
  const type: Words = ['It is ', { bold: `${rfc.fields.type}, ${rfc.fields.priority}` }, '. '];
  const open: Words = round ? [`${round.board} votes in `, { place: round.place }, ' until ', { time: round.deadline }, '.'] : [];
  return card(`Agreed: ${title}`, [text(...type, ...open)], { tone: 'success' });
}

/** Why it was turned down before, for whoever edits, reviews or votes on it again. */
export function earlierReasons(rfc: Change, past: Ballot): readonly Block[] {
  const earlier = past.rounds.filter(({ end }) => end?.outcome === 'rejected' || end?.outcome === 'expired');
  const last = earlier.at(-1);
  if (!last?.end || rfc.status === 'approved' || rfc.status === 'in progress' || rfc.status === 'done') return [];
  const said = Object.entries(last.votes).flatMap(([person, { choice, reason }]) =>
    choice === 'reject' ? [{ person, reason }] : [],
  );
  return [
    text(
      `Revision ${last.revision} ${last.end.outcome === 'expired' ? '' : 'was '}${last.end.outcome}: ${becauseWords(last.end)}.`,
    ),
    ...(said.length === 0 ? [] : [list(...reasonsOf(said))]),
  ];
}
