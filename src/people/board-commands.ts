/** What people can say about boards. */
import { aChannel, aPerson, aWord, type Conversation, command, oneOf, perhaps, privately, theRest } from '../chat/registry.ts';
import { parseSpan } from '../chat/time-words.ts';
import { ORG, type Role } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { BOARD_SETTINGS, type BoardCommand, type BoardSetting } from './boards.ts';
import { boardCard } from './cards.ts';
import { org } from './org.ts';

const change = (c: Conversation, wanted: BoardCommand) =>
  c.change({
    record: ORG,
    part: org,
    command: wanted,
    reply: ({ view }) => {
      const board = view.state(org).boards[wanted.board.toUpperCase()];
      return board ? privately(boardCard(board)) : { kind: 'nothing' };
    },
  });

const create = command({
  name: 'bellman board create',
  help: 'Create a board that votes in a channel; emergency changes go to an emergency board.',
  args: {
    board: aWord('its name, for example CAB'),
    channel: aChannel('the channel where it votes'),
    kind: perhaps(oneOf('for emergencies', 'emergency')),
  },
  right: ['admin', 'change-manager'],
  run: (c, { board, channel, kind }) =>
    change(c, { type: 'create-board', board, place: channel, emergency: kind === 'emergency' }),
});

const add = command({
  name: 'bellman board add',
  help: 'Add a member to a board.',
  args: { board: aWord('the board'), person: aPerson('the new member') },
  right: ['admin', 'change-manager'],
  run: (c, { board, person }) => change(c, { type: 'add-member', board, person }),
});

const remove = command({
  name: 'bellman board remove',
  help: 'Remove a member from a board.',
  args: { board: aWord('the board'), person: aPerson('the member') },
  right: ['admin', 'change-manager'],
  run: (c, { board, person }) => change(c, { type: 'remove-member', board, person }),
});

const set = command({
  name: 'bellman board set',
  help: "Set a board's rule: quorum 2, threshold majority, deadline 48h, review 1d, oncall @x, mandatory security.",
  args: { board: aWord('the board'), setting: oneOf('the rule', ...BOARD_SETTINGS), value: theRest('its value') },
  right: ['admin', 'change-manager'],
  run: async (c, { board, setting, value }) => {
    const parsed = await settingOf(c, setting, value.trim());
    return isRefusal(parsed) ? c.refused(parsed) : change(c, { type: 'set-board', board, ...parsed });
  },
});

const show = command({
  name: 'bellman board show',
  help: 'Show a board: its members and rules.',
  args: { board: aWord('the board') },
  run: async (c, { board }) => {
    const { boards } = await c.org();
    const found = boards[board.toUpperCase()];
    return found
      ? privately(boardCard(found))
      : c.refused(refuse('unknown-board', { board: board.toUpperCase(), boards: Object.keys(boards) }));
  },
});

async function settingOf(
  c: Conversation,
  setting: (typeof BOARD_SETTINGS)[number],
  value: string,
): Promise<BoardSetting | Refusal> {
  switch (setting) {
    case 'quorum':
      return { setting, quorum: Number(value) };
    case 'threshold':
      return { setting, threshold: value.toLowerCase().replaceAll(/\s+/gu, ' ') };
    case 'deadline':
      return { setting, deadline: parseSpan(value) ?? 0 };
    case 'review':
      return { setting, review: parseSpan(value) ?? 0 };
    case 'oncall': {
      const person = await c.find(value);
      return person === undefined ? refuse('unknown-someone', { said: value }) : { setting, onCall: person };
    }
    case 'mandatory': {
      const roles = value.toLowerCase() === 'none' ? [] : value.toLowerCase().split(/[\s,]+/u);
      // The rule checks that each is a role; until then it is only what somebody wrote.
      return { setting, mandatory: roles as readonly string[] as readonly Role[] };
    }
    default:
      return setting satisfies never;
  }
}

export const boardCommands = [create, add, remove, set, show];
