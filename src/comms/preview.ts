/** `/comms preview`: what each line would say now, each as its audience will read it. */
import { type Block, type Card, card, divider, shortened, text } from '../chat/card.ts';
import { command, perhaps, privately } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { differenceBlocks, leakBlocks } from './draft-check.ts';
import { openingWords, type Sources, sourcesOf } from './drafting.ts';
import type { Line } from './line.ts';
import { mayRelease, mayWrite } from './rights.ts';
import { audience, knowing, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

/** What all lines together may take of a card, and one by itself. */
const ALL = 2600;
const ONE = 2000;
/** What is left beside one line for the difference. */
const DIFFERENCE = 700;

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

function previewCard(id: RecordId, sources: Sources, lines: readonly Line[], hidden: number): Card {
  const each = lines.length === 1 ? ONE : Math.floor(ALL / Math.max(1, lines.length));
  return card(
    `What each audience would read now: ${id}`,
    [
      ...lines.flatMap((line, at): readonly Block[] => [
        ...(at === 0 ? [] : [divider]),
        ...lineBlocks(id, sources, line, each, lines.length === 1),
      ]),
      ...(hidden > 0
        ? [divider, text(`${hidden} more ${hidden === 1 ? 'line is' : 'lines are'} not yours to see before their release.`)]
        : []),
    ],
    { summary: `${id}: what each audience would read now` },
  );
}

function lineBlocks(id: RecordId, sources: Sources, line: Line, room: number, alone: boolean): readonly Block[] {
  const { plan, now } = sources;
  const { update } = line;
  const words = openingWords(sources, line);
  const state =
    update?.draft === undefined
      ? 'nobody wrote it yet'
      : update.status === 'awaiting release'
        ? 'awaits its release'
        : 'is being written again';
  return [
    text(
      { bold: audienceLabel(line.audience, plan.lines) },
      `, ${state}. As of `,
      { time: update?.draft?.at ?? now },
      ...(update ? ([', due ', { time: update.due }] as const) : []),
      ':',
    ),
    ...fitting(words, room, id, line),
    ...leakBlocks(update?.draft?.leaks ?? []),
    ...(alone ? differenceBlocks(id, line, { text: words }, DIFFERENCE) : []),
  ];
}

/** The text, or as many of its lines as there is room for and how to see the rest. */
function fitting(words: string, room: number, id: RecordId, line: Line): readonly Block[] {
  const short = shortened(words, room);
  return short === words ? [text(words)] : [text(short), text('All of it: ', { code: `/comms preview ${id} ${line.audience}` })];
}

export const previewDoings = [preview];
