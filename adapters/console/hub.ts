/** Everybody who has the page open, and who of them hears of what: the console's live side. */
import { messageView } from './content.ts';
import { mayRead } from './places.ts';
import type { ConsolePerson, ConsoleStore, StoreChange, StoredMessage } from './store.ts';

/** One event of the stream, its data as JSON. */
export interface LiveEvent {
  readonly event: 'ready' | 'message' | 'removed' | 'people' | 'channels';
  readonly data: unknown;
}

type Send = (event: LiveEvent) => void;

const RECORDS_KEPT = 200;

/** Follows the store, keeps who and what there is at hand, and tells open pages. */
export interface Hub {
  readonly people: () => readonly ConsolePerson[];
  readonly channels: () => readonly string[];
  readonly person: (handle: string) => ConsolePerson | undefined;
  /** Record ids that somebody saw of late, newest first. */
  readonly records: (handle: string) => readonly string[];
  /** Adds a listener; the returned function takes it away. `onEnd` is called when the console stops. */
  readonly open: (handle: string, send: Send, onEnd: () => void) => () => void;
  /** Reads people and channels again now, without waiting to be told. */
  readonly refresh: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Makes the hub. `onError` gets what went wrong while following the store; the page asks anew by itself. */
export function hubOf(store: ConsoleStore, onError: (error: unknown) => void): Hub {
  const pages = new Set<{ readonly handle: string; readonly send: Send; readonly onEnd: () => void }>();
  let people: readonly ConsolePerson[] = [];
  let channels: readonly string[] = [];
  let records: readonly { readonly id: string; readonly place: string; readonly only: string | undefined }[] = [];
  let unwatch: (() => Promise<void>) | undefined;
  // Changes are told one after another, so that an edit never overtakes its message.
  let told: Promise<void> = Promise.resolve();

  const refresh = async () => {
    [people, channels] = await Promise.all([store.people(), store.channels()]);
  };
  const tell = (event: LiveEvent, may: (handle: string) => boolean) => {
    for (const page of pages) if (may(page.handle)) page.send(event);
  };

  function noteRecord({ content, place, only }: StoredMessage): void {
    const id = (content as { readonly record?: unknown }).record;
    if (typeof id !== 'string') return;
    records = [{ id, place, only }, ...records.filter((known) => known.id !== id || known.place !== place)].slice(
      0,
      RECORDS_KEPT,
    );
  }

  async function heard(change: StoreChange): Promise<void> {
    switch (change.kind) {
      case 'message': {
        const message = await store.message(change.id);
        if (!message) return;
        noteRecord(message);
        tell({ event: 'message', data: messageView(message) }, (handle) => mayRead(handle, message.place, message.only));
        return;
      }
      case 'removed':
        tell({ event: 'removed', data: { id: change.id } }, (handle) => mayRead(handle, change.place));
        return;
      case 'again':
        await refresh();
        // The page reads everything anew when it is told that it is ready.
        tell({ event: 'ready', data: {} }, () => true);
        return;
      case 'people':
        await refresh();
        tell({ event: 'people', data: people }, () => true);
        return;
      case 'channels':
        await refresh();
        tell({ event: 'channels', data: channels }, () => true);
        return;
      default:
        return change satisfies never;
    }
  }

  return {
    people: () => people,
    channels: () => channels,
    person: (handle) => people.find((known) => known.handle === handle),
    records: (handle) => [...new Set(records.filter(({ place, only }) => mayRead(handle, place, only)).map(({ id }) => id))],
    open: (handle, send, onEnd) => {
      const page = { handle, send, onEnd };
      pages.add(page);
      return () => pages.delete(page);
    },
    refresh,
    start: async () => {
      unwatch = await store.watch((change) => {
        told = told.then(() => heard(change)).catch(onError);
      });
      await refresh();
    },
    stop: async () => {
      for (const { onEnd } of pages) onEnd();
      pages.clear();
      await unwatch?.();
      await told;
    },
  };
}
