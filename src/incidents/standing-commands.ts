/** What people can say and press about how an incident or a problem stands: major, owner, normal, resolve, reopen. */
import { card, text, type Words } from '../chat/card.ts';
import { maybe, paragraph, person, time } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import {
  aPerson,
  aRecord,
  type Button,
  button,
  type Command,
  type Conversation,
  command,
  openly,
  privately,
  theRest,
} from '../chat/registry.ts';
import type { Accepted } from '../core/apply.ts';
import type { RecordView } from '../core/ask.ts';
import type { Part, RecordId, RecordKind, Typed } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import type { Shown } from './cards.ts';
import { newStanding, type StandingCommand, type StandingRoles } from './standing.ts';

/** A room whose records stand open or resolved, normal or major. */
export interface StandingRoom<S, C extends Typed, E extends Typed> {
  /** The first word of its commands: `problem`. */
  readonly root: string;
  /** With its article: `a problem`. */
  readonly one: string;
  readonly kind: RecordKind;
  readonly part: Part<S, C | StandingCommand, E>;
  readonly roles: StandingRoles;
  readonly shown: (view: RecordView) => Shown;
}

const said = (title: string, ...words: Words): Reply => privately(card(title, [text(...words)]));

/** The commands and buttons of such a room. */
export function standingDoings<S, C extends Typed, E extends Typed>(room: StandingRoom<S, C, E>): readonly (Command | Button)[] {
  const { root, one, kind, part, roles, shown } = room;
  const record = aRecord(`the ${root}, for example ${kind}-1`, kind);
  const change = (c: Conversation, id: RecordId, wanted: StandingCommand, reply: (accepted: Accepted) => Reply) =>
    c.change({ record: id, part, command: wanted, reply });
  const answer = (c: Conversation, id: RecordId, wanted: Extract<StandingCommand, { type: `${string}-owner` }>, what: Words) =>
    change(c, id, wanted, () => said(`Owner of ${id}`, ...what));

  return [
    command({
      name: `${root} major`,
      help: `Declare ${one} major: it gets an owner and a communication plan.`,
      args: { record },
      right: roles.declare,
      form: {
        title: `Major ${root}`,
        submit: 'Declare',
        fields: {
          owner: person('Owner', { hint: 'Who answers for it until it is over' }),
          breach: maybe(time('Security breach, known since', { hint: 'Only for a breach: now, today 8:00' })),
        },
        initial: async (c, { record: id }) => {
          const view = await c.view(id);
          const { owner, major } = view ? shown(view).standing : newStanding;
          if (major) return refuse('already-major', { record: id, owner: owner ?? '' });
          return owner === undefined ? {} : { owner };
        },
      },
      run: (c, { record: id }, { owner, breach }) =>
        change(c, id, { type: 'declare', owner, place: c.at, breach }, () =>
          // A breach is private from here on, also where it was declared.
          (breach === undefined ? openly : privately)(
            card(`${id} is major now`, [text({ person: owner }, ' owns it. Its communication plan follows here.')], {
              tone: 'danger',
            }),
          ),
        ),
    }),
    command({
      name: `${root} owner`,
      help: `Ask somebody to own ${one}; they accept by a button.`,
      args: { record, person: aPerson('who is to own it') },
      run: (c, { record: id, person: to }) =>
        change(c, id, { type: 'propose-owner', to }, ({ view }) =>
          shown(view).standing.owner === to
            ? said(`Owner of ${id}`, 'It is yours.')
            : said(`Owner of ${id}`, { person: to }, ' is asked. It is theirs when they accept.'),
        ),
    }),
    button({
      name: `${root}.accept-owner`,
      run: (c, { record: id }) => answer(c, id, { type: 'accept-owner' }, ['It is yours. Whoever had it is told.']),
    }),
    button({
      name: `${root}.decline-owner`,
      run: (c, { record: id }) => answer(c, id, { type: 'decline-owner' }, ['You declined. Whoever asked you is told.']),
    }),
    command({
      name: `${root} normal`,
      help: `Make a major ${root} normal again; those who were told get a last update.`,
      args: { record, reason: theRest('why it is no longer major') },
      right: roles.declare,
      run: (c, { record: id, reason }) =>
        change(c, id, { type: 'normal', reason }, () =>
          said(`${id} is normal`, 'Each audience that was told gets a last update; their writers are asked for it now.'),
        ),
    }),
    command({
      name: `${root} resolve`,
      help: `Resolve ${one}, with what resolved it.`,
      args: { record },
      form: {
        title: `Resolve ${root}`,
        submit: 'Resolve',
        fields: { resolution: paragraph('Resolution', { hint: 'What made it work again' }) },
      },
      run: (c, { record: id }, { resolution }) =>
        change(c, id, { type: 'resolve', resolution }, ({ view }) =>
          said(
            `${id} is resolved`,
            shown(view).standing.major ? 'Each line of its plan is asked for its last update now.' : 'Whoever raised it is told.',
          ),
        ),
    }),
    command({
      name: `${root} reopen`,
      help: `Open a resolved ${root} again, with the reason.`,
      args: { record, reason: theRest('why it is open again') },
      run: (c, { record: id, reason }) =>
        change(c, id, { type: 'reopen', reason }, ({ view }) =>
          said(`${id} is open again`, shown(view).standing.major ? 'The lines of its plan start again.' : 'Its owner is told.'),
        ),
    }),
  ];
}
