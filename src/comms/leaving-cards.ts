/** What people are told about a release that can still be taken back, was taken back, or did not leave; and about corrections. */
import { type Card, type Control, card, controls, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type About, title } from './about.ts';
import { names } from './cards.ts';
import type { Leaving, Line, StandIns, Update } from './line.ts';
import { updateNumber } from './plan.ts';
import { undoOf } from './update.ts';

/** Who released or approved something; B for A where B stood in for A. */
export const whoReleased = (by: readonly PersonId[], standIns: StandIns | undefined): Words =>
  by.some((person) => standIns?.[person] !== undefined)
    ? by.flatMap((person, at): Words => {
        const absent = standIns?.[person];
        const lead = at === 0 ? [] : [at === by.length - 1 ? ' and ' : ', '];
        return [...lead, { person }, ...(absent === undefined ? [] : [' for ', { person: absent }])];
      })
    : names(by);

/** Takes a release back while it can be. */
export const undoButton = (record: RecordId, update: string): Control => ({
  label: 'Undo',
  action: 'comms.undo',
  record,
  value: String(updateNumber(update)),
  style: 'danger',
});

/** The releasers' card while a release can still be taken back. */
export function leavingCard(record: RecordId, line: Line, update: Update, leaving: Leaving): Card {
  const heading = title(`Leaves in ${spanWords(undoOf(line))}`, { record, line });
  return card(
    heading,
    [
      text(
        'Released by ',
        ...whoReleased(leaving.by, leaving.standIns),
        '. Until it leaves at ',
        { time: leaving.leaves },
        ', Undo takes it back.',
      ),
      controls(undoButton(record, update.id)),
    ],
    { tone: 'warning', summary: `${heading}. Undo takes it back.` },
  );
}

/** The releasers' card of a holding statement that stands by, with the way to take it out. */
export function readyCard(record: RecordId, line: Line, update: Update, ready: Leaving): Card {
  const about = { record, line };
  return card(title('Holding statement stands by', about), [
    text(
      'Released by ',
      ...whoReleased(ready.by, ready.standIns),
      `. It goes out once if nothing is released ${spanWords(update.after ?? 0)} after due. It is withdrawn when the update leaves.`,
    ),
    controls({ label: 'Skip', action: 'comms.skip', record, value: String(updateNumber(update.id)), style: 'danger' }),
  ]);
}

/** To owner, writer and releasers: nothing was released in time. */
export const heldCard = (about: About): Card =>
  card(
    title('Holding statement went out', about),
    [
      text(
        'Nothing was released in time, so the holding statement went out, once. The update itself is still due: ',
        { code: `/comms release ${about.record} ${about.line.audience}` },
        '.',
      ),
    ],
    { tone: 'danger' },
  );

/** To whoever had released it. */
export const undoneCard = (about: About, by: PersonId): Card =>
  card(title('Release taken back', about), [
    text({ person: by }, ' took the release back before it left. It awaits release again, with no approvals.'),
  ]);

const WHY = {
  'releaser-lost-right': 'whoever released it no longer may',
  'class-raised': 'the record is guarded more than the line may carry now',
  changed: 'its text, its destination or its releasers changed meanwhile',
} as const;

/** To owner, releasers and whoever released it. */
export const heldBackCard = (about: About, by: readonly PersonId[], why: keyof typeof WHY): Card =>
  card(
    title('Did not leave', about),
    [
      text(
        'It was released by ',
        ...names(by),
        `, but ${WHY[why]}. It awaits release again: `,
        { code: `/comms release ${about.record} ${about.line.audience}` },
        '.',
      ),
    ],
    { tone: 'danger' },
  );

/** To the owner and whoever released it: its line was closed or begun anew before it left. */
export const gaveWayCard = (about: About): Card =>
  card(
    title('Did not leave', about),
    [
      text(
        `${about.record} changed before the released update left, so nobody was told. `,
        ...(about.line.update
          ? ['Another update takes its place; write it: ', { code: `/comms draft ${about.record} ${about.line.audience}` }, '.']
          : ['The line is closed and needs nothing more.']),
      ),
    ],
    { tone: 'warning' },
  );

/** To the owner: somebody wants an update corrected. */
export const correctionCard = (about: About, update: Update, by: PersonId): Card => {
  const upd = about.plan.outcomes[update.corrects ?? '']?.upd ?? 'an update';
  return card(title(update.phase === 'retraction' ? 'Retraction wanted' : 'Correction wanted', about), [
    text({ person: by }, ` wrote a ${update.phase} of ${upd}. It goes to everybody who got that, once it is released.`),
  ]);
};
