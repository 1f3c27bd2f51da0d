/** The real dispatch over a memory in place of Postgres, so that the suite tests adapters and nothing below them. */

import { dispatcher } from '../../src/chat/dispatch.ts';
import type { Draft } from '../../src/chat/dispatch-parts.ts';
import type { Dispatch, Names, Place } from '../../src/chat/port.ts';
import { type ChatPlatform, placeOf } from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { apply, type Loaded } from '../../src/core/apply.ts';
import { type AnyPart, house } from '../../src/core/house.ts';
import type { Org } from '../../src/core/record.ts';
import type { Transact } from '../../src/core/transact.ts';
import type { Database } from '../../src/db/database.ts';
import { NOTE, note } from './notes.ts';

const org: Org = { version: 1, roles: {}, boards: {}, audiences: {}, delegations: {} };

/** Everybody whom the dispatch has met, and everything that it was asked to keep. */
export interface Memory {
  readonly dispatch: Dispatch;
  /** A person's id by user id: `p-U1`. */
  readonly personOf: (user: string) => string;
  readonly names: (people: readonly string[]) => Promise<Names>;
  /** Whether Postgres can be reached. */
  away: boolean;
  /** What the dispatch logged as its own failures. */
  readonly failures: unknown[];
  likes(): readonly string[];
}

/** Names of the players: `anna` is shown as "Anna". */
const shown = (handle: string) => handle.charAt(0).toUpperCase() + handle.slice(1);

/** Makes the memory. The platform is given later, because its setup needs the names first. */
export function memory(known: Registry, platform: () => ChatPlatform): Memory {
  const handles = new Map<string, string>();
  const drafts = new Map<string, Draft>();
  const replies = new Map<string, object>();
  const rules = house([note as unknown as AnyPart], []);
  const record: Loaded = { id: NOTE, head: { seq: 0, hash: '' }, states: {}, changed: new Set(), entries: [], asks: [] };
  const personOf = (user: string) => `p-${user}`;
  const failures: unknown[] = [];

  const reached = () => {
    if (self.away) throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  };

  const transact: Transact = async (changes) => {
    reached();
    return changes.map(({ part, command, by, inbound }) => {
      const repeated = inbound && replies.get(inbound.key);
      if (repeated) return { repeated };
      const person = typeof by === 'string' ? by : personOf(by.user);
      const actor = { person, roles: new Set<never>(), active: true, bot: false, guest: false };
      const outcome = apply(rules, record, { part, command }, { actor, org, now: Date.now() });
      if (inbound) replies.set(inbound.key, structuredClone(inbound.reply(outcome)));
      return outcome;
    });
  };

  async function find(said: string): Promise<string | undefined> {
    if (said.startsWith('p-')) return said;
    const asker = await platform().describe(said);
    if (asker) handles.set(asker.user, asker.handle);
    return asker && personOf(asker.user);
  }

  const self: Memory = {
    away: false,
    failures,
    personOf,
    likes: () => (record.states.note as { likes: readonly string[] } | undefined)?.likes ?? [],
    names: async () => (person) => {
      const user = person.replace(/^p-/u, '');
      // Somebody who is only known elsewhere has a name and no account here.
      return person.startsWith('elsewhere') ? { name: 'Elke Elsewhere' } : { name: shown(handles.get(user) ?? user), user };
    },
    dispatch: dispatcher({
      // Nothing in this suite reads the database itself.
      db: undefined as unknown as Database,
      registry: known,
      transact,
      resolve: {
        person: async (asker) => {
          reached();
          handles.set(asker.user, asker.handle);
          return personOf(asker.user);
        },
        find: (_platform, said) => find(said),
        channel: (_platform, said) => platform().channel(said),
        group: (_platform, said) => platform().group(said),
        members: (group) => platform().members(group),
        direct: async (name, person): Promise<Place> =>
          placeOf({ platform: name, kind: 'person', id: person.replace(/^p-/u, '') }),
        checkPlace: (place) => platform().checkPlace(place),
        written: (place, message) => platform().written(place, message),
        lacks: () => platform().lacks(),
        ways: () => [platform().platform],
        name: async (person) => person,
      },
      store: {
        now: async () => {
          reached();
          return Date.now();
        },
        view: async () => record,
        org: async () => org,
        saveDraft: async (draft) => {
          drafts.set(draft.id, draft);
        },
        draft: async (id) => drafts.get(id),
        dropDraft: async (id) => {
          drafts.delete(id);
        },
        postpone: async () => undefined,
      },
      matters: async () => true,
      sectionsAtOnce: () => platform().sectionsAtOnce,
      onError: (_ref, error) => failures.push(error),
    }),
  };
  return self;
}
