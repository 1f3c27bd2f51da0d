/** What an empty place shows: what it is for, and what to try first. */
import { suggest } from './composer.js';
import { bell, el } from './dom.js';
import { channelName, state } from './state.js';

const ABOUT = {
  general: 'Everything to try first',
  cab: 'The change advisory board votes here',
  ecab: 'The small board for emergencies votes here',
  management: 'Senior management reads its updates here',
  staff: 'All staff read their updates here',
  customers: 'Customers and partners read their updates here',
  'working-staff': 'Those who work on it read their updates here',
  press: 'Press and media read their statements here',
  'emergency-services': 'Emergency services and authorities read theirs here',
};

const TRY = [
  ['/bellman setup', 'See what is still to be set up'],
  ['/rfc new', 'Raise a change'],
  ['/incident new', 'Report an incident'],
  ['/problem new', 'Raise a problem'],
  ['/bellman help', 'See everything that can be said'],
];

/** One line under a place's name. */
export function about(place) {
  const channel = channelName(place);
  if (channel === undefined) return `Only you and Bellman read this`;
  return ABOUT[channel] ?? 'A channel for trying';
}

export function welcome() {
  const channel = channelName(state.place);
  return el(
    'section',
    { class: 'welcome' },
    bell(),
    el('h2', {}, channel === undefined ? 'Your direct messages with Bellman' : `Nothing has been said in #${channel} yet`),
    el(
      'p',
      {},
      'Commands begin with a slash. You can be anybody here: choose a person at the lower left, or open this page once more for a second one. Try one of these:',
    ),
    el(
      'ul',
      { class: 'tries' },
      ...TRY.map(([line, what]) =>
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', class: 'try', onclick: () => suggest(line) },
            el('code', {}, line),
            el('span', {}, what),
          ),
        ),
      ),
    ),
  );
}
