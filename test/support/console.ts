/** People on the console, by the same requests that its page makes. */
import { eventually } from './bellman.ts';

interface Shown {
  readonly id: string;
  readonly place: string;
  readonly content: { readonly kind: string; readonly card?: { readonly title: string; readonly blocks: readonly unknown[] } };
}

export interface Said {
  readonly kind: string;
  readonly message?: Shown;
  readonly form?: { readonly doing: string; readonly input: Record<string, string> };
  readonly fields?: Record<string, string>;
}

export interface ConsoleUser {
  readonly say: (text: string, key?: string) => Promise<Said>;
  readonly press: (action: string, record: string, value?: string) => Promise<Said>;
  readonly submit: (form: Said, answers: Record<string, string>) => Promise<Said>;
  /** Waits until something that this person may read contains the text; gives it as text. */
  readonly reads: (text: string | RegExp) => Promise<string>;
}

/** All words of something shown, one after another. */
export const wordsOf = (shown: unknown): string => {
  if (typeof shown === 'string') return shown;
  if (Array.isArray(shown)) return shown.map(wordsOf).join('');
  if (typeof shown === 'object' && shown !== null) {
    return Object.entries(shown)
      .filter(
        ([name]) =>
          !['kind', 'action', 'record', 'value', 'tone', 'person', 'place', 'id'].includes(name) ||
          Array.isArray((shown as Record<string, unknown>)[name]),
      )
      .map(([, value]) => wordsOf(value))
      .join(' ');
  }
  return '';
};

/** A person on the console of the Bellman at `url`, speaking in a channel. */
export function consoleUser(url: string, as: string, channel = 'general'): ConsoleUser {
  const post = async (path: string, body: object): Promise<Said> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as, channel, key: crypto.randomUUID(), ...body }),
    });
    // The console's own routes answer in this form, or the test fails where it reads it.
    return (await answer.json()) as Said;
  };
  return {
    say: (text, key) => post('/console/say', { text, ...(key === undefined ? {} : { key }) }),
    press: (action, record, value = '') => post('/console/press', { action, record, value }),
    submit: (form, answers) => post('/console/submit', { doing: form.form?.doing, input: form.form?.input, answers }),
    reads: (text) =>
      eventually(`${as} reads ${text}`, async () => {
        const state = (await (await fetch(`${url}/console/state?as=${as}`)).json()) as { messages: readonly Shown[] };
        return state.messages
          .map((message) => wordsOf(message.content))
          .find((words) => (typeof text === 'string' ? words.includes(text) : text.test(words)));
      }),
  };
}
