/** A dialog of a few lines, for what the console itself needs: a person, a channel. */
import { Problem } from './api.js';
import { byId, el } from './dom.js';
import { fieldElement } from './fields.js';

const dialog = byId('adding');

/** Asks for the fields; `send` may throw a `Problem`, whose words are shown while the dialog stays open. */
export function showSmallForm({ title, submit, fields, send }) {
  const shown = fields.map((field) => {
    const whole = { kind: 'line', optional: false, ...field };
    return { ...whole, ...fieldElement(whole) };
  });
  const problem = el('p', { class: 'form-problem', role: 'alert' });
  const sent = async (event) => {
    event.preventDefault();
    const empty = shown.filter((field) => !field.optional && field.value().trim() === '');
    for (const field of shown) field.problem(empty.includes(field) ? 'This is needed.' : undefined);
    if (empty.length > 0) return empty[0].focus();
    try {
      await send(Object.fromEntries(shown.map((field) => [field.name, field.value().trim()])));
      return dialog.close();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.message;
      return shown[0].focus();
    }
  };
  dialog.replaceChildren(
    el(
      'form',
      { method: 'dialog', novalidate: true, onsubmit: sent },
      el('header', {}, el('h2', { id: 'adding-title' }, title)),
      el('div', { class: 'fields' }, el('div', { class: 'section' }, ...shown.map(({ node }) => node))),
      el(
        'footer',
        {},
        problem,
        el('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel'),
        el('button', { type: 'submit', class: 'button primary' }, submit),
      ),
    ),
  );
  dialog.setAttribute('aria-labelledby', 'adding-title');
  dialog.showModal();
  shown[0]?.focus();
}
