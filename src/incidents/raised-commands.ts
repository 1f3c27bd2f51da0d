/** What people can say to raise, look at, edit and list incidents or problems: the same words for both. */
import { type Card, capital, type Words } from '../chat/card.ts';
import { classCommand } from '../chat/class-command.ts';
import { foreseen } from '../chat/foreseen.ts';
import { historyCard } from '../chat/history-card.ts';
import { listCard } from '../chat/list-card.ts';
import type { Reply } from '../chat/port.ts';
import {
  aRecord,
  type Button,
  button,
  type Command,
  type Conversation,
  command,
  oneOf,
  openly,
  perhaps,
  privately,
} from '../chat/registry.ts';
import type { Shortcut } from '../chat/shortcut.ts';
import type { RecordView } from '../core/ask.ts';
import { history } from '../core/history.ts';
import { isPrivate } from '../core/reading.ts';
import type { RecordId, Typed } from '../core/record.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { offered, problemOf } from '../knowledge/index.ts';
import { raisedCard, recordCard } from './cards.ts';
import { eventWords } from './history.ts';
import {
  intakeFields,
  intakeInitial,
  intakeOf,
  keptRaising,
  noIntake,
  type Raising,
  raiseFields,
  raisingFrom,
  raisingOf,
} from './intake.ts';
import type { RaisedCommand } from './raised.ts';
import type { StandingRoom } from './standing-commands.ts';
import { recordList } from './store.ts';

/** A room whose records are raised with an intake. */
export interface RaisedRoom<S, C extends Typed, E extends Typed> extends StandingRoom<S, C | RaisedCommand, E> {
  /** What one is, for the help: `something does not work`. */
  readonly meaning: string;
  /** What whoever raised it reads next to its number. */
  readonly next: (id: string) => Words;
  /** What is done instead of raising one of its own, when whoever raises it says that it is this problem. */
  readonly itIs: (c: Conversation, problem: RecordId, raising: Raising) => Promise<Reply>;
  /** What it is raised by; the first is told to people. */
  readonly raisedBy: readonly string[];
  /** How one is raised from the menu of a message. */
  readonly shortcut?: Shortcut;
  /** Where one came from, if that is asked. */
  readonly sources?: readonly string[];
  /** The card of one, where it says more than records of both kinds do. */
  readonly look?: (c: Conversation, view: RecordView) => Promise<Card>;
}

/** The commands of such a room; how its records stand has commands of its own. */
export function raisedDoings<S, C extends Typed, E extends Typed>(room: RaisedRoom<S, C, E>): readonly (Command | Button)[] {
  const { root, kind, part, shown, one, meaning, next, itIs, raisedBy, sources = [], look, shortcut } = room;
  const record = aRecord(`the ${root}, for example ${kind}-1`, kind);
  const raise = (c: Conversation, raising: Raising): Promise<Reply> =>
    c.change({
      record: { raise: kind },
      part,
      command: { type: 'raise', ...raising },
      reply: ({ view }) => {
        const told = raisedCard(shown(view), next(view.id));
        return isPrivate(view.class) ? privately(told) : openly(told);
      },
    });
  const raising = (name: string): Command =>
    command({
      name: `${root} ${name}`,
      help: `Raise ${one}: ${meaning}.`,
      args: {},
      ...(shortcut && name === raisedBy[0] ? { shortcut } : {}),
      form: { title: `New ${root}`, submit: 'Raise', fields: raiseFields(sources) },
      run: async (c, _values, answers) => {
        const wanted = raisingOf(answers);
        return (await offered(c, { root, one }, wanted.intake, keptRaising(wanted))) ?? raise(c, wanted);
      },
    });
  return [
    ...raisedBy.map(raising),
    button({
      name: `${root}.none-of-them`,
      run: async (c, { value }) => {
        const written = await c.kept(value);
        return written ? raise(c, raisingFrom(written)) : c.refused(refuse('draft-gone'));
      },
    }),
    button({
      name: `${root}.this-one`,
      run: async (c, { record: match, value }) => {
        const [written, of] = [await c.kept(value), await problemOf(c, match)];
        if (of === undefined) return c.refused(refuse('unknown-record', { record: match }));
        return written ? itIs(c, of, raisingFrom(written)) : c.refused(refuse('draft-gone'));
      },
    }),
    command({
      name: `${root} show`,
      help: `Show ${one}.`,
      args: { record },
      run: async (c, { record: id }) => {
        const view = await c.view(id);
        if (!view) return c.refused(refuse('unknown-record', { record: id }));
        if (look) return privately(await look(c, view));
        const seen = shown(view);
        return privately(recordCard(seen, await titlesOf(c.db, seen.links, c.me)));
      },
    }),
    command({
      name: `${root} edit`,
      help: `Change what was said about ${one}.`,
      args: { record },
      form: {
        title: `Edit ${root}`,
        submit: 'Save',
        fields: intakeFields,
        initial: async (c, { record: id }) => {
          const view = await c.view(id);
          const intake = view ? shown(view).intake : noIntake;
          return (await foreseen(c, id, part, { type: 'edit', intake })) ?? intakeInitial(intake);
        },
      },
      run: async (c, { record: id }, answers) => {
        const before = await c.view(id);
        const titles = await titlesOf(c.db, before ? shown(before).links : [], c.me);
        return c.change({
          record: id,
          part,
          command: { type: 'edit', intake: intakeOf(answers) },
          reply: ({ view }) => privately(recordCard(shown(view), titles)),
        });
      },
    }),
    command({
      name: `${root} list`,
      help: `List ${root}s, newest first; at first those that are not resolved.`,
      args: { which: perhaps(oneOf('which ones', 'open', 'major', 'resolved', 'closed', 'all')) },
      run: async (c, { which = 'open' }) => {
        const none = ['There are none. ', { code: `/${root} new` }, ' raises one.'];
        return privately(listCard(`${capital(root)}s`, await recordList(c.db, kind, which, c.me), none));
      },
    }),
    classCommand(room),
    command({
      name: `${root} history`,
      help: `Show what happened to ${one}.`,
      args: { record },
      run: async (c, { record: id }) => {
        const entries = await history(c.db, id, c.me);
        return entries.length === 0
          ? c.refused(refuse('unknown-record', { record: id }))
          : privately(historyCard(id, entries, eventWords));
      },
    }),
  ];
}
