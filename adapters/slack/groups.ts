/** User groups of Slack: finding them, and who is in them. */
import { type Place, placeOf, placeParts } from '../../src/chat/port.ts';
import type { Web } from './web.ts';

/** `<!subteam^S1|@ops>`, `@ops`, `ops`, `S1`: what stands for the group in it. */
const named = (said: string): string =>
  said
    .trim()
    .replace(/^<!subteam\^([^|>]+)(\|[^>]*)?>$/u, '$1')
    .replace(/^@/u, '');

const isId = (said: string): boolean => /^S[A-Z0-9]+$/u.test(said);

export interface Groups {
  readonly group: (said: string) => Promise<Place | undefined>;
  readonly members: (group: Place) => Promise<readonly Place[]>;
}

/** Makes the book of user groups. Both ask Slack each time, since who is in a group changes; both throw `PlatformError`. */
export const groups = (web: Web): Groups => ({
  group: async (said) => {
    const name = named(said);
    if (name === '') return undefined;
    const { usergroups = [] } = await web.call('usergroups.list', (client) => client.usergroups.list({}));
    const found =
      usergroups.find(({ id }) => isId(name) && id === name) ??
      usergroups.find(({ handle }) => handle?.toLowerCase() === name.toLowerCase());
    return found?.id === undefined ? undefined : placeOf({ platform: 'slack', kind: 'group', id: found.id });
  },
  members: async (group) => {
    const { id } = placeParts(group);
    const { users = [] } = await web.call('usergroups.users.list', (client) => client.usergroups.users.list({ usergroup: id }));
    return users.map((user) => placeOf({ platform: 'slack', kind: 'person', id: user }));
  },
});
