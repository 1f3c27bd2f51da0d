/** What a person does on the page, and what comes of it: messages, dialogs, words about what went wrong. */
import { newKey, Problem, post } from './api.js';
import { announce, toast } from './dom.js';
import { showForm } from './forms.js';
import { changed, here, keep, state } from './state.js';

/** Shows what came back at once. Returns false when a form was sent back to be mended. */
function taken(answer) {
  if (answer.kind === 'card') {
    keep(answer.message);
    changed('messages', 'places');
    announce(answer.message.content.card.summary);
  }
  if (answer.kind === 'form') openForm(answer.form);
  return answer.kind !== 'mend';
}

async function tried(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.message);
    return undefined;
  }
}

/** Says a line where one is. Returns whether it arrived; with the same key it may be said again. */
export async function say(text, key) {
  const answer = await tried(() => post('say', { as: state.me.handle, ...here(), text, key }));
  if (answer) taken(answer);
  return answer !== undefined;
}

/** Presses a button of a card. */
export async function press(message, { action, record, value }) {
  const answer = await tried(() =>
    post('press', { as: state.me.handle, ...here(), message: message.id, action, record, value, key: newKey() }),
  );
  if (answer) taken(answer);
}

/** Opens a form as a dialog. What is sent goes with the form's own key until it is accepted. */
export function openForm(form) {
  const { doing, input, draft, step } = form;
  const key = newKey();
  const from = { as: state.me.handle, ...here() };
  showForm(form, async (answers) => {
    const answer = await tried(() => post('submit', { ...from, doing, input, draft, step, answers, key }));
    if (!answer) return { kept: true };
    if (answer.kind === 'mend') return { mend: answer.fields };
    // The dialog closes first, so that one that follows is not shut with it.
    return { done: () => taken(answer) };
  });
}
