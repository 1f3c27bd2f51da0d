/** The message box: says things, completes commands with Tab and the arrow keys, remembers what was said. */
import { get, newKey, Problem } from './api.js';
import { say } from './doings.js';
import { byId, el } from './dom.js';
import { channelName, state } from './state.js';

const box = byId('say');
const list = byId('completions');
const hint = byId('hint');
const REST = '/ begins a command · Enter sends · Shift+Enter starts a new line · Tab completes · ↑ brings back what you said';

let items = [];
let chosen = -1;
let asked = new AbortController();
let history = [];
let back = 0;
/** The key of a line that did not arrive: sent again unchanged, it is the same line. */
let unsent = { text: '', key: '' };

function grow() {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

function close() {
  items = [];
  chosen = -1;
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

function draw() {
  list.replaceChildren(
    ...items.map((item, at) =>
      el(
        'div',
        {
          id: `completion-${at}`,
          role: 'option',
          'aria-selected': String(at === chosen),
          // Before the box loses the focus to the click.
          onmousedown: (event) => {
            event.preventDefault();
            accept(at);
          },
        },
        el('code', {}, item.label),
        item.args !== '' && el('code', { class: 'args' }, item.args),
        el('span', { class: 'help' }, item.help),
      ),
    ),
  );
  list.hidden = items.length === 0;
  box.setAttribute('aria-expanded', String(items.length > 0));
  if (chosen < 0) box.removeAttribute('aria-activedescendant');
  else {
    box.setAttribute('aria-activedescendant', `completion-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }
}

async function complete() {
  asked.abort();
  const text = box.value;
  // Until the answer comes, only what still fits is offered: a key pressed meanwhile never takes an item of the line before.
  items = items.filter((item) => item.text.toLowerCase().startsWith(text.toLowerCase()));
  chosen = -1;
  draw();
  if (!/^\s*(\/|@bellman)/iu.test(text) || text.includes('\n')) {
    close();
    hint.textContent = REST;
    return;
  }
  asked = new AbortController();
  const { signal } = asked;
  try {
    const found = await get('complete', { as: state.me?.handle ?? '', text }, { signal });
    if (signal.aborted || box.value !== text) return;
    // What somebody chose meanwhile stays chosen; else Enter would say a line that is not whole.
    const kept = items[chosen]?.text;
    items = found.items.filter((item) => item.text.trimEnd() !== text.trimEnd() || found.items.length > 1);
    chosen = items.findIndex((item) => item.text === kept);
    hint.textContent = found.hint === '' ? REST : found.hint;
    draw();
  } catch (error) {
    // A command can be said without its completion.
    if (!(error instanceof Problem)) throw error;
    if (!signal.aborted) close();
  }
}

function accept(at) {
  const item = items[at];
  if (!item) return;
  box.value = item.text;
  box.setSelectionRange(box.value.length, box.value.length);
  grow();
  complete();
}

async function send() {
  const text = box.value;
  if (text.trim() === '') return;
  close();
  hint.textContent = REST;
  if (unsent.text !== text) unsent = { text, key: newKey() };
  box.value = '';
  grow();
  history = [...history.filter((line) => line !== text), text].slice(-50);
  back = history.length;
  if (await say(text, unsent.key)) unsent = { text: '', key: '' };
  else if (box.value === '') {
    box.value = text;
    grow();
  }
}

function recall(step) {
  const wanted = Math.max(0, Math.min(history.length, back + step));
  if (wanted === back) return;
  back = wanted;
  box.value = history[back] ?? '';
  grow();
  close();
}

box.addEventListener('input', () => {
  grow();
  complete();
});
box.addEventListener('blur', close);
box.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  const open = items.length > 0;
  const plain = !(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey);
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    if (open && chosen >= 0) accept(chosen);
    else send();
  } else if (open && event.key === 'Tab' && plain) {
    event.preventDefault();
    accept(Math.max(chosen, 0));
  } else if (open && plain && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    chosen = chosen < 0 && step < 0 ? items.length - 1 : (chosen + step + items.length) % items.length;
    draw();
  } else if (open && event.key === 'Escape') {
    event.preventDefault();
    close();
  } else if (plain && event.key === 'ArrowUp' && (box.value === '' || box.value === history[back])) {
    event.preventDefault();
    recall(-1);
  } else if (plain && event.key === 'ArrowDown' && box.value !== '' && box.value === history[back]) {
    event.preventDefault();
    recall(1);
  }
});
byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
  box.focus();
});

/** Writes a line into the box for the person to send. */
export function suggest(line) {
  box.value = line;
  grow();
  box.focus();
  complete();
}

/** Says in the box where one speaks. */
export function drawComposer() {
  const channel = channelName(state.place);
  box.placeholder = channel === undefined ? 'Message Bellman' : `Message #${channel}`;
  box.setAttribute('aria-label', channel === undefined ? 'Message Bellman' : `Message #${channel}`);
  if (hint.textContent === '') hint.textContent = REST;
}
