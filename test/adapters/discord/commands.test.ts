import { ApplicationCommandOptionType as Kind } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commandBodies, lineOf, saidCommand, sameCommands } from '../../../adapters/discord/commands.ts';
import { card } from '../../../src/chat/card.ts';
import { understand } from '../../../src/chat/grammar.ts';
import { helpCommands } from '../../../src/chat/help.ts';
import {
  type Arguments,
  aChannel,
  aPerson,
  aRecord,
  aTime,
  aWord,
  command,
  oneOf,
  perhaps,
  privately,
  registry,
  somePeople,
  theRest,
} from '../../../src/chat/registry.ts';

const said = (name: string, args: Arguments = {}, help = 'do it') =>
  command({ name, help, args, run: async () => privately(card(name)) });

const doings = [
  said('rfc new'),
  said('rfc show', { record: aRecord('the change', 'RFC') }),
  said('rfc delegate', { person: aPerson('to whom'), until: aTime('the last day', 'until') }),
  said('rfc backout', { why: perhaps(aWord('one word')), record: aRecord('the change') }),
  said('bellman role grant', { person: aPerson('the person'), role: oneOf('the role', 'admin', 'auditor') }),
  said('bellman role list'),
  said('bellman setup'),
  said('bellman board create', {
    board: aWord('its name'),
    meetingChannel: aChannel('its channel'),
    kind: perhaps(oneOf('which', 'emergency')),
  }),
  said('bellman audience releasers', { people: somePeople('who may release') }),
  said('ping', { words: perhaps(theRest('anything')) }, 'x'.repeat(150)),
];
const known = registry([...doings, ...helpCommands(doings.filter(({ name }) => name.includes(' ')))]);
const bodies = commandBodies(known, true);
const body = (name: string) => bodies.find((one) => one.name === name);
const option = (options: readonly { name: string }[] | undefined, name: string) =>
  options?.find((one) => one.name === name) as
    | { type: Kind; options?: { name: string; type: Kind; required?: boolean; choices?: unknown }[] }
    | undefined;

describe('the registered commands', () => {
  test('are one for each first word, with subcommands and groups below, help too', () => {
    expect(bodies.map(({ name }) => name).sort()).toEqual(['bellman', 'ping', 'rfc']);
    expect(body('rfc')?.options?.map(({ name }) => name)).toEqual(['new', 'show', 'delegate', 'backout', 'help']);
    expect(option(body('bellman')?.options, 'role')).toMatchObject({
      type: Kind.SubcommandGroup,
      options: [
        { name: 'grant', type: Kind.Subcommand },
        { name: 'list', type: Kind.Subcommand },
      ],
    });
    expect(option(body('bellman')?.options, 'setup')?.type).toBe(Kind.Subcommand);
  });

  test('ask for each argument in Discord’s own way, the required ones first', () => {
    const board = option(option(body('bellman')?.options, 'board')?.options, 'create');
    expect(board?.options?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['board', Kind.String, true],
      ['meeting-channel', Kind.Channel, true],
      ['kind', Kind.String, false],
    ]);
    expect(option(body('rfc')?.options, 'backout')?.options?.map(({ name }) => name)).toEqual(['record', 'why']);
    const grant = option(option(body('bellman')?.options, 'role')?.options, 'grant');
    expect(grant?.options?.[0]).toMatchObject({ type: Kind.User, required: true });
    expect(grant?.options?.[1]?.choices).toEqual([
      { name: 'admin', value: 'admin' },
      { name: 'auditor', value: 'auditor' },
    ]);
  });

  test('are described in at most 100 characters', () => {
    expect((body('ping') as { description: string }).description).toHaveLength(100);
  });

  test('hold three words at most', () => {
    expect(() => commandBodies(registry([said('one two three four')]), true)).toThrow(
      '/one two three four has more than three words',
    );
  });

  test('are the same when Discord adds what it adds, and others when anything of ours differs', () => {
    const registered = bodies.toReversed().map((one) => ({
      ...JSON.parse(JSON.stringify(one, (key, value) => (key === 'required' && value === false ? undefined : value))),
      id: '1',
      version: '2',
      nsfw: false,
      default_member_permissions: null,
    }));
    expect(sameCommands(registered, bodies)).toBe(true);
    const more = commandBodies(registry([...doings, said('rfc list')]), true);
    expect(sameCommands(registered, more)).toBe(false);
    expect(sameCommands(registered, commandBodies(known, false))).toBe(false);
  });
});

describe('a command that was said', () => {
  test('has its values as text, people and channels as mentions, whatever their order', () => {
    const data = {
      name: 'bellman',
      options: [
        {
          name: 'board',
          type: Kind.SubcommandGroup as const,
          options: [
            {
              name: 'create',
              type: Kind.Subcommand as const,
              options: [
                { name: 'meeting-channel', type: Kind.Channel as const, value: '3001' },
                { name: 'board', type: Kind.String as const, value: ' CAB ' },
              ],
            },
          ],
        },
      ],
    };
    expect(saidCommand(data, known)).toEqual({
      name: 'bellman board create',
      input: { board: 'CAB', meetingChannel: '<#3001>' },
    });
  });

  test.each([
    ['rfc delegate', { person: '<@2001>', until: '2027-01-31 22:00' }],
    ['bellman board create', { board: 'CAB', meetingChannel: '<#3001>' }],
    ['ping', { words: 'two words' }],
  ])('%s as a line of words means the same', (name, input) => {
    const line = lineOf(name, input, known);
    expect(understand(line, known)).toMatchObject({ command: { name }, input });
  });
});
