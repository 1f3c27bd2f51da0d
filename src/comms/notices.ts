/** What people are told about a plan's lines: a text is wanted, was sent back, is overdue, was released. */
import { type Card, type Control, card, controls, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { names, notReady } from './cards.ts';
import { draftCard } from './draft-card.ts';
import { authorOf, type Line, releasersShown, type Update, writerOf } from './line.ts';
import { isClosing, type Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

/** One line of one record's plan, as its notices need it. */
export interface About {
  readonly record: RecordId;
  readonly plan: Plan;
  readonly line: Line;
}

/** `Overdue: Press and media, PRB-1`. */
export const title = (what: string, { record, line }: About): string => `${what}: ${audienceLabel(line.audience)}, ${record}`;

const write = ({ record, line }: About): Control => ({
  label: 'Write',
  action: 'comms.write',
  record,
  value: line.audience,
  style: 'primary',
});

const kindOf = (update: Update): string => (isClosing(update.phase) ? 'last update' : 'update');

const askCard = (about: About, update: Update): Card =>
  card(
    title('Text wanted', about),
    [
      text(
        `Write the ${kindOf(update)} on `,
        { bold: about.plan.title },
        ` for ${audienceLabel(about.line.audience)}. It is due `,
        { time: update.due },
        ' and is released by ',
        ...names(releasersShown(about.line, about.plan)),
        '.',
      ),
      controls(write(about)),
    ],
    { tone: 'info' },
  );

/** For the record's channel, so that everybody there knows who writes. */
export const askedCard = (about: About, update: Update): Card =>
  card(title('Text wanted', about), [
    text({ person: authorOf(about.line, about.plan) }, ` writes the ${kindOf(update)}; it is due `, { time: update.due }, '.'),
  ]);

const nudgeCard = (about: About, update: Update): Card =>
  card(title('Still no text', about), [text('The update is due ', { time: update.due }, '.'), controls(write(about))], {
    tone: 'warning',
  });

function sentBackCard(about: About, update: Update, { by, what }: NonNullable<Update['sentBack']>): Card {
  const heading = title(update.notices > 0 ? 'Sent back and overdue' : 'Sent back', about);
  const late: Words = update.notices > 0 ? [' The update was due ', { time: update.due }, '.'] : [];
  return card(
    heading,
    [text({ person: by }, ' wants this changed: ', what), ...(late.length > 0 ? [text(...late)] : []), controls(write(about))],
    {
      tone: update.notices > 0 ? 'danger' : 'warning',
      summary: `${heading}. ${what}`,
    },
  );
}

/** What whoever writes an update has before them: with the button while its text is wanted, without once that is handed in. */
export function writerCard(record: RecordId, plan: Plan, id: string, now: Instant): Card {
  const line = plan.lines.find(({ update }) => update?.id === id);
  if (!line?.update) return draftCard(record, plan, id, now);
  const about = { record, plan, line };
  const { update } = line;
  if (update.status === 'awaiting release') {
    const releasers = names(releasersShown(line, plan));
    return card(title('Handed in', about), [
      text('The text by ', { person: update.draft?.by ?? '' }, ' awaits its release by ', ...releasers, '.'),
    ]);
  }
  if (update.sentBack) return sentBackCard(about, update, update.sentBack);
  if (update.notices > 0) return overdueCard(about, update, true);
  return update.nudged ? nudgeCard(about, update) : askCard(about, update);
}

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
      ...(mayWrite && update.status !== 'awaiting release' ? [controls(write(about))] : []),
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
export const releasedCard = (about: About, number: number, by: readonly PersonId[]): Card =>
  card(title(`Update ${number} released`, about), [text('Released by ', ...names(by), '.')], { tone: 'success' });

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
