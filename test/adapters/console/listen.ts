/** Listens to the console's events as an open page does. */
import type { Page } from './served.ts';

export interface Heard {
  readonly event: string;
  readonly data: unknown;
}

export interface Listener {
  readonly heard: readonly Heard[];
  /** Waits until something was heard that fits; rejects after two seconds. */
  readonly hears: (fits: (one: Heard) => boolean) => Promise<Heard>;
  readonly close: () => void;
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
}

const PATIENCE = 2000;

/** Opens the stream; resolves once the console says that nothing will be missed. */
export async function listen(page: Pick<Page, 'url'>, handle: string): Promise<Listener> {
  const stop = new AbortController();
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const response = await fetch(`${page.url}/console/events?as=${handle}`, { signal: stop.signal });
  const ended = read().catch(() => {});

  async function read(): Promise<void> {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const one of events) {
        const event = /^event: (.*)$/m.exec(one)?.[1];
        const data = /^data: (.*)$/m.exec(one)?.[1];
        if (event !== undefined && data !== undefined) heard.push({ event, data: JSON.parse(data) });
      }
      for (const look of waiting) look();
    }
  }

  const listener: Listener = {
    heard,
    hears: (fits) =>
      new Promise((done, failed) => {
        const timeout = setTimeout(() => failed(new Error(`Not heard among ${JSON.stringify(heard)}`)), PATIENCE);
        const look = () => {
          const found = heard.find(fits);
          if (!found) return;
          clearTimeout(timeout);
          waiting.delete(look);
          done(found);
        };
        waiting.add(look);
        look();
      }),
    close: () => stop.abort(),
    ended,
  };
  await listener.hears(({ event }) => event === 'ready');
  return listener;
}
