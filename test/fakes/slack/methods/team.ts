import { object } from '../json.ts';
import { SlackError } from '../world.ts';
import type { Args, Method, Stores } from './call.ts';

const test: Method = (args) => {
  const error = args.text('error');
  if (error !== '') throw new SlackError(error, { args: args.all });
  return Object.keys(args.all).length > 0 ? { args: args.all } : {};
};

const auth: Method = (_args, { world }) => ({
  url: `https://${world.team.domain}.slack.com/`,
  team: world.team.name,
  user: world.bot.name,
  team_id: world.team.id,
  user_id: world.bot.userId,
  bot_id: world.bot.botId,
  is_enterprise_install: false,
});

const teamInfo: Method = (_args, { world }) => ({
  team: { ...world.team, email_domain: '', icon: {}, is_verified: false },
});

const bots: Method = (args, { world }) => {
  if (args.has('bot') && args.text('bot') !== world.bot.botId) throw new SlackError('bot_not_found');
  const { botId, appId, userId, name } = world.bot;
  return { bot: { id: botId, deleted: false, name, updated: 1, app_id: appId, user_id: userId, icons: {} } };
};

function target(args: Args, stores: Stores) {
  const channel = stores.world.seenChannel(args.must('channel', 'channel_not_found'));
  const message = stores.messages.find(channel.id, args.must('timestamp', 'message_not_found'));
  if (message === undefined) throw new SlackError('message_not_found');
  return message;
}

const react: Method = (args, stores) => {
  const message = target(args, stores);
  const name = args.must('name', 'invalid_name');
  if (message.reactions.includes(name)) throw new SlackError('already_reacted');
  stores.messages.change(message, { reactions: [...message.reactions, name] });
  return {};
};

const unreact: Method = (args, stores) => {
  const message = target(args, stores);
  const name = args.must('name', 'invalid_name');
  if (!message.reactions.includes(name)) throw new SlackError('no_reaction');
  stores.messages.change(message, { reactions: message.reactions.filter((one) => one !== name) });
  return {};
};

const bookmark: Method = (args, { world }) => {
  const channel = world.seenChannel(args.must('channel_id', 'channel_not_found'));
  const given = object(args.all);
  return {
    bookmark: { id: world.id('Bk'), channel_id: channel.id, title: args.must('title'), link: given.link ?? '', type: 'link' },
  };
};

/** Pins are kept by nobody: that the call was made is in the log, and a second pin of a message is refused. */
function pins(): Method {
  const pinned = new Set<string>();
  return (args, stores) => {
    const message = target(args, stores);
    const key = `${message.channel} ${message.ts}`;
    if (pinned.has(key)) throw new SlackError('already_pinned');
    pinned.add(key);
    return {};
  };
}

/** The workspace itself, and the small things that hang on messages and channels. */
export function teamMethods(socketUrl: () => string): Record<string, Method> {
  return {
    'api.test': test,
    'auth.test': auth,
    'team.info': teamInfo,
    'bots.info': bots,
    'reactions.add': react,
    'reactions.remove': unreact,
    'bookmarks.add': bookmark,
    'pins.add': pins(),
    'apps.connections.open': () => ({ url: socketUrl() }),
  };
}
