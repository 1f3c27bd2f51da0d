import type { JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import type { FakeMessage } from '../messages.ts';
import { type FakeChannel, SlackError } from '../world.ts';
import { type Args, type Method, page, type Stores } from './call.ts';

const SCOPES = 'channels:history,channels:join,channels:manage,channels:read,chat:write,commands,im:history,im:write,users:read';

function readable(args: Args, { world }: Stores): FakeChannel {
  const channel = world.seenChannel(args.must('channel', 'channel_not_found'));
  if (channel.historyReadable === false) {
    const needed = channel.private === true ? 'groups:history' : 'channels:history';
    throw new SlackError('missing_scope', { needed, provided: SCOPES.replace(`${needed},`, '') });
  }
  if (channel.member === false) throw new SlackError('not_in_channel');
  return channel;
}

function own(args: Args, { world }: Stores): FakeChannel {
  const channel = world.seenChannel(args.must('channel', 'channel_not_found'));
  if (channel.directWith !== undefined) throw new SlackError('method_not_supported_for_channel_type');
  if (channel.archived === true) throw new SlackError('is_archived');
  if (channel.member === false) throw new SlackError('not_in_channel');
  return channel;
}

function within(messages: readonly FakeMessage[], args: Args): FakeMessage[] {
  const oldest = args.text('oldest');
  const latest = args.text('latest');
  const inclusive = args.flag('inclusive');
  return messages.filter((message) => {
    const ts = Number(message.ts);
    if (inclusive && (message.ts === oldest || message.ts === latest)) return true;
    return (oldest === '' || ts > Number(oldest)) && (latest === '' || ts < Number(latest));
  });
}

const history: Method = (args, stores) => {
  const channel = readable(args, stores);
  const limit = args.number('limit', LIMITS.historyPage);
  if (limit < 1 || limit > LIMITS.historyMost) throw new SlackError('invalid_limit');
  const shown = stores.messages
    .in(channel.id)
    .filter((message) => !message.deleted)
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts || message.reply_broadcast);
  const found = within(shown, args).toReversed();
  const from = Number(args.text('cursor').replace(/^next_ts:/, '') || Number.POSITIVE_INFINITY);
  // With a beginning but no end Slack gives the page that is closest to the beginning, still newest first.
  const forward = args.has('oldest') && !args.has('latest');
  const left = forward
    ? found.filter((message) => from === Number.POSITIVE_INFINITY || Number(message.ts) > from)
    : found.filter((message) => Number(message.ts) < from);
  const taken = forward ? left.slice(-limit) : left.slice(0, limit);
  const more = left.length > taken.length;
  const edge = forward ? taken[0] : taken.at(-1);
  return {
    messages: taken.map((message) => stores.messages.wire(message, args.flag('include_all_metadata'))),
    has_more: more,
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(more ? { response_metadata: { next_cursor: `next_ts:${edge?.ts ?? ''}` } } : {}),
  };
};

const replies: Method = (args, stores) => {
  const channel = readable(args, stores);
  const first = stores.messages.find(channel.id, args.must('ts', 'thread_not_found'));
  if (first === undefined) throw new SlackError('thread_not_found');
  const root = stores.messages.find(channel.id, first.thread_ts ?? first.ts) ?? first;
  const thread = within(stores.messages.replies(channel.id, root.ts), args);
  const withMetadata = args.flag('include_all_metadata');
  const cut = page(
    [root, ...thread].map((message) => stores.messages.wire(message, withMetadata)),
    args,
    1000,
  );
  return {
    messages: cut.items,
    has_more: cut.next !== '',
    ...(cut.next === '' ? {} : { response_metadata: { next_cursor: cut.next } }),
  };
};

const open: Method = (args, { world }) => {
  if (args.text('channel').startsWith('D')) {
    const known = world.seenChannel(args.text('channel'));
    return { channel: { id: known.id } };
  }
  const ids = args.ids('users');
  if (ids.length === 0) throw new SlackError('users_list_not_supplied');
  const [only] = ids;
  if (only === undefined || ids.length > 1) throw new SlackError('method_not_supported_for_channel_type');
  const user = world.users.get(only);
  if (user === undefined) throw new SlackError('user_not_found');
  const refusal = world.directRefusal(user);
  if (refusal !== undefined) throw new SlackError(refusal);
  const channel = world.direct(user);
  world.changed();
  return { channel: args.flag('return_im') ? world.wireChannel(channel) : { id: channel.id } };
};

const info: Method = (args, { world }) => ({
  channel: world.wireChannel(world.seenChannel(args.must('channel', 'channel_not_found'))),
});

function listed(args: Args, channels: readonly FakeChannel[], { world }: Stores): JsonObject {
  const types = args.has('types') ? args.ids('types') : ['public_channel'];
  const kind = (channel: FakeChannel) =>
    channel.directWith !== undefined ? 'im' : channel.private === true ? 'private_channel' : 'public_channel';
  const shown = channels
    .filter((channel) => types.includes(kind(channel)))
    .filter((channel) => channel.private !== true || channel.member !== false)
    .filter((channel) => !args.flag('exclude_archived') || channel.archived !== true);
  const cut = page(
    shown.map((channel) => world.wireChannel(channel)),
    args,
    100,
  );
  return { channels: cut.items, response_metadata: { next_cursor: cut.next } };
}

const list: Method = (args, stores) => listed(args, [...stores.world.channels.values()], stores);

const usersConversations: Method = (args, stores) => {
  const user = args.text('user') || stores.world.bot.userId;
  const channels = [...stores.world.channels.values()];
  return listed(
    args,
    channels.filter((channel) => stores.world.membersOf(channel).includes(user)),
    stores,
  );
};

const join: Method = (args, { world }) => {
  const channel = world.seenChannel(args.must('channel', 'channel_not_found'));
  if (channel.directWith !== undefined || channel.private === true) throw new SlackError('method_not_supported_for_channel_type');
  if (channel.archived === true) throw new SlackError('is_archived');
  const already = channel.member !== false;
  const joined = { ...channel, member: true };
  world.channels.set(channel.id, joined);
  world.changed();
  const note = already ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } } : {};
  return { channel: world.wireChannel(joined), ...note };
};

const members: Method = (args, { world }) => {
  const channel = world.seenChannel(args.must('channel', 'channel_not_found'));
  const cut = page(
    world.membersOf(channel).map((id) => ({ id })),
    args,
    100,
  );
  return { members: cut.items.map((item) => item.id ?? null), response_metadata: { next_cursor: cut.next } };
};

const create: Method = (args, { world }) => {
  const name = args.must('name', 'invalid_name_required');
  if (name.length > 80) throw new SlackError('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new SlackError('invalid_name_specials');
  if ([...world.channels.values()].some((channel) => channel.name === name)) throw new SlackError('name_taken');
  const channel: FakeChannel = { id: world.id('C'), name, member: true, private: args.flag('is_private'), members: [] };
  world.channels.set(channel.id, channel);
  world.changed();
  return { channel: world.wireChannel(channel) };
};

const invite: Method = (args, stores) => {
  const channel = own(args, stores);
  const ids = args.ids('users');
  if (ids.length === 0) throw new SlackError('no_user');
  if (ids.includes(stores.world.bot.userId)) throw new SlackError('cant_invite_self');
  if (ids.some((id) => !stores.world.users.has(id))) throw new SlackError('user_not_found');
  const present = stores.world.membersOf(channel);
  if (ids.every((id) => present.includes(id))) throw new SlackError('already_in_channel');
  const invited = { ...channel, members: [...new Set([...present, ...ids])] };
  stores.world.channels.set(channel.id, invited);
  stores.world.changed();
  return { channel: stores.world.wireChannel(invited) };
};

function described(part: 'topic' | 'purpose'): Method {
  return (args, stores) => {
    const value = args.text(part);
    if (value.length > 250) throw new SlackError('too_long');
    const changed = { ...own(args, stores), [part]: value };
    stores.world.channels.set(changed.id, changed);
    stores.world.changed();
    return { channel: stores.world.wireChannel(changed) };
  };
}

function archived(value: boolean): Method {
  return (args, { world }) => {
    const channel = world.seenChannel(args.must('channel', 'channel_not_found'));
    if ((channel.archived ?? false) === value) throw new SlackError(value ? 'already_archived' : 'not_archived');
    world.channels.set(channel.id, { ...channel, archived: value });
    world.changed();
    return {};
  };
}

/** Channels and what was said in them. */
export const conversations: Record<string, Method> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.list': list,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.join': join,
  'conversations.members': members,
  'conversations.create': create,
  'conversations.invite': invite,
  'conversations.setTopic': described('topic'),
  'conversations.setPurpose': described('purpose'),
  'conversations.archive': archived(true),
  'conversations.unarchive': archived(false),
  'users.conversations': usersConversations,
};
