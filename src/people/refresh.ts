/** Looking again at who is in the groups that lists come from, and how many still want to be told. */
import type { ChatPlatform, Place } from '../chat/port.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { type AudienceList, BELLMAN, ORG, type Org } from '../core/record.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import type { RefreshCommand } from './audiences.ts';
import { type Groups, groupsOn } from './groups.ts';
import { keepGroup, keptGroups, placesOn, storedList, storeList, tidyLists } from './list-store.ts';
import { alarmAbout, org as orgPart } from './org.ts';

export interface Refreshed {
  readonly lists: RefreshCommand['lists'];
  /** Groups whose platform did not say who is in them; their lists stay as they are. */
  readonly troubles: readonly Refusal[];
}

/** Asks the platforms, stores a new version where somebody came or went, and tells what is to be put in force. `only`: this audience. */
export async function refreshed(
  db: Pick<Database, 'sql'>,
  groups: Pick<Groups, 'members'>,
  { audiences }: Pick<Org, 'audiences'>,
  only?: string,
): Promise<Refreshed> {
  const lists: Refreshed['lists'][number][] = [];
  const troubles: Refusal[] = [];
  for (const { key, list, retired } of Object.values(audiences)) {
    if (!list || list.version === 0 || retired || (only !== undefined && key !== only)) continue;
    const now = list.kind === 'group' ? await asItIs(db, groups, key, list) : await recounted(db, key, list);
    if (isRefusal(now)) troubles.push(now);
    else if (now.version !== list.version || now.count !== list.count)
      lists.push({ audience: key, list: now, after: list.version });
  }
  if (only === undefined) troubles.push(...(await keptAgain(db, groups)));
  return { lists, troubles };
}

async function asItIs(
  db: Pick<Database, 'sql'>,
  groups: Pick<Groups, 'members'>,
  audience: string,
  list: AudienceList,
): Promise<AudienceList | Refusal> {
  const members = await groups.members(list.of);
  if (isRefusal(members)) return members;
  const before = await placesOn(db, audience, list.version);
  if (same(before, members)) return recounted(db, audience, list);
  const { version, active } = await storeList(db, {
    list: audience,
    kind: list.kind,
    of: list.of,
    members: members.map((place) => ({ place })),
  });
  return { ...list, version, count: active };
}

async function recounted(db: Pick<Database, 'sql'>, audience: string, list: AudienceList): Promise<AudienceList> {
  const stored = await storedList(db, audience, list.version);
  return stored ? { ...list, count: stored.active } : list;
}

/** The groups that lines name themselves. */
async function keptAgain(db: Pick<Database, 'sql'>, groups: Pick<Groups, 'members'>): Promise<readonly Refusal[]> {
  const troubles: Refusal[] = [];
  for (const group of await keptGroups(db)) {
    const members = await groups.members(group);
    if (isRefusal(members)) troubles.push(members);
    else await keepGroup(db, group, members);
  }
  return troubles;
}

const same = (before: readonly Place[], now: readonly Place[]): boolean => {
  const places = new Set(now);
  return before.length === places.size && before.every((place) => places.has(place));
};

export interface LookParts {
  readonly db: Pick<Database, 'sql'>;
  readonly transact: Transact;
  readonly platforms: ReadonlyMap<string, ChatPlatform>;
  readonly org: () => Promise<Org>;
}

/** What is done once a day: lists are as their groups are now, admins hear of groups that cannot be read, old versions are forgotten. */
export async function lookAgain({ db, transact, platforms, org }: LookParts): Promise<void> {
  const { lists, troubles } = await refreshed(db, groupsOn(platforms), await org());
  const command: RefreshCommand = { type: 'refresh-lists', lists };
  if (lists.length > 0) await transact([{ record: ORG, part: orgPart.name, command, by: BELLMAN }]);
  // A platform that does not answer is asked again tomorrow; one that says no is somebody's to mend.
  const told = troubles.filter(({ facts }) => facts.final === 'yes').map((trouble) => plainWords(refusalWords(trouble)));
  if (told.length > 0) await transact(told.map((why) => ({ ...alarmAbout(ORG, 'list-not-refreshed', why), by: BELLMAN })));
  await tidyLists(db, await org());
}
