/** What people can say about who an audience is: its list, from wherever it comes (M1). */
import { paragraph } from '../chat/form.ts';
import { placeParts, type Reply } from '../chat/port.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { button, type Conversation, command, oneOf, perhaps, privately, theRest } from '../chat/registry.ts';
import { type AudienceList, ORG, type Org, ROLES, requireRole } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { membersCard, refreshedCard, stagedCard, wrongRows } from './audience-cards.ts';
import { audience, change, rights } from './audience-commands.ts';
import { audiencesOf, membersIn } from './audiences.ts';
import { MOST_ROWS, type ReadList, readList } from './csv.ts';
import { membersOf, type Storable, type StoredList, storedList, storeList } from './list-store.ts';
import { type OrgCommand, org } from './org.ts';
import { refreshed } from './refresh.ts';

/** How many members are shown of a list. */
const SHOWN = 20;

/** Asked before anything is fetched or stored; what counts is checked again in the deciding transaction. */
async function allowed(c: Conversation, key: string): Promise<Org | Refusal> {
  const state = await c.org();
  const lacking = requireRole({ actor: await c.actor(), org: state }, ...rights);
  if (lacking) return lacking;
  const keys = audiencesOf(state);
  return keys.includes(key) ? state : refuse('unknown-audience', { audience: key, audiences: [...keys] });
}

const versionOf = (state: Org, key: string): number => state.audiences[key]?.list?.version ?? 0;

const HOW = ['fixed', 'add', 'remove', 'role', 'board', 'group', 'none'] as const;

const list = command({
  name: 'bellman audience list',
  help: 'Say who an audience is: places one by one, a role, a board or a group; without more it shows its list.',
  args: {
    audience,
    how: perhaps(oneOf('how its list is made', ...HOW)),
    of: perhaps(theRest('the places, the role, the board or the group')),
  },
  right: rights,
  async run(c, { audience: key, how, of = '' }) {
    const state = await allowed(c, key);
    if (isRefusal(state)) return c.refused(state);
    if (how === undefined) return shown(c, state, key);
    if (how === 'none') return change(c, { type: 'drop-list', audience: key });
    if (of === '') return c.refused(refuse('list-of-what', { audience: key, how }));
    const wanted = await listOf(c, state, key, how, of);
    if (isRefusal(wanted)) return c.refused(wanted);
    return change(c, { type: 'set-list', audience: key, list: wanted, after: versionOf(state, key) });
  },
});

async function shown(c: Conversation, state: Org, key: string): Promise<Reply> {
  const known = state.audiences[key]?.list;
  const stored = known && known.version > 0 ? await membersOf(c.db, key, known.version, SHOWN) : [];
  const read = known ? membersIn(known, state) : [];
  return privately(membersCard(key, known, stored, read));
}

/** The list that somebody names, stored where it has members of its own. */
function listOf(
  c: Conversation,
  state: Org,
  key: string,
  how: Exclude<(typeof HOW)[number], 'none'>,
  said: string,
): Promise<AudienceList | Refusal> | AudienceList | Refusal {
  const { list: known } = state.audiences[key] ?? {};
  const named = said.trim().replace(/^"(.*)"$/u, '$1');
  switch (how) {
    case 'role': {
      const role = ROLES.find((one) => one === named.toLowerCase().replaceAll(/[\s_]+/gu, '-'));
      return role ? { kind: 'role', of: role, version: 0, count: 0 } : refuse('wrong-choice', { said, choices: [...ROLES] });
    }
    case 'board':
      return { kind: 'board', of: named.toUpperCase(), version: 0, count: 0 };
    case 'group':
      return fromGroup(c, key, named);
    case 'fixed':
      return fromPlaces(c, key, said, () => []);
    case 'add':
    case 'remove':
      if (known && known.kind !== 'fixed' && known.kind !== 'csv')
        return refuse('list-not-by-hand', { audience: key, kind: known.kind });
      return fromPlaces(
        c,
        key,
        said,
        () => (known ? membersOf(c.db, key, known.version, MOST_ROWS) : []),
        how,
        known?.kind === 'csv' ? 'csv' : 'fixed',
      );
    default:
      return how satisfies never;
  }
}

async function fromGroup(c: Conversation, key: string, said: string): Promise<AudienceList | Refusal> {
  const group = await c.group(said);
  if (isRefusal(group)) return group;
  const members = await c.members(group);
  if (isRefusal(members)) return members;
  if (members.length === 0) return refuse('nobody-in-list', { audience: key, kind: 'group', of: said });
  const { version, active } = await storeList(c.db, {
    list: key,
    kind: 'group',
    of: group,
    members: members.map((place) => ({ place })),
  });
  return { kind: 'group', of: group, version, count: active };
}

const ONE_BY_ONE: readonly string[] = ['channel', 'person', 'address'];

async function fromPlaces(
  c: Conversation,
  key: string,
  said: string,
  before: () => Promise<readonly Storable[]> | readonly Storable[],
  how: 'fixed' | 'add' | 'remove' = 'fixed',
  kind: 'fixed' | 'csv' = 'fixed',
): Promise<AudienceList | Refusal> {
  const places = await c.places(said);
  if (isRefusal(places)) return places;
  const other = places.find((place) => !ONE_BY_ONE.includes(placeParts(place).kind));
  if (other !== undefined) return refuse('not-one-by-one', { said });
  const others = (await before()).filter(({ place }) => !places.includes(place));
  const members = how === 'remove' ? others : [...others, ...[...new Set(places)].map((place) => ({ place }))];
  if (members.length === 0) return refuse('nobody-in-list', { audience: key, kind, of: '' });
  const { version, active } = await storeList(c.db, { list: key, kind, of: '', members });
  return { kind, of: '', version, count: active };
}

/** Stores what a CSV holds, to be used when its button is pressed; the wrong rows are named. */
const csv = command({
  name: 'bellman audience csv',
  help: 'Say who an audience is by a pasted CSV; a button takes what is right in it.',
  args: { audience },
  right: rights,
  form: {
    title: 'List of an audience',
    submit: 'Check',
    fields: { csv: paragraph('CSV', { hint: 'Begins with: name,email,phone,language,zone. A longer one: ask an operator.' }) },
  },
  async run(c, { audience: key }, answers) {
    const state = await allowed(c, key);
    if (isRefusal(state)) return c.refused(state);
    const read = readList(answers.csv);
    if (isRefusal(read)) return { kind: 'mend', fields: { csv: plainWords(refusalWords(read)) } };
    if (read.members.length === 0) return { kind: 'mend', fields: { csv: plainWords(refusalWords(nobodyRight(key, read))) } };
    const stored = await storeList(c.db, { list: key, kind: 'csv', of: '', members: read.members });
    return privately(stagedCard(key, read, stored, state.audiences[key]?.list));
  },
});

/** More wrong rows than this are counted: what a dialog says at a field is short. */
const NAMED_AT_FIELD = 3;

const nobodyRight = (key: string, read: ReadList): Refusal =>
  refuse('nobody-in-csv', { audience: key, rows: read.rows, wrong: wrongRows(read, NAMED_AT_FIELD) });

/** Puts a stored CSV in force, as far as the list that it was looked at with is still the one. */
export function listImport(audience: string, { version, active }: StoredList, state: Org) {
  const list: AudienceList = { kind: 'csv', of: '', version, count: active };
  const command: OrgCommand = { type: 'set-list', audience, list, after: versionOf(state, audience) };
  return { part: org.name, command };
}

const useList = button({
  name: 'audience.use-list',
  right: rights,
  async run(c, { value }) {
    const [, version, after, key = ''] = /^(\d+)-(\d+)-(.+)$/u.exec(value) ?? [];
    const stored = await storedList(c.db, key, Number(version ?? 0));
    if (!stored) return c.refused(refuse('list-gone', { audience: key }));
    const taken: AudienceList = { kind: 'csv', of: '', version: stored.version, count: stored.active };
    return change(c, { type: 'set-list', audience: key, list: taken, after: Number(after) });
  },
});

const refresh = command({
  name: 'bellman audience refresh',
  help: 'Look again at who is in the groups that lists come from.',
  args: { audience: perhaps(audience) },
  right: rights,
  async run(c, { audience: key }) {
    const state = await allowed(c, key ?? audiencesOf(await c.org())[0] ?? '');
    if (isRefusal(state)) return c.refused(state);
    const { lists, troubles } = await refreshed(c.db, c, state, key);
    return c.change({
      record: ORG,
      part: org,
      command: { type: 'refresh-lists', lists },
      reply: () => privately(refreshedCard(lists, troubles)),
    });
  },
});

export const listCommands = [list, csv, useList, refresh];
