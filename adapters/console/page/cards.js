/** A card as the reader sees it: what it is and wants, the facts, the buttons. */
import { el } from './dom.js';
import { words } from './words.js';

/** Tones are said as well as coloured; a neutral card says nothing. */
const TONES = { info: 'Information', success: 'Done', warning: 'Attention', danger: 'Urgent' };

function block(one, act) {
  switch (one.kind) {
    case 'text':
      return el('p', { class: 'text' }, ...words(one.text));
    case 'facts':
      return el(
        'dl',
        { class: 'facts' },
        ...one.facts.map(({ label, value }) => el('div', {}, el('dt', {}, label), el('dd', {}, ...words(value)))),
      );
    case 'list':
      return el('ul', { class: 'list' }, ...one.items.map((item) => el('li', {}, ...words(item))));
    case 'image':
      return el('img', { class: 'picture', src: one.url, alt: one.alternative, loading: 'lazy' });
    case 'divider':
      return el('hr');
    case 'controls':
      return el('div', { class: 'controls' }, ...one.controls.map((control) => button(control, act)));
    default:
      return undefined;
  }
}

function button(control, act) {
  const press = async ({ currentTarget }) => {
    if (currentTarget.getAttribute('aria-disabled') === 'true') return;
    currentTarget.setAttribute('aria-disabled', 'true');
    try {
      await act(control);
    } finally {
      currentTarget.removeAttribute('aria-disabled');
    }
  };
  return el(
    'button',
    {
      type: 'button',
      class: `button ${control.style ?? ''}`,
      'data-action': control.action,
      'data-record': control.record,
      onclick: (event) => press({ currentTarget: event.currentTarget }),
    },
    control.label,
  );
}

/**
 * The card's element. `act` is called with the control that is pressed and may take its time; a press meanwhile does nothing.
 * @param {string} id names the title for screen readers
 */
export function cardElement(card, id, act) {
  const tone = TONES[card.tone];
  return el(
    'article',
    { class: `card tone-${card.tone}`, 'aria-labelledby': `title-${id}`, tabindex: '-1' },
    el('header', {}, el('h3', { id: `title-${id}` }, ...words([card.title])), tone && el('span', { class: 'tone' }, tone)),
    ...card.blocks.map((one) => block(one, act)),
  );
}
