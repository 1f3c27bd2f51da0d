/** Starts the page: who one is comes from the address, the last choice, or the first person there is. */
import { get, Problem } from './api.js';
import { drawComposer } from './composer.js';
import { openForm } from './doings.js';
import { announce, byId, toast } from './dom.js';
import { follow } from './events.js';
import { drawMessages } from './messages.js';
import { drawPeople, drawPlaces, go } from './sidebar.js';
import { changed, channelPlace, keep, on, personOf, state } from './state.js';

on('places', drawPlaces);
on('places', drawComposer);
on('messages', drawMessages);
on('people', drawPeople);

const LAST = 'bellman.as';
const wanted = new URLSearchParams(location.search);

function wordsOf(content) {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'card':
      return content.card.summary;
    case 'form':
      return content.form.title;
    default:
      return 'I have answered in your direct messages.';
  }
}

/** What a message says, for those who do not see it come. */
function spoken({ author, content }) {
  const name = author === undefined ? 'Bellman' : personOf(author).name;
  return `${name}: ${wordsOf(content)}`;
}

async function load(handle) {
  const whole = await get('state', { as: handle });
  const first = state.me?.handle !== whole.me.handle;
  const counts = new Map();
  for (const message of whole.messages) {
    keep(message);
    counts.set(message.place, (counts.get(message.place) ?? 0) + 1);
  }
  forgetRemoved(whole, counts);
  const before = state.direct;
  Object.assign(state, { me: whole.me, people: whole.people, channels: whole.channels, direct: whole.direct });
  for (const place of [...whole.channels.map(channelPlace), whole.direct])
    if ((counts.get(place) ?? 0) < whole.more) state.complete.add(place);
  try {
    localStorage.setItem(LAST, handle);
  } catch {
    // Without storage the page begins as the first person again.
  }
  changed('people');
  if (state.place === '') go(firstPlace());
  else if (state.place === before) go(whole.direct);
  else if (first) go(state.place);
  else changed('places', 'messages');
}

/** What was removed while nobody listened goes now; earlier messages that were looked up stay, and so does what came meanwhile. */
function forgetRemoved({ messages, more }, counts) {
  const told = new Set(messages.map(({ id }) => Number(id)));
  const newest = Math.max(...told);
  for (const { id, place } of state.messages.values()) {
    const number = Number(id);
    const full = (counts.get(place) ?? 0) >= more;
    if (number <= newest && !told.has(number) && !full) state.messages.delete(id);
  }
}

function firstPlace() {
  const channel = wanted.get('in');
  if (channel === '@bellman') return state.direct;
  return channelPlace(state.channels.includes(channel) ? channel : (state.channels[0] ?? 'general'));
}

function be(handle) {
  if (state.me?.handle !== handle) {
    state.messages = new Map();
    state.complete = new Set();
  }
  // Until the state has been read, what comes is only kept.
  const redraw = (...topics) => state.me?.handle === handle && changed(...topics);
  follow(handle, {
    ready: () => load(handle).catch(told),
    message: (message) => {
      const isNew = keep(message);
      redraw('messages', 'places');
      if (!isNew || message.author === handle) return;
      announce(spoken(message));
      if (message.content.kind === 'form' && !byId('form').open) openForm(message.content.form);
    },
    removed: ({ id }) => {
      state.messages.delete(id);
      redraw('messages', 'places');
    },
    people: (people) => {
      state.people = people;
      redraw('people');
    },
    channels: (channels) => {
      state.channels = channels;
      redraw('places');
    },
  });
}

function told(error) {
  if (!(error instanceof Problem)) throw error;
  toast(error.message);
}

/** The person to begin as; waits until Bellman answers. */
async function begin() {
  try {
    const { people } = await get('people', {});
    const known = (handle) => people.some((person) => person.handle === handle);
    const last = localStorage.getItem(LAST) ?? '';
    const handle = [wanted.get('as') ?? '', last, people[0]?.handle].find(known);
    if (handle) return be(handle);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return setTimeout(begin, 1000);
}

window.addEventListener('console-go', ({ detail }) => {
  go(detail);
  byId('say').focus();
});
window.addEventListener('console-be', ({ detail }) => be(detail));
document.addEventListener('visibilitychange', () => state.me && changed('messages', 'places'));
begin();
byId('say').focus();
