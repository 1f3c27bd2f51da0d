/** Forms as dialogs: a label, a hint and a place for what is wrong for each field; nothing typed is lost by accident. */
import { byId, el } from './dom.js';
import { fieldElement } from './fields.js';

const dialog = byId('form');

/**
 * Shows a form. `send` gets the answers and says what became of them: `{mend}` per field, `{kept: true}` to stay open, or `{done}`.
 */
export function showForm(form, send) {
  const opener = document.activeElement;
  const fields = form.sections.flatMap((section) => section.fields).map((field) => ({ ...field, ...fieldElement(field) }));
  const byName = new Map(fields.map((field) => [field.name, field]));
  const numbered = /^\d+ of \d+$/u;
  const general = el('p', { class: 'form-problem', role: 'alert' });
  const submit = el('button', { type: 'submit', class: 'button primary' }, form.submit);
  const before = snapshot(fields);
  const discard = discardBar(() => dialog.close());

  const content = el(
    'form',
    { method: 'dialog', novalidate: true, onsubmit: sent },
    el(
      'header',
      {},
      el('h2', { id: 'form-title' }, form.title),
      el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: leave }, '×'),
    ),
    el(
      'div',
      { class: 'fields' },
      // A platform with room for one section numbers them; here all fields stand in one dialog, and only real titles are shown.
      el(
        'div',
        { class: 'section' },
        ...form.sections.flatMap((section) => [
          !numbered.test(section.title) && el('h3', {}, section.title),
          ...section.fields.map((field) => byName.get(field.name)?.node),
        ]),
      ),
    ),
    discard.node,
    el('footer', {}, general, el('button', { type: 'button', class: 'button', onclick: leave }, 'Cancel'), submit),
  );

  dialog.replaceChildren(content);
  dialog.setAttribute('aria-labelledby', 'form-title');
  dialog.oncancel = (event) => {
    if (!dirty()) return;
    event.preventDefault();
    leave();
  };
  dialog.onkeydown = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) content.requestSubmit();
  };
  dialog.onclose = () => {
    dialog.replaceChildren();
    if (opener?.isConnected) opener.focus();
    else byId('say').focus();
  };
  dialog.showModal();
  fields[0]?.focus();

  function dirty() {
    return snapshot(fields) !== before;
  }

  function leave() {
    if (dirty()) discard.ask();
    else dialog.close();
  }

  async function sent(event) {
    event.preventDefault();
    if (submit.getAttribute('aria-disabled') === 'true') return;
    const missing = Object.fromEntries(
      fields.filter((field) => !field.optional && field.value().trim() === '').map(({ name }) => [name, 'This is needed.']),
    );
    for (const field of fields) field.problem(missing[field.name]);
    if (Object.keys(missing).length > 0) return toMend(missing);
    submit.setAttribute('aria-disabled', 'true');
    try {
      const outcome = await send(Object.fromEntries(fields.map((field) => [field.name, field.value()])));
      if (outcome.mend) {
        for (const field of fields) field.problem(outcome.mend[field.name]);
        toMend(outcome.mend);
      } else if (outcome.done) {
        dialog.close();
        outcome.done();
      }
    } finally {
      submit.removeAttribute('aria-disabled');
    }
    return undefined;
  }

  /** Says how many fields are to be mended and goes to the first. */
  function toMend(problems) {
    const names = Object.keys(problems);
    general.textContent = names.length === 1 ? 'One field needs another look.' : `${names.length} fields need another look.`;
    fields.find(({ name }) => names.includes(name))?.focus();
  }
}

const snapshot = (fields) => JSON.stringify(fields.map((field) => field.value()));

/** Asks before what was typed is thrown away. */
function discardBar(yes) {
  const node = el(
    'div',
    { class: 'discard', hidden: true, role: 'alertdialog', 'aria-label': 'Discard what you wrote?' },
    el('p', {}, 'Discard what you wrote?'),
    el('button', { type: 'button', class: 'button', onclick: keepWriting }, 'Keep writing'),
    el('button', { type: 'button', class: 'button danger', onclick: yes }, 'Discard'),
  );
  let from;
  function keepWriting() {
    node.hidden = true;
    from?.focus();
  }
  return {
    node,
    ask: () => {
      if (!node.hidden) return keepWriting();
      from = document.activeElement;
      node.hidden = false;
      return node.querySelector('button')?.focus();
    },
  };
}
