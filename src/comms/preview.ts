/** `/comms preview`: what each line would say now, each as its audience will read it. */
import { type Block, type Card, card, LIMITS, shortened, text } from '../chat/card.ts';
import { lengthOf } from '../chat/history-card.ts';
import { command, perhaps, privately } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { differenceBlocks, leakBlocks, weightOf } from './draft-check.ts';
import { openingWords, type Sources, sourcesOf } from './drafting.ts';
import type { Line } from './line.ts';
import { mayRelease, mayWrite } from './rights.ts';
import { audience, knowing, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

/** What the title, the summary and the note at the end take of a card. */
const RESERVED = 400;
/** What stands around the text of a line: whose it is, as of when, how to see the rest. */
const AROUND = 220;
/** What of a line by itself its text may take; the rest is for what may not leave and what is new. */
const ALONE = 1900;
/** A shorter beginning says nothing. */
const SHORTEST = 40;

const preview = command({
  name: 'comms preview',
  help: 'Show what each audience would read now, before anything leaves.',
  args: { record, line: perhaps(audience) },
  run: async (c, values) => {
    const plan = await planOf(c, values.record);
    if (isRefusal(plan)) return c.refused(plan);
    const context = await knowing(c);
    const open = plan.lines.filter(({ status, update }) => status === 'active' && update !== undefined);
    const wanted = open.filter(({ audience: key }) => values.line === undefined || key === values.line);
    if (wanted.length === 0) return c.refused(refuse('nothing-to-preview', { record: values.record }));
    // What was not released yet is shown only to those who write or release it.
    const mine = wanted.filter((line) => mayWrite(plan, line, context) === undefined || mayRelease(line, context) === undefined);
    const [first] = wanted;
    if (mine.length === 0 && first)
      return c.refused(mayWrite(plan, first, context) ?? refuse('nothing-to-preview', { record: values.record }));
    const view = await c.view(values.record);
    if (!view) return c.refused(refuse('unknown-record', { record: values.record }));
    return privately(previewCard(values.record, await sourcesOf(c, view), mine, wanted.length - mine.length));
  },
});

/** The card: one line whole with what is new in it, or of several as much as there is room for. */
export function previewCard(id: RecordId, sources: Sources, lines: readonly Line[], hidden: number): Card {
  const [only] = lines;
  const room = Math.floor((LIMITS.card - RESERVED) / Math.max(1, lines.length)) - AROUND;
  const blocks =
    lines.length === 1 && only ? aloneBlocks(id, sources, only) : lines.map((line) => lineBlock(id, sources, line, room));
  const more =
    hidden > 0 ? [text(`${hidden} more ${hidden === 1 ? 'line is' : 'lines are'} not yours to see before their release.`)] : [];
  return card(`What each audience would read now: ${id}`, [...blocks, ...more], {
    summary: `${id}: what each audience would read now`,
  });
}

/** Whose it is, how it stands, and the text or as much of it as there is room for. */
function lineBlock(
  id: RecordId,
  sources: Sources,
  line: Line,
  room: number,
  whole = `/comms preview ${id} ${line.audience}`,
): Block {
  const { plan, now } = sources;
  const { update } = line;
  const words = openingWords(sources, line);
  const short = cut(words, room);
  const state =
    update?.draft === undefined
      ? 'nobody wrote it yet'
      : update.status === 'awaiting release'
        ? 'awaits its release'
        : update.leaving
          ? 'is leaving'
          : 'is being written again';
  return text(
    { bold: audienceLabel(line.audience, plan.lines) },
    `, ${state}. As of `,
    { time: update?.draft?.at ?? now },
    ...(update ? ([', due ', { time: update.due }] as const) : []),
    short === '' ? '. ' : `:\n${short}`,
    ...(short === words ? [] : [' All of it: ', { code: whole }]),
  );
}

/** The text whole where a card holds it, what may not leave of it, and what is new in it. */
function aloneBlocks(id: RecordId, sources: Sources, line: Line): readonly Block[] {
  const words = openingWords(sources, line);
  const shown = lineBlock(id, sources, line, ALONE, `/comms draft ${id} ${line.audience}`);
  const blocks = [shown, ...leakBlocks(line.update?.draft?.leaks ?? [])];
  return [...blocks, ...differenceBlocks(line, { text: words }, LIMITS.card - RESERVED - weightOf(blocks))];
}

/** The beginning of a text that is light enough once it is escaped; nothing where it would say nothing. */
function cut(words: string, room: number): string {
  let short = words;
  for (let length = words.length; lengthOf([short]) > room && length > SHORTEST; ) {
    length = Math.floor(length * 0.9);
    short = shortened(words, length);
  }
  return lengthOf([short]) > room ? '' : short;
}

export const previewDoings = [preview];
