/** What people are told about a plan's lines: a text is wanted, was sent back, is overdue, was released. */
import { type Block, type Card, card, controls, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type About, title } from './about.ts';
import { names, notReady } from './cards.ts';
import { draftCard } from './draft-card.ts';
import { type Line, releasersShown, type Update, writerOf } from './line.ts';
import { isClosing, isMending, type Plan, updateNumber } from './plan.ts';
import { audienceLabel } from './template.ts';
import { preparedIn } from './update.ts';
import { repeatable } from './writing.ts';

/** What the button *Write* carries: the line, and which update where it is not what is due on it. */
const writeValue = (line: Line, update: Update): string =>
  line.update?.id === update.id ? line.audience : `${line.audience}.${updateNumber(update.id)}`;

/** What somebody who is asked for a text can do about it. */
function answers({ record, line }: About, update: Update): Block {
  const about = { record, value: String(updateNumber(update.id)) };
  return controls(
    { label: 'Write', action: 'comms.write', record, value: writeValue(line, update), style: 'primary' },
    ...(repeatable(line, update) === undefined ? [] : [{ label: 'No change', action: 'comms.no-change', ...about }]),
    { label: 'I’ll take it', action: 'comms.take', ...about },
    { label: 'Skip', action: 'comms.skip', style: 'danger', ...about },
  );
}

const kindOf = (update: Update): string =>
  isMending(update.phase) ? update.phase : isClosing(update.phase) ? 'last update' : 'update';

const askCard = (about: About, update: Update): Card =>
  card(
    title('Text wanted', about),
    [
      text(
        `Write the ${kindOf(update)} on `,
        { bold: about.plan.title },
        ` for ${audienceLabel(about.line.audience, [about.line])}. It is due `,
        { time: update.due },
        ' and is released by ',
        ...names(releasersShown(about.line, about.plan)),
        '.',
        ...taken(update),
      ),
      answers(about, update),
    ],
    { tone: 'info' },
  );

/** Who said that they write it, for everybody else who was asked. */
const taken = ({ takenBy }: Update): Words => (takenBy === undefined ? [] : [' ', { person: takenBy }, ' has taken it.']);

/** For the record's channel, so that everybody there knows who writes; with the buttons while the text is wanted. */
export function askedCard(record: RecordId, plan: Plan, id: string, now: Instant): Card {
  const found = preparedIn(plan, id);
  const outcome = plan.outcomes[id];
  if (!found && outcome?.what !== 'released') return plainly(draftCard(record, plan, id, now));
  if (!found || found.update.status === 'awaiting release' || found.update.leaving) {
    const line = found?.line ?? { audience: outcome?.line ?? '' };
    // The same from here on: an edit of the channel's card for each step would tell nobody anything.
    return card(title('Text wanted', { record, line }), [text('The text is handed in; nothing more is needed here.')]);
  }
  const { line, update } = found;
  return card(title('Text wanted', { record, line }), [
    text({ person: writerOf(line, plan, update) }, ` writes the ${kindOf(update)}; it is due `, { time: update.due }, '.'),
    answers({ record, plan, line }, update),
  ]);
}

const nudgeCard = (about: About, update: Update): Card =>
  card(
    title('Still no text', about),
    [text('The update is due ', { time: update.due }, '.', ...taken(update)), answers(about, update)],
    { tone: 'warning' },
  );

function sentBackCard(about: About, update: Update, { by, what }: NonNullable<Update['sentBack']>): Card {
  const heading = title(update.notices > 0 ? 'Sent back and overdue' : 'Sent back', about);
  const late: Words = update.notices > 0 ? [' The update was due ', { time: update.due }, '.'] : [];
  return card(
    heading,
    [
      text({ person: by }, ' wants this changed: ', what),
      ...(late.length + taken(update).length > 0 ? [text(...late, ...taken(update))] : []),
      answers(about, update),
    ],
    {
      tone: update.notices > 0 ? 'danger' : 'warning',
      summary: `${heading}. ${what}`,
    },
  );
}

/** The same from here on: its releasers' cards say what becomes of it, and its author is told when it left. */
const handedInCard = (about: About): Card =>
  card(title('Handed in', about), [text('Handed in to ', ...names(releasersShown(about.line, about.plan)), ' for release.')]);

/** What whoever writes an update has before them: with the button while its text is wanted, without once that is handed in. */
export function writerCard(record: RecordId, plan: Plan, id: string, now: Instant): Card {
  const found = preparedIn(plan, id);
  const outcome = plan.outcomes[id];
  const left = outcome?.what === 'released' ? plan.lines.find(({ audience }) => audience === outcome.line) : undefined;
  if (left) return handedInCard({ record, plan, line: left });
  if (!found) return plainly(draftCard(record, plan, id, now));
  const { line, update } = found;
  const about = { record, plan, line };
  if (update.status === 'awaiting release' || update.leaving) return handedInCard(about);
  if (update.sentBack) return sentBackCard(about, update, update.sentBack);
  if (update.notices > 0) return overdueCard(about, update, true);
  return update.nudged ? nudgeCard(about, update) : askCard(about, update);
}

/** Without its buttons: for those to whom they are not given. */
const plainly = (shown: Card): Card => ({ ...shown, blocks: shown.blocks.filter(({ kind }) => kind !== 'controls') });

/** `mayWrite`: whether the reader is the one who is waited for. */
export function overdueCard(about: About, update: Update, mayWrite: boolean): Card {
  const { record, line, plan } = about;
  const missing = notReady(record, line, plan);
  const waitsFor: Words =
    missing.length > 0
      ? ['It cannot leave: ', ...missing, '.']
      : update.status === 'awaiting release'
        ? ['It waits for its release by ', ...names(releasersShown(line, plan)), '.']
        : ['It waits for its text by ', { person: writerOf(line, plan, update) }, '.'];
  return card(
    title('Overdue', about),
    [
      text('The update was due ', { time: update.due }, '. ', ...waitsFor),
      ...(mayWrite && ['upcoming', 'drafting'].includes(update.status) ? [answers(about, update)] : []),
    ],
    { tone: 'danger' },
  );
}

/** To whoever approved a text that somebody changed after that. */
export const changedCard = (about: About, by: PersonId): Card =>
  card(
    title('Text changed', about),
    [
      text(
        { person: by },
        ' changed the text that you approved, so your approval no longer counts. Its card shows the new text.',
      ),
    ],
    { tone: 'warning' },
  );

/** To the author of a line. */
export const releasedCard = (about: About, what: string, upd: string, by: readonly PersonId[]): Card =>
  card(title(`${what} released`, about), [text(`Released as ${upd} by `, ...names(by), '.')], { tone: 'success' });

/** To owner and author. */
export const skippedCard = (about: About, by: PersonId, reason: string): Card =>
  card(title('Update skipped', about), [text({ person: by }, ' skipped it: ', reason)], {
    summary: `${title('Update skipped', about)}. ${reason}`,
  });

/** To the releasers of a line, those before and those from now on. */
export const releasersCard = (about: About, by: PersonId): Card =>
  card(title('Releasers changed', about), [
    text(
      'Updates are released by ',
      ...names(releasersShown(about.line, about.plan)),
      ' from now on. Changed by ',
      {
        person: by,
      },
      '.',
    ),
  ]);

/** To those who may not know of a private record: that nobody of its people acts, and who can look. */
export const unseenCard = (inside: readonly PersonId[]): Card =>
  card(
    'Overdue: an update on a private record',
    [
      text(
        'It is overdue, and nobody of its own people acts. What it is about you may not see. ',
        ...(inside.length > 0
          ? (['Ask ', ...names(inside), ' to look.'] as const)
          : (['Give somebody the role security, who then sees it: ', { code: '/bellman role grant @x security' }, '.'] as const)),
      ),
    ],
    { tone: 'danger' },
  );
