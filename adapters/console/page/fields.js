/** One field of a form: its control, its label, its hint, and what is wrong with it. */
import { el } from './dom.js';
import { state } from './state.js';

const LIMITS = { line: 150, paragraph: 3000 };
const HINTS = {
  time: 'now, in 30m, tomorrow 22:00 or 2027-01-31 22:00',
  span: '30m, 2h or 1d',
  records: 'INC-1, PRB-2',
  places: '#channel, @person or name@example.org',
};

/** Everybody who can be chosen, with those who stand in the field and are not on the console. */
const choosable = (field) => [
  ...state.people.map(({ handle, name, title }) => ({ value: handle, label: title === '' ? name : `${name}, ${title}` })),
  ...(field.choices ?? []),
];

function select(field, id, choices) {
  const initial = field.initial ?? '';
  return el(
    'select',
    { id },
    el('option', { value: '', selected: initial === '' }, field.optional ? 'None' : 'Choose…'),
    ...choices.map(({ value, label }) => el('option', { value, selected: value === initial }, label)),
  );
}

function text(field, id) {
  return el('input', {
    id,
    type: 'text',
    value: field.initial ?? '',
    list: field.kind === 'places' ? `${id}-list` : undefined,
    autocomplete: 'off',
  });
}

function area(field, id) {
  const control = el('textarea', { id, rows: 3 });
  control.value = field.initial ?? '';
  return control;
}

/** People as boxes to tick. */
function boxes(field, id) {
  const chosen = new Set((field.initial ?? '').split(',').map((one) => one.trim()));
  return el(
    'div',
    { class: 'boxes', id },
    ...choosable(field).map(({ value, label }) =>
      el('label', {}, el('input', { type: 'checkbox', value, checked: chosen.has(value) }), el('span', {}, label)),
    ),
  );
}

function control(field, id) {
  switch (field.kind) {
    case 'choice':
      return select(field, id, field.choices ?? []);
    case 'person':
      return select(field, id, choosable(field));
    case 'people':
      return boxes(field, id);
    case 'paragraph':
      return area(field, id);
    default:
      return text(field, id);
  }
}

/** How much more fits, once that is worth saying. */
function counter(field, input) {
  const most = field.most ?? LIMITS[field.kind];
  if (most === undefined) return undefined;
  const node = el('span', { class: 'count' });
  const count = () => {
    const left = most - input.value.length;
    node.textContent = left > most / 5 ? '' : left >= 0 ? `${left} left` : `${-left} too many`;
    node.classList.toggle('over', left < 0);
  };
  input.addEventListener('input', count);
  count();
  return node;
}

/** The field's element and how to read, focus and fault it. */
export function fieldElement(field) {
  const id = `field-${field.name}`;
  const input = control(field, id);
  const many = field.kind === 'people';
  const hint = field.hint ?? HINTS[field.kind];
  const problem = el('p', { class: 'problem', id: `${id}-problem` });
  const described = [hint && `${id}-hint`, `${id}-problem`].filter(Boolean).join(' ');
  const focusable = many ? input.querySelector('input') : input;
  if (!many) {
    input.setAttribute('aria-describedby', described);
    if (!field.optional) input.setAttribute('aria-required', 'true');
  }
  const name = [field.label, field.optional && el('span', { class: 'optional' }, 'optional')];
  const label = many ? el('legend', {}, ...name) : el('label', { for: id }, ...name);
  const node = el(
    many ? 'fieldset' : 'div',
    { class: `field ${field.kind}`, 'data-field': field.name, 'aria-describedby': many ? described : undefined },
    label,
    input,
    field.kind === 'places' && placesList(`${id}-list`),
    el('div', { class: 'below' }, hint && el('p', { class: 'field-hint', id: `${id}-hint` }, hint), counter(field, input)),
    problem,
  );
  return {
    node,
    focus: () => focusable?.focus(),
    value: () => (many ? [...input.querySelectorAll('input:checked')].map(({ value }) => value).join(',') : input.value),
    problem: (words) => {
      problem.textContent = words ?? '';
      node.classList.toggle('wrong', words !== undefined);
      if (!many) input.setAttribute('aria-invalid', String(words !== undefined));
    },
  };
}

function placesList(id) {
  return el(
    'datalist',
    { id },
    ...state.channels.map((name) => el('option', { value: `#${name}` })),
    ...state.people.map(({ handle, name }) => el('option', { value: `@${handle}` }, name)),
  );
}
