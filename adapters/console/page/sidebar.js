/** Places and people: where one looks, who one is, and more of both. */
import { post } from './api.js';
import { avatar, bell, byId, el } from './dom.js';
import { showSmallForm } from './small-form.js';
import { changed, channelName, channelPlace, colourOf, countUnread, state } from './state.js';
import { about } from './welcome.js';

const side = byId('side');
const menu = byId('menu');
const people = byId('people');

/** Shows a place, and keeps it in the address so that a reload comes back to it. */
export function go(place) {
  state.place = place;
  drawer(false);
  remember();
  changed('places', 'messages');
}

function remember() {
  const query = new URLSearchParams({ as: state.me.handle });
  const channel = channelName(state.place);
  query.set('in', channel ?? '@bellman');
  window.history.replaceState(null, '', `/?${query}`);
}

function drawer(open) {
  document.body.classList.toggle('drawer-open', open);
  menu.setAttribute('aria-expanded', String(open));
  if (open) side.querySelector('[aria-current="page"]')?.focus();
}

function placeButton(place, mark, label) {
  const unread = state.unread.get(place) ?? 0;
  const current = place === state.place;
  return el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: `place${unread > 0 ? ' has-unread' : ''}`,
        'data-place': place,
        'aria-current': current ? 'page' : undefined,
        onclick: () => {
          go(place);
          byId('say').focus();
        },
      },
      mark,
      el('span', { class: 'place-name' }, label),
      unread > 0 && el('span', { class: 'unread' }, String(unread), el('span', { class: 'unseen' }, ' unread')),
    ),
  );
}

/** Replaces what a list holds; the keyboard stays on the same place. */
function fill(list, buttons) {
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('data-place') : undefined;
  list.replaceChildren(...buttons);
  if (focused) list.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
}

export function drawPlaces() {
  countUnread();
  const hash = () => el('span', { class: 'hash', 'aria-hidden': 'true' }, '#');
  fill(
    byId('channels'),
    state.channels.map((name) => placeButton(channelPlace(name), hash(), name)),
  );
  fill(byId('directs'), [placeButton(state.direct, bell(), 'Bellman')]);
  const channel = channelName(state.place);
  byId('place').textContent = channel === undefined ? 'Bellman' : `#${channel}`;
  byId('about').textContent = about(state.place);
  const unread = [...state.unread.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${channel === undefined ? 'Bellman' : `#${channel}`} · ${state.me.name} · Bellman console`;
  byId('menu-unread').hidden = unread === 0;
}

export function drawPeople() {
  const who = (person) => [
    avatar(person, colourOf(person.handle)),
    el(
      'span',
      { class: 'who' },
      el('strong', {}, person.name),
      el('span', {}, person.title === '' ? `@${person.handle}` : person.title),
    ),
  ];
  byId('me').replaceChildren(...who(state.me), el('span', { class: 'switch', 'aria-hidden': 'true' }, '⌃'));
  byId('me').setAttribute('aria-label', `You are ${state.me.name}. Be somebody else`);
  people.replaceChildren(
    el('p', { class: 'switcher-title' }, 'Be somebody else'),
    el(
      'ul',
      {},
      ...state.people.map((person) =>
        el(
          'li',
          {},
          el(
            'button',
            {
              type: 'button',
              class: 'person',
              'data-handle': person.handle,
              'aria-current': person.handle === state.me.handle ? 'true' : undefined,
              // Has the keyboard as soon as the list is shown.
              autofocus: person.handle === state.me.handle,
              onclick: () => be(person.handle),
            },
            ...who(person),
            el('span', { class: 'handle' }, `@${person.handle}`),
          ),
        ),
      ),
    ),
    el('button', { type: 'button', class: 'add-person', onclick: addPerson }, '+ Add a person'),
  );
}

/** Goes on as somebody else, in the same channel. */
function be(handle) {
  people.hidePopover();
  if (handle === state.me.handle) return;
  window.dispatchEvent(new CustomEvent('console-be', { detail: handle }));
}

/** Up and down go from one to the next in menus and lists of places. */
function arrows(container) {
  container.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const buttons = [...container.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  });
}
arrows(people);
arrows(side.querySelector('.places'));

function addPerson() {
  people.hidePopover();
  showSmallForm({
    title: 'Add a person',
    submit: 'Add',
    fields: [
      { name: 'name', label: 'Name', hint: 'Ada Park' },
      { name: 'handle', label: 'Handle', hint: 'ada' },
      { name: 'title', label: 'What they do', optional: true, hint: 'Network engineer' },
    ],
    send: async ({ name, handle, title }) => {
      await post('people', { name, handle: handle.toLowerCase().replace(/^@/, ''), title });
      be(handle.toLowerCase().replace(/^@/, ''));
    },
  });
}

byId('add-channel').addEventListener('click', () =>
  showSmallForm({
    title: 'Add a channel',
    submit: 'Add',
    fields: [{ name: 'name', label: 'Name', hint: 'network' }],
    send: async ({ name }) => {
      const { channel } = await post('channels', { name: name.toLowerCase().replace(/^#/, '') });
      if (!state.channels.includes(channel)) state.channels = [...state.channels, channel];
      go(channelPlace(channel));
    },
  }),
);

menu.addEventListener('click', () => drawer(!document.body.classList.contains('drawer-open')));
byId('veil').addEventListener('click', () => drawer(false));
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.body.classList.contains('drawer-open')) {
    drawer(false);
    menu.focus();
  }
  if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  event.preventDefault();
  const places = [...state.channels.map(channelPlace), state.direct];
  const step = event.key === 'ArrowDown' ? 1 : -1;
  go(places[(places.indexOf(state.place) + step + places.length) % places.length]);
});
