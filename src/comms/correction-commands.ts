/** Taking back in words what left: `/comms correct UPD-1`, `/comms retract UPD-1`. */
import { paragraph } from '../chat/form.ts';
import { aWord, type Conversation, command } from '../chat/registry.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { namesAbout, sourcesOf, wordsFor } from './drafting.ts';
import { lineIn } from './find.ts';
import { mayCorrect } from './rights.ts';
import { change, done, knowing, planOf } from './showing.ts';
import { updateByNumber } from './store.ts';

const update = aWord('the update by its number, for example UPD-1');

/** The record and the id of an update by what people call it. Refuses `unknown-upd`. */
async function called(c: Conversation, said: string): Promise<{ readonly record: string; readonly update: string } | Refusal> {
  const number = /^(?:UPD-)?([1-9]\d{0,8})$/iu.exec(said)?.[1];
  const found = number === undefined ? undefined : await updateByNumber(c.db, Number(number), c.me);
  return found ?? refuse('unknown-upd', { said });
}

/** What the dialog begins with, for somebody who may ask for it. */
async function opening(
  c: Conversation,
  said: string,
  what: 'correction' | 'retraction',
): Promise<{ readonly text: string } | Refusal> {
  const found = await called(c, said);
  if (isRefusal(found)) return found;
  const plan = await planOf(c, found.record);
  if (isRefusal(plan)) return plan;
  const line = lineIn(plan, plan.outcomes[found.update]?.line ?? '');
  if (isRefusal(line)) return line;
  const refused = mayCorrect(plan, line, await knowing(c));
  const view = await c.view(found.record);
  if (refused || !view) return refused ?? refuse('unknown-record', { record: found.record });
  const outcome = plan.outcomes[found.update];
  const wrong = line.last && outcome?.number === line.released ? { text: line.last.text, at: outcome.at } : undefined;
  return { text: wordsFor(await sourcesOf(c, view), line, { phase: what, wrong }) };
}

const mend = (name: string, help: string, what: 'correction' | 'retraction') =>
  command({
    name,
    help,
    args: { update },
    form: {
      title: what === 'correction' ? 'Correction' : 'Retraction',
      submit: 'Hand in',
      fields: { text: paragraph('Text', { hint: 'As everybody who got the wrong one will read it' }) },
      initial: (c, values) => opening(c, values.update, what),
    },
    run: async (c, values, answers) => {
      const found = await called(c, values.update);
      if (isRefusal(found)) return c.refused(found);
      const names = await namesAbout(c, found.record);
      return change(c, found.record, { type: 'correct', what, update: found.update, text: answers.text, names }, () =>
        done('Handed in', `The ${what} awaits its release now. It goes to everybody who got ${values.update.toUpperCase()}.`),
      );
    },
  });

export const correcting = [
  mend('comms correct', 'Correct an update that left, to everybody who got it.', 'correction'),
  mend('comms retract', 'Take back an update that left, to everybody who got it.', 'retraction'),
];
