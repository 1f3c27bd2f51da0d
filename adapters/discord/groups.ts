/** Roles of a Discord server as groups: finding them, and who has them. */
import { type APIGuildMember, type APIRole, type REST, Routes } from 'discord.js';
import { type Place, PlatformError, placeOf, placeParts } from '../../src/chat/port.ts';
import { CODE, codeOf, tried } from './errors.ts';
import { MEMBERS_INTENT } from './granted.ts';
import { DISCORD, personPlace } from './intents.ts';

const NOT_TOLD = `Bellman may not know who is in this Discord server: switch on the ${MEMBERS_INTENT} of the app under Bot`;

/** How many members one request brings; the most that Discord gives. */
const PAGE = 1000;

export interface Groups {
  readonly group: (said: string) => Promise<Place | undefined>;
  readonly members: (group: Place) => Promise<readonly Place[]>;
}

/** Makes the book of roles. Both ask Discord each time, since who has a role changes; both throw `PlatformError`. */
export function groups(rest: REST, guilds: () => Promise<readonly string[]>): Groups {
  const rolesOf = async (guild: string) => (await rest.get(Routes.guildRoles(guild))) as APIRole[];

  async function guildOf(role: string): Promise<string> {
    for (const guild of await guilds()) if ((await rolesOf(guild)).some(({ id }) => id === role)) return guild;
    throw new PlatformError('refused', 'Discord has no such role any more: name another one');
  }

  /** Everybody in a server, page by page in the order of their ids. */
  async function* everybody(guild: string): AsyncGenerator<APIGuildMember> {
    for (let after = '0', more = true; more; ) {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const page = (await rest.get(Routes.guildMembers(guild), { query })) as APIGuildMember[];
      yield* page;
      after = page.at(-1)?.user.id ?? after;
      more = page.length === PAGE;
    }
  }

  return {
    group: (said) =>
      tried(async () => {
        const name = said
          .trim()
          .replace(/^<@&(\d+)>$/u, '$1')
          .replace(/^[@&]+/u, '')
          .toLowerCase();
        if (name === '') return undefined;
        for (const guild of await guilds()) {
          const roles = await rolesOf(guild);
          const found = roles.find(({ id }) => id === name) ?? roles.find((role) => role.name.toLowerCase() === name);
          if (found) return placeOf({ platform: DISCORD, kind: 'group', id: found.id });
        }
        return undefined;
      }),
    members: (group) =>
      tried(async () => {
        const { id } = placeParts(group);
        const guild = await guildOf(id);
        const places: Place[] = [];
        try {
          for await (const { user, roles } of everybody(guild)) {
            // The role that has the server's own id is everybody's, and stands in nobody's list.
            if (user.bot !== true && (roles.includes(id) || id === guild)) places.push(personPlace(user.id));
          }
        } catch (error) {
          if (codeOf(error) === CODE.missingAccess) throw new PlatformError('refused', NOT_TOLD);
          throw error;
        }
        return places;
      }),
  };
}
