/** What the page knows: who one is, where one looks, and every message seen so far. */

export const state = {
  /** @type {{handle: string, name: string, title: string} | undefined} */
  me: undefined,
  people: [],
  channels: [],
  direct: '',
  /** The place that is shown. */
  place: '',
  messages: new Map(),
  /** Places whose earlier messages are all here. */
  complete: new Set(),
  unread: new Map(),
};

const listeners = new Map();

/** Calls the listener whenever the topic changes: `me`, `places`, `messages`, `people`. */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function changed(...topics) {
  for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener();
}

export const channelPlace = (name) => `console/channel/${name}`;
export const channelName = (place) => (place.startsWith('console/channel/') ? place.slice('console/channel/'.length) : undefined);
export const personOf = (handle) =>
  state.people.find((person) => person.handle === handle) ?? { handle, name: handle, title: '' };

/** How many colours the style sheet has for people. */
const COLOURS = 8;

/** A person's colour: the first people, who are seen together most, all have their own. */
export const colourOf = (handle) =>
  Math.max(
    0,
    state.people.findIndex((person) => person.handle === handle),
  ) % COLOURS;

/** Where something said now is said, as requests name it. */
export const here = () => {
  const channel = channelName(state.place);
  return channel === undefined ? { direct: true } : { channel };
};

/** Numbers sort by value; answers that could not be kept come last. */
const order = (message) => (/^\d+$/.test(message.id) ? Number(message.id) : Number.MAX_SAFE_INTEGER);

/** The messages of the place that is shown, oldest first. */
export const shownMessages = () =>
  [...state.messages.values()].filter(({ place }) => place === state.place).sort((a, b) => order(a) - order(b));

/** Takes in a message unless a newer version is here. Returns whether it was new. */
export function keep(message) {
  const known = state.messages.get(message.id);
  if (known && known.version >= message.version) return false;
  state.messages.set(message.id, message);
  return !known;
}

const seenKey = () => `bellman.seen.${state.me?.handle}`;

function seen() {
  try {
    return JSON.parse(localStorage.getItem(seenKey()) ?? '{}');
  } catch {
    return {};
  }
}

/** Counts per place what came since this person last looked there. */
export function countUnread() {
  const last = seen();
  state.unread = new Map();
  for (const message of state.messages.values()) {
    if (message.place === state.place || message.author === state.me?.handle) continue;
    if (order(message) > (last[message.place] ?? 0)) state.unread.set(message.place, (state.unread.get(message.place) ?? 0) + 1);
  }
}

/** Remembers that everything at the place that is shown has been seen. */
export function markSeen() {
  const newest = Math.max(
    0,
    ...shownMessages()
      .filter(({ id }) => /^\d+$/.test(id))
      .map(order),
  );
  try {
    localStorage.setItem(seenKey(), JSON.stringify({ ...seen(), [state.place]: newest }));
  } catch {
    // Without storage the counts only do not outlive the page.
  }
}
