/** The console: a page on this machine for trying Bellman, as a chat platform like the others. */
import type { Hono } from 'hono';
import type { Card } from '../../src/chat/card.ts';
import type { Form } from '../../src/chat/form.ts';
import {
  type ChatPlatform,
  type Dispatch,
  type Log,
  type Names,
  type Place,
  PlatformError,
  type Post,
  placeParts,
  type ReplyAddress,
} from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { type Refusal, refuse } from '../../src/core/refusal.ts';
import type { Content } from './content.ts';
import { hubOf } from './hub.ts';
import { askerOf, CONSOLE, channelOf, directOf, exists, groupName, groupOf, inGroup } from './places.ts';
import { consoleRoutes } from './routes.ts';
import { SAMPLE_CHANNELS, SAMPLE_PEOPLE } from './samples.ts';
import type { ConsoleStore } from './store.ts';
import { talker } from './talk.ts';
import { cardView, formView, hasButtons } from './view.ts';

export interface ConsoleParts {
  readonly store: ConsoleStore;
  readonly registry: Registry;
  /** How these persons are called on the console: for cards that answer at once. */
  readonly names: (people: readonly string[]) => Promise<Names>;
  /** Keys of the audiences that there are: offered while somebody types one. */
  readonly audiences: () => Promise<readonly string[]>;
  readonly log: Pick<Log, 'warn'>;
  /** Where the page's files are; beside this file, unless a bundle keeps them elsewhere. */
  readonly pageFolder?: URL;
}

export interface ConsolePlatform extends ChatPlatform {
  /** To be mounted at `/` of a server that listens on loopback. Holds `/` and `/console/...`. */
  readonly routes: Hono;
}

/** Nothing limits a page on the same machine; the figure only keeps the rate's row in motion. */
const A_SECOND = 1000;

/** Makes the console. Nobody is answered before `start`. */
export function consolePlatform(parts: ConsoleParts): ConsolePlatform {
  const { store, log } = parts;
  const hub = hubOf(store, (error) => log.warn({ error }, 'the console could not follow its store'));
  let dispatch: Dispatch | undefined;
  const talk = talker({ store, names: parts.names, log, dispatch: () => dispatch });

  return {
    platform: CONSOLE,
    canLook: true,
    sectionsAtOnce: 99,
    routes: consoleRoutes({
      store,
      hub,
      talk,
      log,
      registry: parts.registry,
      audiences: parts.audiences,
      ...folder(parts.pageFolder),
    }),
    rate: () => ({ key: CONSOLE, perSecond: A_SECOND, burst: A_SECOND }),
    start: async (given) => {
      if ((await store.people()).length === 0) for (const person of SAMPLE_PEOPLE) await store.addPerson(person);
      if ((await store.channels()).length === 0) for (const channel of SAMPLE_CHANNELS) await store.addChannel(channel);
      await hub.start();
      dispatch = given;
    },
    stop: async () => {
      dispatch = undefined;
      await hub.stop();
    },
    post: async (place, post, names) => {
      // A process that only delivers does not follow the store: it looks when it does not know a place.
      if (!exists(place, hub)) await tried(hub.refresh);
      if (!exists(place, hub)) throw new PlatformError('refused', `The console has no ${place}`);
      const { id } = await tried(() => store.add({ place, content: content(post, names), delivery: post.delivery }));
      return { externalId: id };
    },
    edit: async (_place, externalId, post, names) => {
      if (!(await tried(() => store.edit(externalId, content(post, names)))))
        throw new PlatformError('refused', `The console has no message ${externalId}`);
    },
    find: async (place, delivery, since) =>
      (await tried(() => store.byDelivery(place, delivery, since))).map(({ id }) => ({ externalId: id })),
    remove: async (_place, externalId) => {
      await tried(() => store.remove(externalId));
    },
    // People say only commands there.
    written: async () => undefined,
    permalink: async (_place, externalId) => `#message-${externalId}`,
    openForm: async (address, form: Form, names) => {
      await tried(() => store.add({ ...onlyFor(address), content: { kind: 'form', form: formView(form, names) } }));
    },
    replyPrivately: async (address, card: Card, names) => {
      const { place, only } = onlyFor(address);
      const content: Content = { kind: 'card', card: cardView(card, names) };
      await tried(() => store.add(hasButtons(card) ? { place: directOf(only), content } : { place, only, content }));
    },
    openDirect: async (user) => {
      if (!hub.person(user)) throw new PlatformError('refused', `Nobody on the console is called ${user}`);
      return directOf(user);
    },
    lacks: async () => [],
    checkPlace: async (place) => (exists(place, hub) ? undefined : noSuchPlace(place)),
    describe: async (userOrHandle) => {
      const person = hub.person(userOrHandle.replace(/^@/, '').toLowerCase());
      return person && askerOf(person);
    },
    group: async (idOrName) => {
      const name = groupName(idOrName);
      if (hub.people().length === 0) await tried(hub.refresh);
      return inGroup(hub.people(), name).length > 0 ? groupOf(name) : undefined;
    },
    members: async (group) => {
      // A process that only delivers does not follow the store.
      await tried(hub.refresh);
      return inGroup(hub.people(), placeParts(group).id).map(({ handle }) => directOf(handle));
    },
    createChannel: async (name, { private: hidden }) => {
      if (hidden) throw new PlatformError('refused', 'every channel of the console is open to everybody');
      await tried(() => store.addChannel(name));
      await tried(hub.refresh);
      return channelOf(name);
    },
    channel: async (idOrName) => {
      const name = idOrName.replace(/^#/, '').toLowerCase();
      return hub.channels().includes(name) ? channelOf(name) : undefined;
    },
  };
}

const folder = (pageFolder: URL | undefined) => (pageFolder === undefined ? {} : { pageFolder });

const content = (post: Post, names: Names): Content => ({
  kind: 'card',
  card: cardView(post.card, names),
  // Whoever reads an update need not know of its record.
  ...(post.update === undefined ? { record: post.record } : {}),
});

const onlyFor = ({ user = '', place = directOf(user) }: ReplyAddress) => ({ place, only: user });

function noSuchPlace(place: Place): Refusal {
  const { kind, id } = placeParts(place);
  if (kind === 'thread')
    return refuse('place-closed', {
      place: 'a thread on the console',
      why: 'the console has none',
      step: 'Name the channel itself.',
    });
  return kind === 'channel'
    ? refuse('place-closed', { place: `#${id}`, why: 'the console has no such channel', step: 'Add it on the page first.' })
    : refuse('place-closed', { place: `@${id}`, why: 'the console has no such person', step: 'Add them on the page first.' });
}

/** Runs a write or read of the store; whether a failed one was done is not known, but `find` can tell. */
async function tried<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new PlatformError('unknown', error instanceof Error ? error.message : String(error));
  }
}
