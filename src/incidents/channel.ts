/** The channel of an incident's own: wanted by somebody or because it is major, and made outside of any transaction. Pure. */
import { placeParts } from '../chat/port.ts';
import { isPrivate } from '../core/reading.ts';
import {
  accept,
  BELLMAN,
  type Context,
  type DataClass,
  type Decision,
  type PersonId,
  type RecordId,
  USUAL_CLASS,
} from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import type { Intake } from './intake.ts';
import { mayManage, type Standing, type StandingRoles } from './standing.ts';
import { type Work, workersOf } from './work.ts';

export interface OwnChannel {
  readonly platform: string;
  /** It is found by its name again, so that a repeat makes no second one. */
  readonly name: string;
  readonly private: boolean;
  /** Absent until it is made. */
  readonly place?: string | undefined;
}

export type ChannelCommand =
  /** `at`: where it was said; the channel is made on that platform. */
  | { readonly type: 'want-channel'; readonly at: string }
  /** From the worker that makes channels. */
  | { readonly type: 'channel-made'; readonly place: string }
  | { readonly type: 'channel-failed'; readonly why: string };

export type ChannelEvent =
  | {
      readonly type: 'channel-wanted';
      readonly platform: string;
      readonly private: boolean;
      readonly words: { readonly name: string };
    }
  | { readonly type: 'channel-made'; readonly words: { readonly place: string } }
  | { readonly type: 'channel-failed'; readonly by: PersonId; readonly words: { readonly why: string } };

interface Channelled extends Work {
  readonly intake: Intake;
  readonly standing: Standing;
  readonly class?: DataClass;
  readonly raised: { readonly by: PersonId };
  readonly closed?: { readonly at: number } | undefined;
  readonly channel?: OwnChannel | undefined;
}

/** Slack holds 80 characters of a channel's name; the number alone tells channels apart. */
const LONGEST_NAME = 60;

/** `inc-7-refused-connections`; of a private one only the number, because a name can be seen by more than its members. */
export function channelName(record: RecordId, title: string, guarded: boolean): string {
  const words = guarded
    ? ''
    : title
        .toLowerCase()
        .normalize('NFKD')
        .replaceAll(/[^a-z0-9]+/gu, '-');
  return `${record.toLowerCase()}-${words}`.slice(0, LONGEST_NAME).replaceAll(/-+/gu, '-').replace(/-$/u, '');
}

/** Who is invited: its owner, whoever raised it, and everybody at work on it. */
export const invitedOf = (state: Channelled): readonly PersonId[] =>
  [...new Set([state.standing.owner, state.raised.by, ...workersOf(state)])].filter(
    (person): person is PersonId => person !== undefined && person !== BELLMAN,
  );

/** Refuses `not-yours`, `is-closed`. One that is there or under way already stays. */
export function decideChannel(
  state: Channelled,
  command: ChannelCommand,
  roles: StandingRoles,
  context: Context,
): Decision<ChannelEvent> {
  const { actor, record } = context;
  const { standing, closed, channel, intake } = state;
  const itself = actor.person === BELLMAN;
  switch (command.type) {
    case 'want-channel': {
      // Where it is talked about, everybody may know who may know of it.
      if (channel?.place !== undefined) return accept();
      const refused = itself ? undefined : mayManage(standing, roles, context);
      if (refused) return refused;
      if (closed) return refuse('is-closed', { record, at: closed.at });
      if (channel) return accept();
      const guarded = isPrivate(state.class ?? USUAL_CLASS);
      const { platform } = placeParts(command.at);
      return accept({
        type: 'channel-wanted',
        platform,
        private: guarded,
        words: { name: channelName(record, intake.title, guarded) },
      });
    }
    case 'channel-made':
      return itself && channel && channel.place !== command.place
        ? accept({ type: 'channel-made', words: { place: command.place } })
        : accept();
    case 'channel-failed':
      return itself && channel && channel.place === undefined
        ? accept({ type: 'channel-failed', by: standing.owner ?? state.raised.by, words: { why: command.why } })
        : accept();
    default:
      return command satisfies never;
  }
}

/** The channel after an event; one that could not be made can be wanted again. */
export function evolveChannel<S extends { readonly channel?: OwnChannel | undefined }>(state: S, event: ChannelEvent): S {
  switch (event.type) {
    case 'channel-wanted':
      return { ...state, channel: { platform: event.platform, name: event.words.name, private: event.private } };
    case 'channel-made':
      return state.channel ? { ...state, channel: { ...state.channel, place: event.words.place } } : state;
    case 'channel-failed':
      return { ...state, channel: undefined };
    default:
      return event satisfies never;
  }
}
