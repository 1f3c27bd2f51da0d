/** What follows from a known error's events: it is linked with its problem, and can be found or no longer. */
import { type Reaction, when } from '../core/ask.ts';
import { type KnownErrorEvent, knownError } from './known-error.ts';
import { searchable } from './store.ts';

export const reactions: readonly Reaction[] = [
  when<KnownErrorEvent, 'recorded'>(knownError.name, 'recorded', ({ problem, words }, { id }) => [
    { ask: 'link', to: problem },
    searchable({ id, ...words, status: 'open' }),
  ]),
  when<KnownErrorEvent, 'described'>(knownError.name, 'described', ({ words }, { id }) => [searchable({ id, ...words })]),
  when<KnownErrorEvent, 'retired'>(knownError.name, 'retired', (_event, { id }) => [searchable({ id, status: 'over' })]),
];
