/** Finds persons and places for the dispatch: first in what is known, then by asking the platform. */
import type { ResolveActor } from '../chat/dispatch-parts.ts';
import { type ChatPlatform, type Mechanism, placeParts } from '../chat/port.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { groupsOn } from './groups.ts';
import { directPlace, type PeopleStore } from './store.ts';

/** `platforms` are those on which people talk; `mechanisms` all ways out, e-mail among them. */
export function resolver(
  people: PeopleStore,
  platforms: ReadonlyMap<string, ChatPlatform>,
  mechanisms: ReadonlyMap<string, Mechanism>,
): ResolveActor {
  const groups = groupsOn(platforms);
  return {
    person: people.person,
    async find(platform, said) {
      const known = await people.find(platform, said);
      if (known !== undefined) return known;
      const asker = await platforms.get(platform)?.describe(said);
      return asker && people.person(asker);
    },
    channel: async (platform, idOrName) => platforms.get(platform)?.channel(idOrName),
    group: groups.group,
    members: groups.members,
    async direct(platform, person) {
      const user = await people.userOn(platform, person);
      return user === undefined ? undefined : directPlace(platform, user);
    },
    async checkPlace(place) {
      const { platform, kind, id } = placeParts(place);
      if (kind === 'group') {
        const members = await groups.members(place);
        if (isRefusal(members)) return members;
        if (members.length === 0) return refuse('group-empty', { group: id });
        // Who is in it is known to its platform alone, and a release cannot wait for that.
        await people.keepGroup(place, members);
        return undefined;
      }
      // Who is on a list is looked at when it is told; the draft says who that would be now.
      if (kind === 'audience') return undefined;
      const chat = platforms.get(platform);
      if (chat) return chat.checkPlace(place);
      if (mechanisms.has(platform)) return undefined;
      return refuse('place-closed', {
        place: id,
        why: `nothing is set up for ${platform}`,
        step: 'Name a place on a platform that is connected, or ask an operator to connect it.',
      });
    },
    written: async (place, message) => platforms.get(placeParts(place).platform)?.written(place, message),
    ways: () => [...mechanisms.keys()],
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
