/** The first admins come from the environment, as long as nobody holds the role; afterwards only admins make admins. */
import type { Asker, ChatPlatform } from '../chat/port.ts';
import { BELLMAN, holdersOf, ORG, type Org } from '../core/record.ts';
import type { Transact } from '../core/transact.ts';
import { type OrgCommand, org } from './org.ts';
import type { PeopleStore } from './store.ts';

export interface FirstAdminsParts {
  readonly wanted: readonly { readonly platform: string; readonly user: string }[];
  readonly known: () => Promise<Org>;
  readonly platforms: ReadonlyMap<string, Pick<ChatPlatform, 'describe'>>;
  readonly people: PeopleStore;
  readonly transact: Transact;
  /** Told of somebody who cannot be found. */
  readonly onUnknown: (who: string) => void;
}

/** Grants the role to those who are wanted. A platform that does not answer now names them when they say something. */
export async function firstAdmins({ wanted, known, platforms, people, transact, onUnknown }: FirstAdminsParts): Promise<void> {
  if (wanted.length === 0 || holdersOf(await known(), 'admin').length > 0) return;
  for (const { platform, user } of wanted) {
    const chat = platforms.get(platform);
    const unnamed: Asker = { platform, user, handle: user, name: user, timeZone: 'UTC', bot: false, guest: false };
    const asker = chat && (await chat.describe(user).catch(() => unnamed));
    if (!asker) {
      onUnknown(`${platform}:${user}`);
      continue;
    }
    const person = await people.person(asker);
    const command: OrgCommand = { type: 'grant', person, role: 'admin' };
    await transact([{ record: ORG, part: org.name, command, by: BELLMAN }]);
  }
}
