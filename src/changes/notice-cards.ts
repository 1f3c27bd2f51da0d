/** Notices of what happened to an RFC, and the questions that a passed time brings with it. */
import { type Block, type Card, type Control, capital, card, controls, list, rowOf, text, type Words } from '../chat/card.ts';
import { refusalWords } from '../chat/refusals/index.ts';
import type { RecordView } from '../core/ask.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId } from '../core/record.ts';
import { ballot } from './ballot.ts';
import { change } from './change.ts';
import { missing } from './fields.ts';
import { TURNED_DOWN } from './review.ts';
import { type Change, type FieldName, openReview } from './rfc.ts';
import { type Round, rollOf } from './round.ts';
import { endSteps, nextSteps, openAgain, startSteps } from './steps.ts';
import { count } from './tally.ts';
import { becauseWords, brief, countWords, labels, names, outcomeTitle, reasonsOf, titled, windowWords } from './words.ts';
import { endOf } from './work.ts';

/** Whom an outcome is told: the RFC's own people may go on with it, change managers may open it again, others read. */
export type Reader = 'own' | 'manager' | 'reader';

/** The decision on round `about` (`2.manager`), with the way on while it is the last word. */
export function outcomeCard(view: RecordView, about: string): Card {
  const [number = '', reader = 'reader'] = about.split('.');
  const rfc = view.state(change);
  const { rounds } = view.state(ballot);
  const round = rounds.find((one) => one.number === Number(number));
  const title = titled(view.id, rfc);
  if (!round?.end) return card(title);
  const { outcome } = round.end;
  const said = outcomeTitle(outcome);
  const current = round === rounds.at(-1) && rfc.status === outcome;
  const summary = `${said}: ${title}. ${countWords(count(rollOf(round)))}; ${becauseWords(round.end)}.`;
  return card(
    `${said}: ${title}`,
    [
      text({ bold: said }, ` by ${round.board}: ${countWords(count(rollOf(round)))}, because ${becauseWords(round.end)}.`),
      ...rejections(round),
      ...(outcome === 'approved' ? [text('Window: ', ...windowWords(rfc.fields), '.')] : []),
      ...rowOf(current ? wayOn(view, rfc, reader) : []),
    ],
    { tone: outcome === 'approved' ? 'success' : outcome === 'rejected' ? 'danger' : 'warning', summary },
  );
}

function wayOn(view: RecordView, rfc: Change, reader: string): readonly Control[] {
  const turnedDown = TURNED_DOWN.has(rfc.status);
  const own = reader === 'own' && turnedDown ? nextSteps(view.id, rfc) : [];
  return reader === 'manager' && turnedDown ? [openAgain(view.id)] : own;
}

function rejections({ electorate, votes }: Round): readonly Block[] {
  const said = electorate.flatMap((person) => {
    const vote = votes[person];
    return vote?.choice === 'reject' ? [{ person, reason: vote.reason }] : [];
  });
  return said.length === 0 ? [] : [text('Reasons given:'), list(...reasonsOf(said))];
}

/** A standard change that was confirmed. */
export function confirmedCard(view: RecordView): Card {
  const rfc = view.state(change);
  const by: Words = rfc.approval?.confirmed
    ? [' by ', { person: rfc.approval.confirmed.by }, ` (${brief(rfc.approval.confirmed.reference, 150)})`]
    : [];
  return card(
    `Approved: ${titled(view.id, rfc)}`,
    [text('Confirmed as pre-approved', ...by, '. Window: ', ...windowWords(rfc.fields), '.')],
    {
      tone: 'success',
    },
  );
}

/** To everybody who could vote: why their ballot is void. */
export function voidedCard(view: RecordView, round: Round, by: PersonId): Card {
  const title = titled(view.id, view.state(change));
  const why = round.end ? becauseWords(round.end) : 'it is void';
  const edited = round.end?.because === 'edited';
  return card(
    `Ballot void: ${title}`,
    [
      text(`The ballot of ${round.board} is void, because ${why} by `, { person: by }, '. Votes on it no longer count.'),
      ...(edited ? [text('It goes back to review; a new ballot opens when a change manager agrees.')] : []),
    ],
    { tone: 'warning', summary: `The ballot on ${title} is void: ${why}. Votes on it no longer count.` },
  );
}

/** What an edit leads to, as those whom it concerns read it. */
type Follows = 'nothing' | 'back to review' | 'in review' | 'turned down';

const FOLLOWS: Readonly<Record<Follows, string>> = {
  nothing: 'This changes nothing about where it stands.',
  'back to review': 'What was approved or voted on no longer counts: it is in review again.',
  'in review': 'This was done in its review.',
  'turned down': 'It was turned down before; it is reviewed again before anybody votes on it.',
};

/** To the people of an RFC: what somebody edited, and what follows. */
export function editedCard(
  view: RecordView,
  edited: { readonly changed: readonly FieldName[]; readonly by: PersonId },
  follows: Follows,
): Card {
  const { fields } = view.state(change);
  const said = edited.changed.map((name) =>
    name === 'type' || name === 'priority' ? `${labels([name])} (now ${fields[name]})` : labels([name]),
  );
  return card(
    `Edited: ${titled(view.id, view.state(change))}`,
    [text({ person: edited.by }, ` changed ${said.join(', ')}. ${FOLLOWS[follows]}`)],
    {
      tone: follows === 'back to review' ? 'warning' : 'neutral',
    },
  );
}

/** To a person whom an RFC names. */
export function namedCard(view: RecordView, person: PersonId): Card {
  const rfc = view.state(change);
  const roles = [
    ...(person === rfc.fields.owner ? ['change owner'] : []),
    ...(person === rfc.fields.implementer ? ['implementer'] : []),
  ];
  return card(`You are ${roles.join(' and ')} of ${titled(view.id, rfc)}`, [
    text(
      { person: rfc.requester },
      ' named you. Window: ',
      ...windowWords(rfc.fields),
      '. ',
      { code: `/rfc show ${view.id}` },
      ' shows it all.',
    ),
  ]);
}

/** To the admins: a review that nobody does, or can do. */
export function lateReviewCard(view: RecordView): Card {
  const rfc = view.state(change);
  const review = openReview(rfc);
  const title = titled(view.id, rfc);
  if (!review) return card(title);
  const who: Words =
    review.for.length > 0
      ? ['It waits for ', ...names(review.for), ' since ', { time: review.since }, '.']
      : ['Nobody can review it: ', { code: '/bellman role grant @x change-manager' }, ' to somebody whose own RFC it is not.'];
  const stuck = review.stuck ? refusalWords({ refused: review.stuck.why, facts: review.stuck.facts }) : [];
  return card(
    `${review.stuck ? 'The ballot cannot open' : 'Review waits'}: ${title}`,
    [text(...stuck, ...(stuck.length > 0 ? [' '] : []), ...who)],
    {
      tone: 'warning',
    },
  );
}

/** Approved, and its start has come. */
export function startCard(view: RecordView, revision: number): Card {
  const rfc = view.state(change);
  const title = titled(view.id, rfc);
  if (rfc.status !== 'approved' || rfc.revision !== revision) return card(title, [text({ bold: capital(rfc.status) }, '.')]);
  return card(
    `Start now? ${title}`,
    [
      text('Its start was ', { time: rfc.fields.start }, '. Moving the window takes it back to review.'),
      controls(...startSteps(view.id)),
    ],
    { tone: 'info' },
  );
}

/** In progress, and its end has come. */
export function endCard(view: RecordView): Card {
  const rfc = view.state(change);
  const title = titled(view.id, rfc);
  if (rfc.status !== 'in progress') return card(title, [text({ bold: capital(rfc.status) }, '.')]);
  const gaps = missing(rfc);
  return card(
    `How did it go? ${title}`,
    [
      text('It was to be over by ', { time: endOf(rfc) }, '.'),
      ...(gaps.length > 0
        ? [text(`Before it can be closed it needs: ${labels(gaps)}. `, { code: `/rfc edit ${view.id}` }, ' adds them.')]
        : []),
      controls(...endSteps(view.id), ...nextSteps(view.id, rfc).filter(({ action }) => action === 'rfc.back-out')),
    ],
    { tone: 'warning' },
  );
}

/** A change that was made first and waits for its review. */
export function madeReviewCard(view: RecordView): Card {
  const rfc = view.state(change);
  const title = titled(view.id, rfc);
  const { madeReview } = rfc;
  if (!madeReview || madeReview.done)
    return card(
      `Reviewed: ${title}`,
      madeReview?.done
        ? [text({ bold: 'Reviewed' }, ' by ', { person: madeReview.done.by }, `: ${brief(madeReview.done.findings, 1500)}`)]
        : [],
    );
  return card(
    `Review the change made already: ${title}`,
    [
      text(
        'It was made at ',
        { time: rfc.fields.start },
        ' before anybody approved it. Its review is due by ',
        { time: madeReview.due },
        '.',
      ),
      controls({ label: 'Reviewed', action: 'rfc.made-review', record: view.id, style: 'primary' }),
    ],
    { tone: 'warning' },
  );
}

/** What happened to the work, in one line, for those whom it concerns. */
export function workCard(view: RecordView, by: PersonId): Card {
  const rfc = view.state(change);
  const title = titled(view.id, rfc);
  const reason = rfc.ended?.reason ? `: ${brief(rfc.ended.reason, 1000)}` : '.';
  return card(`${capital(rfc.status)}: ${title}`, [text({ bold: capital(rfc.status) }, ', says ', { person: by }, reason)], {
    tone: rfc.status === 'done' ? 'success' : rfc.status === 'failed' || rfc.status === 'backed out' ? 'warning' : 'info',
  });
}

/** To implementer and owner of a failed change: the way back. */
export function failedCard(view: RecordView): Card {
  const rfc = view.state(change);
  const shown = rfc.status === 'failed' ? nextSteps(view.id, rfc) : [];
  const reason = rfc.ended?.reason ? `: ${brief(rfc.ended.reason, 1000)}` : '.';
  return card(
    `${capital(rfc.status)}: ${titled(view.id, rfc)}`,
    [
      text({ bold: capital(rfc.status) }, reason),
      ...(shown.length > 0 ? [text('How to go back: ', brief(rfc.fields.backout, 800)), controls(...shown)] : []),
    ],
    { tone: 'warning' },
  );
}

/** To the people of an RFC and the change managers: its work takes longer. */
export const extendedCard = (view: RecordView, end: Instant, by: PersonId): Card =>
  card(`Needs longer: ${titled(view.id, view.state(change))}`, [text({ person: by }, ' needs until ', { time: end }, '.')], {
    tone: 'warning',
  });

/** To the change managers: work began before its window. */
export const earlyCard = (view: RecordView, by: PersonId): Card =>
  card(
    `Started early: ${titled(view.id, view.state(change))}`,
    [text({ person: by }, ' started it before its window, ', ...windowWords(view.state(change).fields), '.')],
    { tone: 'warning' },
  );

/** To requester and change owner: how far it may be known has changed. */
export const classifiedCard = (view: RecordView, by: PersonId): Card =>
  card(`${capital(view.class)} now: ${titled(view.id, view.state(change))}`, [
    text({ person: by }, ' changed how far it may be known: ', { bold: view.class }, '.'),
  ]);
