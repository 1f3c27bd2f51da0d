/** A store of the console in memory, for tests of the adapter alone. */
import type { ConsolePerson, ConsoleStore, NewMessage, StoreChange, StoredMessage } from '../../../adapters/console/store.ts';
import type { Trouble } from '../../contract/stage.ts';

/** What a test may also do to it: let every call fail, as if Postgres were away. */
export interface MemoryStore extends ConsoleStore {
  fails: boolean;
}

export function memoryStore(now: () => number = () => Date.now()): MemoryStore {
  const people: ConsolePerson[] = [];
  const channels: string[] = [];
  let messages: (StoredMessage & { readonly key?: string })[] = [];
  const listeners = new Set<(change: StoreChange) => void>();
  let last = 0;
  const tell = (change: StoreChange) => {
    for (const listener of listeners) listener(change);
  };
  const readable = (message: StoredMessage, reader: string) => message.only === undefined || message.only === reader;
  const there = () => {
    if (store.fails) throw new Error('the store is away');
  };

  const store: MemoryStore = {
    fails: false,
    people: async () => {
      there();
      return [...people];
    },
    addPerson: async (person) => {
      there();
      if (!people.some(({ handle }) => handle === person.handle)) people.push(person);
      tell({ kind: 'people' });
    },
    channels: async () => {
      there();
      return [...channels];
    },
    addChannel: async (name) => {
      there();
      if (!channels.includes(name)) channels.push(name);
      tell({ kind: 'channels' });
    },
    add: async (message: NewMessage) => {
      there();
      const known = message.key === undefined ? undefined : messages.find(({ key }) => key === message.key);
      if (known) return known;
      last += 1;
      const added = { ...message, id: String(last), at: now(), version: 1 };
      messages.push(added);
      tell({ kind: 'message', id: added.id });
      return added;
    },
    edit: async (id, content) => {
      there();
      const known = messages.find((message) => message.id === id);
      if (!known) return false;
      messages = messages.map((message) => (message === known ? { ...known, content, version: known.version + 1 } : message));
      tell({ kind: 'message', id });
      return true;
    },
    remove: async (id) => {
      there();
      const known = messages.find((message) => message.id === id);
      if (!known) return false;
      messages = messages.filter((message) => message !== known);
      tell({ kind: 'removed', id, place: known.place });
      return true;
    },
    message: async (id) => {
      there();
      return messages.find((message) => message.id === id);
    },
    latest: async (places, reader, most) => {
      there();
      return places
        .flatMap((place) => messages.filter((message) => message.place === place && readable(message, reader)).slice(-most))
        .sort((a, b) => Number(a.id) - Number(b.id));
    },
    before: async (place, reader, id, most) => {
      there();
      return messages
        .filter((message) => message.place === place && readable(message, reader) && Number(message.id) < Number(id))
        .slice(-most);
    },
    byDelivery: async (place, delivery, since) => {
      there();
      return messages.filter(
        (message) => message.place === place && message.delivery === delivery && message.at >= since.getTime(),
      );
    },
    watch: async (listener) => {
      there();
      listeners.add(listener);
      return async () => {
        listeners.delete(listener);
      };
    },
  };
  return store;
}

/** The same store with trouble to order, each for the next message only. */
export function faulty(store: ConsoleStore): {
  readonly trouble: Required<Pick<Trouble, 'loseAnswer' | 'breakBefore'>>;
  readonly troubled: ConsoleStore;
} {
  let next: 'lose' | 'break' | undefined;
  return {
    trouble: {
      loseAnswer: () => {
        next = 'lose';
      },
      breakBefore: () => {
        next = 'break';
      },
    },
    troubled: {
      ...store,
      add: async (message) => {
        const trouble = next;
        next = undefined;
        if (trouble === 'break') throw new Error('the connection broke');
        const added = await store.add(message);
        if (trouble === 'lose') throw new Error('the connection broke');
        return added;
      },
    },
  };
}
