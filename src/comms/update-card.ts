/** An update as its audience reads it. */
import { type Block, type Card, card, text, type Words } from '../chat/card.ts';
import type { Instant } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { answerButtons, decisionBlocks, optionButtons } from './answer-buttons.ts';
import type { Phase } from './line.ts';
import { partsOf } from './long-text.ts';
import { isClosing, isMending, type PlanKind } from './plan.ts';
import type { Wanted } from './wanted.ts';

export interface Statement {
  readonly title: string;
  readonly number: number;
  /** Its number over all records, once it left. */
  readonly upd?: string | undefined;
  /** What it corrects or retracts: its number over all records, and when it left. */
  readonly mends?: { readonly upd: string; readonly at: Instant } | undefined;
  readonly phase: Phase;
  /** What kind of record it is about; absent: one that can be major. */
  readonly kind?: PlanKind | undefined;
  readonly text: string;
  /** As of when it is true. */
  readonly asOf: Instant;
  /** When it was due, if it leaves later. */
  readonly lateSince?: Instant | undefined;
  /** When the next one comes; absent: on demand. */
  readonly next?: Instant | undefined;
  /** What its audience is to decide. */
  readonly decision?: Wanted | undefined;
  /** Which update readers press on, once it leaves; absent: it cannot be pressed on. */
  readonly pressed?: { readonly record: RecordId; readonly update: string } | undefined;
}

const mending = (phase: Phase): string => (phase === 'retraction' ? 'Retraction' : 'Correction');

/** What the title says of the phase. */
const OF_A_CASE: Readonly<Partial<Record<Phase, string>>> = { resolved: ', resolved', normal: ', no longer major' };
const OF_A_CHANGE: Readonly<Partial<Record<Phase, string>>> = {
  moved: ', moved',
  resolved: ', done',
  normal: ', called off',
  failed: ', failed',
};

/** `Update 3: Refused connections`, `Correction of UPD-7: Refused connections`. */
export const updateTitle = ({
  number,
  phase,
  kind,
  title,
  mends,
}: Pick<Statement, 'number' | 'phase' | 'kind' | 'title' | 'mends'>): string =>
  mends
    ? `${mending(phase)} of ${mends.upd}${named(title)}`
    : phase === 'holding'
      ? `Update delayed${named(title)}`
      : `Update ${number}${(kind === 'change' ? OF_A_CHANGE : OF_A_CASE)[phase] ?? ''}${named(title)}`;

/** Readers who may not know of the record are not told what it is called. */
const named = (title: string): string => (title === '' ? '' : `: ${title}`);

/** When the next one comes, and by which number people can name this one. */
function endingOf({ phase, kind, next, upd }: Statement): Words {
  const reference = upd === undefined ? '' : ` Reference: ${upd}.`;
  if (isMending(phase)) return [`The other updates stand as they are.${reference}`];
  if (phase === 'holding') return ['Our update is delayed; the next comes by ', { time: next ?? 0 }, `.${reference}`];
  if (phase === 'normal' && kind !== 'change') return [`The next update comes when it is resolved.${reference}`];
  if (isClosing(phase)) return [`This is the last update on this.${reference}`];
  return next === undefined
    ? [`The next update comes when there is news.${reference}`]
    : ['Next update by ', { time: next }, `.${reference}`];
}

/** The cards of an update, in order: one, or several numbered ones when it is long. */
export function updateCards(statement: Statement): readonly Card[] {
  const parts = partsOf(statement.text);
  const { phase, asOf, lateSince, mends, decision, pressed } = statement;
  const ending: readonly Block[] = [
    ...(decision ? decisionBlocks(decision) : []),
    text(...endingOf(statement)),
    ...(pressed && decision ? [optionButtons(pressed.record, pressed.update, decision)] : []),
    ...(pressed ? [answerButtons(pressed.record, pressed.update)] : []),
  ];
  return parts.map((part, at) => {
    const title = `${parts.length > 1 ? `(${at + 1} of ${parts.length}) ` : ''}${updateTitle(statement)}`;
    return card(
      title,
      [
        ...(at === 0
          ? [
              text(
                ...(mends ? [`${mending(phase)} of ${mends.upd} of `, { time: mends.at }, '. '] : []),
                'As of ',
                { time: asOf },
                ...(lateSince === undefined ? [] : ['. Late: it was due ', { time: lateSince }]),
                '.',
              ),
            ]
          : []),
        text(part),
        ...(at === parts.length - 1 ? ending : []),
      ],
      { tone: phase === 'resolved' ? 'success' : 'info', summary: `${title}. ${part}` },
    );
  });
}
