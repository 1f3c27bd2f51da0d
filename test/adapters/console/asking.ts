/** What the tests ask of the console, as its page does, and what the page gets. */
import { card } from '../../../src/chat/card.ts';
import { fakeNames } from './fake-bellman.ts';
import type { Served } from './served.ts';

/** What the page gets, as far as the tests look into it. */
export interface State {
  readonly me: unknown;
  readonly people: readonly { readonly handle: string }[];
  readonly channels: readonly string[];
  readonly messages: readonly { readonly id: string }[];
}

interface Said {
  readonly message: { readonly id: string };
  readonly form: { readonly sections: readonly { readonly fields: readonly { readonly name: string }[] }[] };
}

export const CAB = 'console/channel/cab';

// The console's answers are JSON; a test that looks for what is not there fails by itself.
export const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;

/** `page` is asked for each time: a test may restart it. */
export const asking = (page: () => Served) => ({
  state: (handle: string) => json<State>(page().get(`/console/state?as=${handle}`)),
  say: (as: string, said: string, key: string, more: object = { channel: 'cab' }) =>
    json<Said>(page().post('/console/say', { as, text: said, key, zone: 'Europe/Berlin', ...more })),
  post: (delivery: string, title: string, place = CAB) =>
    fakeNames().then((names) => page().console.post(place, { delivery, record: 'RFC-7', card: card(title) }, names)),
});
