/** What people can say about resolver groups: `/bellman group create|add|remove|list`. */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import { aPerson, aWord, command, oneOf, privately } from '../chat/registry.ts';
import { ORG, type ResolverGroup, type Tier } from '../core/record.ts';
import { org } from './org.ts';
import { RESOLVER_ROLES, resolverKey } from './resolvers.ts';

const right = RESOLVER_ROLES;
const name = aWord('the group, for example network-team');
const TIERS: Readonly<Record<'1' | '2' | '3', Tier>> = { 1: 1, 2: 2, 3: 3 };

const done = (title: string, ...words: Words) => privately(card(title, [text(...words)]));

const create = command({
  name: 'bellman group create',
  help: 'Make a group of resolvers, to which incidents can be assigned.',
  args: {
    name,
    tier: { ...oneOf('its tier: 1 is the first line, 3 are the specialists', '1', '2', '3'), keyword: 'tier' },
  },
  right,
  run: (c, values) =>
    c.change({
      record: ORG,
      part: org,
      command: { type: 'create-resolvers', group: values.name, tier: TIERS[values.tier] },
      reply: ({ events }) =>
        done(
          events.length === 0 ? 'As it was' : 'The group is made',
          { bold: resolverKey(values.name) },
          ` is in tier ${values.tier}. Add who belongs to it: `,
          { code: `/bellman group add ${resolverKey(values.name)} @x` },
          '.',
        ),
    }),
});

const memberCommand = (type: 'add-resolver' | 'remove-resolver', verb: 'add' | 'remove', help: string, outcome: string) =>
  command({
    name: `bellman group ${verb}`,
    help,
    args: { name, person: aPerson('the person') },
    right,
    run: (c, { person, ...values }) =>
      c.change({
        record: ORG,
        part: org,
        command: { type, group: values.name, person },
        reply: ({ events }) =>
          done(events.length === 0 ? 'As it was' : 'Done', { person }, ` ${outcome} `, { bold: resolverKey(values.name) }, '.'),
      }),
  });

const add = memberCommand('add-resolver', 'add', 'Add somebody to a group of resolvers.', 'is in');
const remove = memberCommand('remove-resolver', 'remove', 'Take somebody out of a group of resolvers.', 'is not in');

/** The groups by tier and name, with who is in them. */
function groupsCard(groups: Readonly<Record<string, ResolverGroup>>): Card {
  const sorted = Object.entries(groups).sort(([a, one], [b, other]) => one.tier - other.tier || a.localeCompare(b));
  if (sorted.length === 0)
    return card('Resolver groups', [text('There are none. Make one: ', { code: '/bellman group create network-team tier 2' })]);
  const rows = sorted.map(
    ([group, { tier, members }]): Words => [
      { bold: group },
      `, tier ${tier}: `,
      ...(members.length === 0
        ? ['nobody yet']
        : members.flatMap((person, at): Words => (at === 0 ? [{ person }] : [', ', { person }]))),
    ],
  );
  return card('Resolver groups', [list(...rows)]);
}

const listed = command({
  name: 'bellman group list',
  help: 'Show the groups of resolvers, their tiers and who is in them.',
  args: {},
  run: async (c) => privately(groupsCard((await c.org()).resolvers ?? {})),
});

export const resolverCommands = [create, add, remove, listed];
