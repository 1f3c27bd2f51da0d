/** Makes elements. Text goes in as text nodes only, so that nothing a person wrote can become markup. */

/**
 * An element with attributes, listeners (`onclick: handler`) and children; strings become text nodes, empty children are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** The element with this id, which the page always has. */
export const byId = (id) => document.getElementById(id);

/** Says something to screen readers without showing it. */
export function announce(words) {
  byId('announce').textContent = words;
}

const TOAST_MS = 7000;

/** Shows what went wrong for a few seconds; read out at once. */
export function toast(words) {
  const note = el('p', { class: 'toast' }, words);
  byId('toasts').append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** The letters that stand for a person, in one of the page's colours. */
export function avatar({ name }, colour) {
  const letters = name
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  return el('span', { class: `avatar colour-${colour}`, 'aria-hidden': 'true' }, letters);
}

/** Bellman's own picture. */
export const bell = () => el('img', { class: 'avatar', src: '/console/page/bell.svg', alt: '' });
