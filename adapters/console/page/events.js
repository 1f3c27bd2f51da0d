/** The stream of what happens while the page is open. */
import { byId } from './dom.js';

const STATES = { waiting: 'Connecting', live: 'Live', away: 'Reconnecting' };
/** When the browser itself has given up, we try again after this; milliseconds. */
const AGAIN_MS = 2000;

let source;
let again;

function say(condition) {
  byId('live').dataset.state = condition;
  byId('live-text').textContent = STATES[condition];
}

/**
 * Follows the stream as one person until somebody else is followed. `ready` is called each time the stream stands anew:
 * what happened before has to be read then, whatever happens after it arrives here.
 */
export function follow(handle, { ready, message, removed, people, channels }) {
  source?.close();
  clearTimeout(again);
  const stream = new EventSource(`/console/events?${new URLSearchParams({ as: handle })}`);
  source = stream;
  stream.addEventListener('ready', async () => {
    await ready();
    if (source === stream) say('live');
  });
  stream.addEventListener('message', ({ data }) => message(JSON.parse(data)));
  stream.addEventListener('removed', ({ data }) => removed(JSON.parse(data)));
  stream.addEventListener('people', ({ data }) => people(JSON.parse(data)));
  stream.addEventListener('channels', ({ data }) => channels(JSON.parse(data)));
  stream.addEventListener('error', () => {
    if (source !== stream) return;
    say('away');
    if (stream.readyState !== EventSource.CLOSED) return;
    again = setTimeout(() => follow(handle, { ready, message, removed, people, channels }), AGAIN_MS);
  });
}
