/** The messages of the place that is shown: days, authors, texts, cards; kept in step without losing the reader's place. */
import { get, Problem } from './api.js';
import { cardElement } from './cards.js';
import { openForm, press } from './doings.js';
import { avatar, bell, byId, el, toast } from './dom.js';
import { changed, channelName, colourOf, keep, markSeen, personOf, shownMessages, state } from './state.js';
import { welcome } from './welcome.js';
import { clockTime, dayWords, plain } from './words.js';

/** Messages of one author within this time stand together; milliseconds. */
const TOGETHER_MS = 5 * 60_000;
/** Nearer to the end than this, the log follows new messages; pixels. */
const NEAR_END = 120;

const log = byId('log');
const list = byId('messages');
/** @type {Map<string, {version: number, first: boolean, node: HTMLElement}>} */
let drawn = new Map();
let drawnPlace = '';

const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  byId('newer').hidden = true;
}

function body(message) {
  const { content, id } = message;
  if (content.kind === 'text') return el('p', { class: 'said' }, ...plain(content.text));
  if (content.kind === 'card') return cardElement(content.card, id, (control) => press(message, control));
  if (content.kind === 'pointer')
    return el(
      'p',
      { class: 'said' },
      'I have answered in your direct messages. ',
      el(
        'button',
        {
          type: 'button',
          class: 'link',
          onclick: () => window.dispatchEvent(new CustomEvent('console-go', { detail: content.place })),
        },
        'Go there',
      ),
    );
  const { form } = content;
  return cardElement(
    { title: form.title, tone: 'info', blocks: [{ kind: 'controls', controls: [{ label: 'Open', style: 'primary' }] }] },
    id,
    async () => openForm(form),
  );
}

function messageElement(message, first) {
  const author = message.author === undefined ? undefined : personOf(message.author);
  return el(
    'div',
    {
      class: `message${first ? ' first' : ''}${message.private ? ' private' : ''}`,
      'data-message': message.id,
      id: `message-${message.id}`,
    },
    first && (author ? avatar(author, colourOf(author.handle)) : bell()),
    first &&
      el(
        'p',
        { class: 'byline' },
        el('strong', {}, author ? author.name : 'Bellman'),
        author ? author.title !== '' && el('span', { class: 'title' }, author.title) : el('span', { class: 'title' }, 'Bot'),
        clockTime(message.at),
        message.private && el('span', { class: 'only' }, 'Only you can see this'),
        message.version > 1 && el('span', { class: 'edited' }, message.author === undefined ? 'kept up to date' : 'edited'),
      ),
    el('div', { class: 'body' }, body(message)),
  );
}

/** Where the keyboard is inside the log, so that a card that is drawn anew keeps it. */
function focusInside() {
  const active = document.activeElement;
  const message = active?.closest?.('[data-message]')?.getAttribute('data-message');
  if (!message) return undefined;
  return { message, action: active.getAttribute('data-action'), label: active.textContent };
}

function refocus({ message, action, label }) {
  const node = drawn.get(message)?.node;
  if (!node || node.contains(document.activeElement)) return;
  const buttons = [...node.querySelectorAll('button[data-action]')];
  const same = buttons.find((one) => one.getAttribute('data-action') === action && one.textContent === label);
  (same ?? node.querySelector('.card'))?.focus();
}

/** Draws what is new or changed; everything else stays as it is. */
export function drawMessages() {
  const follows = nearEnd() || drawnPlace !== state.place;
  const focus = focusInside();
  if (drawnPlace !== state.place) drawn = new Map();
  const messages = shownMessages();
  const next = new Map();
  const nodes = [];
  let before;
  for (const message of messages) {
    const newDay = !before || dayWords(before.at) !== dayWords(message.at);
    if (newDay) nodes.push(el('p', { class: 'day' }, el('span', {}, dayWords(message.at))));
    const first =
      newDay ||
      before.author !== message.author ||
      before.private !== message.private ||
      message.at - before.at > TOGETHER_MS ||
      message.content.kind !== 'text';
    const known = drawn.get(message.id);
    const node = known?.version === message.version && known.first === first ? known.node : messageElement(message, first);
    next.set(message.id, { version: message.version, first, node });
    nodes.push(node);
    before = message;
  }
  const isNew = messages.some(({ id }) => !drawn.has(id));
  drawn = next;
  if (messages.length === 0) nodes.push(welcome());
  else if (!state.complete.has(state.place)) nodes.unshift(earlierButton());
  put(nodes);
  if (focus) refocus(focus);
  if (follows) toEnd();
  else if (isNew && drawnPlace === state.place) byId('newer').hidden = false;
  drawnPlace = state.place;
  if (document.visibilityState === 'visible') markSeen();
}

/** Puts the nodes in this order, touching only those that are not in their place: a focused one that stays keeps its focus. */
function put(nodes) {
  const wanted = new Set(nodes);
  for (const node of [...list.childNodes]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (list.childNodes[at] !== node) list.insertBefore(node, list.childNodes[at] ?? null);
  });
}

function earlierButton() {
  return el('button', { type: 'button', class: 'quiet earlier', onclick: earlier }, 'Earlier messages');
}

async function earlier() {
  const { place } = state;
  const first = shownMessages()[0];
  const height = log.scrollHeight;
  try {
    const channel = channelName(place);
    const { messages } = await get('messages', {
      as: state.me.handle,
      before: first.id,
      ...(channel === undefined ? {} : { channel }),
    });
    if (messages.length === 0) state.complete.add(place);
    for (const message of messages) keep(message);
    changed('messages');
    log.scrollTop += log.scrollHeight - height;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.message);
  }
}

byId('newer').addEventListener('click', () => {
  toEnd();
  log.focus();
});
log.addEventListener('scroll', () => {
  if (nearEnd()) byId('newer').hidden = true;
});
