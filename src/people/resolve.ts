/** Finds persons and places for the dispatch: first in what is known, then by asking the platform. */
import type { ResolveActor } from '../chat/dispatch.ts';
import { type ChatPlatform, type Mechanism, placeParts } from '../chat/port.ts';
import { refuse } from '../core/refusal.ts';
import { directPlace, type PeopleStore } from './store.ts';

/** `platforms` are those on which people talk; `mechanisms` all ways out, e-mail among them. */
export function resolver(
  people: PeopleStore,
  platforms: ReadonlyMap<string, ChatPlatform>,
  mechanisms: ReadonlyMap<string, Mechanism>,
): ResolveActor {
  return {
    person: people.person,
    async find(platform, said) {
      const known = await people.find(platform, said);
      if (known !== undefined) return known;
      const asker = await platforms.get(platform)?.describe(said);
      return asker && people.person(asker);
    },
    channel: async (platform, idOrName) => platforms.get(platform)?.channel(idOrName),
    async direct(platform, person) {
      const user = await people.userOn(platform, person);
      return user === undefined ? undefined : directPlace(platform, user);
    },
    async checkPlace(place) {
      const { platform, id } = placeParts(place);
      const chat = platforms.get(platform);
      if (chat) return chat.checkPlace(place);
      if (mechanisms.has(platform)) return undefined;
      return refuse('place-closed', {
        place: id,
        why: `nothing is set up for ${platform}`,
        step: 'Name a place on a platform that is connected, or ask an operator to connect it.',
      });
    },
    async lacks() {
      const found = await Promise.all(
        // A platform that does not answer now is told of by its own log, not as something to set up.
        [...platforms.values()].map(async (chat) =>
          (await chat.lacks().catch(() => [])).map((name) => `${chat.platform}: ${name}`),
        ),
      );
      return found.flat();
    },
    name: people.name,
  };
}
