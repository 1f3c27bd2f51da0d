/** Boards: groups that vote, with their members and rules (C7; design section 7). */
import { HOUR, MINUTE, type Span } from '../core/instant.ts';
import {
  accept,
  type Board,
  type Context,
  type Decision,
  type Org,
  type PersonId,
  ROLES,
  type Role,
  requireRole,
} from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';

/** What a board's settings are called; each has its own way of being written. */
export const BOARD_SETTINGS = ['quorum', 'threshold', 'deadline', 'review', 'oncall', 'mandatory'] as const;

export type BoardSetting =
  | { readonly setting: 'quorum'; readonly quorum: number }
  | { readonly setting: 'threshold'; readonly threshold: string }
  | { readonly setting: 'deadline'; readonly deadline: Span }
  | { readonly setting: 'review'; readonly review: Span }
  | { readonly setting: 'oncall'; readonly onCall: PersonId }
  | { readonly setting: 'mandatory'; readonly mandatory: readonly Role[] };

export type BoardCommand =
  | { readonly type: 'create-board'; readonly board: string; readonly place: string; readonly emergency: boolean }
  | { readonly type: 'add-member' | 'remove-member'; readonly board: string; readonly person: PersonId }
  | ({ readonly type: 'set-board'; readonly board: string } & BoardSetting);

export type BoardEvent =
  | { readonly type: 'board-created'; readonly board: string; readonly place: string; readonly emergency: boolean }
  | { readonly type: 'member-added' | 'member-removed'; readonly board: string; readonly person: PersonId }
  | ({ readonly type: 'board-set'; readonly board: string } & BoardSetting);

type Boards = Org['boards'];

/** An ordinary board has 48 hours for a ballot, an emergency board 30 minutes. */
export const DEADLINE: Span = 48 * HOUR;
export const EMERGENCY_DEADLINE: Span = 30 * MINUTE;
const SMALLEST_DEADLINE: Span = MINUTE;

const boardName = (said: string): string => said.toUpperCase();

/** Refuses `role-needed`, `board-exists`, `unknown-board`, `wrong-setting`. Adding a member twice changes nothing. */
export function decideBoard(
  { boards }: { readonly boards: Boards },
  command: BoardCommand,
  context: Context,
): Decision<BoardEvent> {
  const lacking = requireRole(context, 'admin', 'change-manager');
  if (lacking) return lacking;
  const name = boardName(command.board);
  const board = boards[name];
  if (command.type === 'create-board') {
    if (board) return refuse('board-exists', { board: name });
    return accept({ type: 'board-created', board: name, place: command.place, emergency: command.emergency });
  }
  if (!board) return refuse('unknown-board', { board: name, boards: Object.keys(boards) });
  switch (command.type) {
    case 'add-member':
      return board.members.includes(command.person)
        ? accept()
        : accept({ type: 'member-added', board: name, person: command.person });
    case 'remove-member':
      return board.members.includes(command.person)
        ? accept({ type: 'member-removed', board: name, person: command.person })
        : accept();
    case 'set-board':
      return wrong(command) ?? accept({ ...command, type: 'board-set', board: name });
    default:
      return command satisfies never;
  }
}

function wrong(setting: BoardSetting): Refusal | undefined {
  switch (setting.setting) {
    case 'quorum':
      return Number.isInteger(setting.quorum) && setting.quorum >= 1
        ? undefined
        : refuse('wrong-setting', { setting: 'quorum', example: '2' });
    case 'threshold':
      return isThreshold(setting.threshold)
        ? undefined
        : refuse('wrong-setting', { setting: 'threshold', example: 'majority, any, unanimous, count 3 or percent 66' });
    case 'deadline':
    case 'review': {
      const span = setting.setting === 'deadline' ? setting.deadline : setting.review;
      return span >= SMALLEST_DEADLINE ? undefined : refuse('wrong-setting', { setting: setting.setting, example: '48h' });
    }
    case 'mandatory':
      return setting.mandatory.every((role) => ROLES.includes(role))
        ? undefined
        : refuse('wrong-setting', { setting: 'mandatory', example: 'security, or none' });
    case 'oncall':
      return undefined;
    default:
      return setting satisfies never;
  }
}

/** Whether a text names a threshold: `majority`, `any`, `unanimous`, `count 3`, `percent 66` (1 to 100). */
export function isThreshold(said: string): boolean {
  const match = /^(majority|any|unanimous|count ([1-9]\d{0,3})|percent ([1-9]\d?|100))$/u.exec(said);
  return match !== null;
}

/** The boards after an event. */
export function evolveBoard(boards: Boards, event: BoardEvent): Boards {
  if (event.type === 'board-created') {
    const { board, place, emergency } = event;
    return { ...boards, [board]: newBoard(board, place, emergency) };
  }
  const board = boards[event.board];
  if (!board) return boards;
  return { ...boards, [event.board]: changed(board, event) };
}

/** A board as it is created: majority of those who vote, ECAB any two (design section 7, rules 3 and 8). */
const newBoard = (name: string, place: string, emergency: boolean): Board => ({
  name,
  place,
  emergency,
  members: [],
  threshold: emergency ? 'any' : 'majority',
  deadline: emergency ? EMERGENCY_DEADLINE : DEADLINE,
  mandatory: [],
});

function changed(board: Board, event: Exclude<BoardEvent, { type: 'board-created' }>): Board {
  switch (event.type) {
    case 'member-added':
      return { ...board, members: [...board.members, event.person] };
    case 'member-removed':
      return { ...board, members: board.members.filter((member) => member !== event.person) };
    case 'board-set': {
      const { type: _type, board: _board, setting: _setting, ...values } = event;
      return { ...board, ...values };
    }
    default:
      return event satisfies never;
  }
}
