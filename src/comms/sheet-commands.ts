/** The situation sheet as people fill it in: `/comms facts`, and the button that makes a text anew from it. */
import { type Block, type Card, card, list, text, type Words } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { choice, line as lineField, maybe, paragraph, type RawAnswers } from '../chat/form.ts';
import { button, command, privately } from '../chat/registry.ts';
import { parseTime, timeField } from '../chat/time-words.ts';
import { type Instant, MINUTE } from '../core/instant.ts';
import { CLASSES, isAbove, type RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { draftSeen } from './draft-card.ts';
import { madeFromFacts, namesKnown, sourcesOf, wordsFor } from './drafting.ts';
import { FACT_LABELS, type FactField, type Facts, type Sheet } from './facts.ts';
import { updateIn } from './find.ts';
import { classOfLine } from './guarding.ts';
import { instantWords } from './instant-words.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import { type SheetEvent, sheet } from './sheet.ts';
import { change, done, record } from './showing.ts';
import { audienceLabel } from './template.ts';

const fields = {
  affected: paragraph(FACT_LABELS.affected, {
    hint: 'A whole sentence: card payments are refused in all branches since 08:40',
    most: 400,
  }),
  known: maybe(paragraph(FACT_LABELS.known, { hint: 'Only what is verified; say what is not known yet', most: 600 })),
  doing: maybe(paragraph(FACT_LABELS.doing, { hint: 'We move the traffic to the other switch', most: 500 })),
  workaround: maybe(paragraph(FACT_LABELS.workaround, { hint: 'What people can use until then', most: 500 })),
  next: maybe(paragraph(FACT_LABELS.next, { hint: 'A new switch arrives at noon', most: 300 })),
  expected: maybe(lineField(FACT_LABELS.expected, { hint: 'today 15:00, or: not known yet', most: 100 })),
  class: maybe(choice('Class', CLASSES, { hint: 'Empty: as it is' })),
};

/** `/comms facts`: the facts once, from which every line is told. */
const facts = command({
  name: 'comms facts',
  help: 'Fill in the facts once; every audience gets a draft made from them.',
  args: { record },
  form: {
    title: 'Situation sheet',
    submit: 'Save',
    fields,
    initial: async (c, values): Promise<RawAnswers | Refusal> => {
      const view = await c.view(values.record);
      if (!view) return refuse('unknown-record', { record: values.record });
      const now = view.state(sheet);
      const known = now.facts ?? { affected: '' };
      const refused = await foreseen(c, values.record, sheet, { type: 'fill', facts: known, texts: {}, names: [] });
      if (refused) return refused;
      const { expectedAt, ...words } = known;
      return {
        ...Object.fromEntries(Object.entries(words).filter(([, said]) => said !== undefined && said !== '')),
        ...(expectedAt === undefined ? {} : { expected: timeField(expectedAt, c.asker.timeZone) }),
        ...(now.class === undefined ? {} : { class: now.class }),
      };
    },
  },
  run: async (c, values, { class: guarded, expected, ...said }) => {
    const view = await c.view(values.record);
    if (!view) return c.refused(refuse('unknown-record', { record: values.record }));
    const sources = await sourcesOf(c, view);
    const told: Facts = { ...said, ...expectedAs(expected, sources.now, c.asker.timeZone) };
    return c.change({
      record: values.record,
      part: sheet,
      command: { type: 'fill', facts: told, class: guarded, ...(await madeFromFacts(c, sources, told)) },
      reply: ({ events, view: after }) => {
        // The first event of a change is that of the part which was changed.
        const [filled] = events as readonly SheetEvent[];
        return privately(filled ? savedCard(values.record, after.state(planPart), after.state(sheet), filled.changed) : asItWas);
      },
    });
  },
});

/** What was written as the expected time: a time to the minute where it is one, else the words. */
function expectedAs(said: string | undefined, now: Instant, zone: string): Pick<Facts, 'expected' | 'expectedAt'> {
  const at = said === undefined ? undefined : parseTime(said, now, zone);
  if (at === undefined) return { expected: said };
  const expectedAt = Math.floor(at / MINUTE) * MINUTE;
  return { expected: instantWords(expectedAt, now, zone), expectedAt };
}

const asItWas = card('As it was', [text('The facts stood like this already, so nothing was changed.')]);

/** What became of each line. */
function savedCard(record: RecordId, plan: Plan, { version, class: guarded }: Sheet, changed: readonly FactField[]): Card {
  const told = plan.lines.filter(({ update, status }) => update && status === 'active');
  const how = told.map((line): Words => {
    const draft = line.update?.draft;
    const what = draft?.outdated
      ? 'was written by hand and stays; it is marked, because the facts changed'
      : draft?.facts === version
        ? 'has a draft made from them'
        : draft
          ? 'has a draft that says the same already'
          : guarded !== undefined && isAbove(guarded, classOfLine(line))
            ? `may not carry facts that are ${guarded}, so nothing was drafted`
            : 'is still to be written';
    return [{ bold: audienceLabel(line.audience, plan.lines) }, ` ${what}`];
  });
  const blocks: readonly Block[] = [
    ...(changed.length > 0 ? [text(`Changed: ${changed.map((field) => FACT_LABELS[field]).join(', ')}.`)] : []),
    text('Each draft awaits its release. To see what each audience will read: ', { code: `/comms preview ${record}` }),
    ...(how.length > 0 ? [list(...how)] : []),
  ];
  return card(`Facts of ${record} saved`, blocks, { tone: 'success' });
}

const remake = button({
  name: 'comms.remake',
  run: async (c, pressed) => {
    const { update, seen } = draftSeen(pressed.record, pressed.value);
    const view = await c.view(pressed.record);
    if (!view) return c.refused(refuse('unknown-record', { record: pressed.record }));
    const sources = await sourcesOf(c, view);
    const found = updateIn(sources.plan, update);
    if (isRefusal(found)) return c.refused(found);
    const names = await namesKnown(c, sources);
    const made = wordsFor(sources, found.line);
    const wanted = { type: 'draft', line: found.line.audience, text: made, seen, made: true, names } as const;
    return change(c, pressed.record, wanted, () =>
      done('Made anew', 'The text was made from the facts of now; its releasers have it.'),
    );
  },
});

export const sheetDoings = [facts, remake];
