/** `/comms holding`: what a line says if nothing is released in time, written and released beforehand. */
import { foreseen } from '../chat/foreseen.ts';
import { paragraph, type RawAnswers, span } from '../chat/form.ts';
import { type Conversation, command } from '../chat/registry.ts';
import { spanWords } from '../chat/time-words.ts';
import { MINUTE } from '../core/instant.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { namesAbout, openingWords, sourcesOf } from './drafting.ts';
import type { Update } from './line.ts';
import { plan as planPart } from './part.ts';
import { audience, change, done, lineOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';
import { holdingOf } from './update.ts';

/** How long after due it goes out, where nobody said otherwise. */
const AFTER = 15 * MINUTE;

/** One that was not begun yet. */
const fresh: Update = { id: '', phase: 'holding', status: 'drafting', due: 0, nudged: true, notices: 0 };

/** What stands in the dialog at first, for somebody who may write it. */
async function opening(c: Conversation, id: RecordId, key: string): Promise<RawAnswers | Refusal> {
  const found = await lineOf(c, id, key);
  if (isRefusal(found)) return found;
  const holding = holdingOf(found.line);
  const refused = await foreseen(c, id, planPart, { type: 'holding', line: key, text: 'x', after: AFTER });
  if (refused) return refused;
  const view = await c.view(id);
  const text = view ? openingWords(await sourcesOf(c, view), found.line, holding ?? fresh) : '';
  return { text, after: spanWords(holding?.after ?? AFTER) };
}

export const holding = command({
  name: 'comms holding',
  help: 'Write what an audience reads if its update is late, released beforehand.',
  args: { record, line: audience },
  form: {
    title: 'Holding statement',
    submit: 'Hand in',
    fields: {
      text: paragraph('Text', { hint: 'What is certain and stays so; when the update comes is added' }),
      after: span('After', { hint: 'How long after due it goes out: 15m' }),
    },
    initial: (c, values) => opening(c, values.record, values.line),
  },
  run: async (c, values, { text, after }) => {
    const names = await namesAbout(c, values.record);
    return change(c, values.record, { type: 'holding', line: values.line, text, after, names }, () =>
      done(
        'Handed in',
        `The holding statement for ${audienceLabel(values.line)} awaits its release now. Released, it goes out once if nothing else is released ${spanWords(after)} after due.`,
      ),
    );
  },
});
