import { blockProblems, tooMuchText } from '../check-blocks.ts';
import { type Json, type JsonObject, object, objects, text } from '../json.ts';
import { LIMITS } from '../limits.ts';
import type { FakeMessage } from '../messages.ts';
import { type FakeChannel, SlackError } from '../world.ts';
import type { Args, Method, Stores } from './call.ts';

function refuseBlocks(problems: readonly string[]): never {
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  throw new SlackError('invalid_blocks', { errors: [...problems], response_metadata: { messages } });
}

/** The blocks of a message, checked as Slack checks them; undefined when none were given. */
export function checkedBlocks(blocks: Json | undefined, { files }: Stores): JsonObject[] | undefined {
  if (blocks === undefined || blocks === null) return undefined;
  const problems = blockProblems(blocks, 'message');
  if (problems.length > 0) refuseBlocks(problems);
  if (tooMuchText(blocks)) throw new SlackError('msg_blocks_too_long');
  for (const [at, block] of objects(blocks).entries()) {
    const file = block.slack_file === undefined ? undefined : object(block.slack_file);
    if (file !== undefined && files.ready(text(file.id) || text(file.url)) === undefined)
      refuseBlocks([`invalid slack file [json-pointer:/blocks/${at}/slack_file]`]);
  }
  return objects(blocks);
}

/** Metadata as Slack demands it: a type and a payload; undefined when none was given. */
function checkedMetadata(args: Args): JsonObject | undefined {
  if (!args.has('metadata')) return undefined;
  const metadata = args.object('metadata');
  if (metadata === undefined) throw new SlackError('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return metadata;
  if (text(metadata.event_type) === '') throw new SlackError('invalid_metadata_schema');
  if (metadata.event_payload !== undefined && object(metadata.event_payload) !== metadata.event_payload)
    throw new SlackError('invalid_metadata_schema');
  return metadata;
}

/** The channel that a message goes to; a person's id stands for the direct conversation. */
function target(args: Args, { world }: Stores): FakeChannel {
  const name = args.must('channel', 'channel_not_found');
  const person = world.users.get(name);
  const channel = person === undefined ? world.seenChannel(name) : undefined;
  const directWith = person ?? (channel?.directWith === undefined ? undefined : world.users.get(channel.directWith));
  const refusal = directWith === undefined ? undefined : world.directRefusal(directWith);
  if (refusal !== undefined) throw new SlackError(refusal);
  const place = channel ?? (person === undefined ? world.seenChannel(name) : world.direct(person));
  if (place.archived === true) throw new SlackError('is_archived');
  if (place.member === false) throw new SlackError('not_in_channel');
  return place;
}

function content(args: Args, stores: Stores, longest: number) {
  const blocks = checkedBlocks(args.json('blocks'), stores);
  const attachments = args.json('attachments');
  const said = args.text('text') || args.text('markdown_text');
  if (said.length > longest) throw new SlackError('msg_too_long');
  const metadata = checkedMetadata(args);
  return {
    said,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function mustHaveContent(found: { said: string; blocks?: JsonObject[]; attachments?: Json }): void {
  const nothing = found.said === '' && (found.blocks ?? []).length === 0 && found.attachments === undefined;
  if (nothing) throw new SlackError('no_text');
}

function ownMessage(args: Args, stores: Stores, refusal: string): FakeMessage {
  const channel = stores.world.seenChannel(args.must('channel', 'channel_not_found'));
  const message = stores.messages.find(channel.id, args.must('ts', 'message_not_found'));
  if (message === undefined || message.onlyFor !== undefined) throw new SlackError('message_not_found');
  if (message.bot_id !== stores.world.bot.botId) throw new SlackError(refusal);
  if (channel.archived === true) throw new SlackError('is_archived');
  return message;
}

const postMessage: Method = (args, stores) => {
  const channel = target(args, stores);
  const found = content(args, stores, LIMITS.postText);
  mustHaveContent(found);
  const thread = args.text('thread_ts');
  if (thread !== '' && stores.messages.find(channel.id, thread) === undefined) throw new SlackError('thread_not_found');
  const { said, ...rest } = found;
  const message = stores.messages.add({
    channel: channel.id,
    user: stores.world.bot.userId,
    bot_id: stores.world.bot.botId,
    text: said,
    ...rest,
    ...(thread === '' ? {} : { thread_ts: thread }),
    ...(args.flag('reply_broadcast') ? { reply_broadcast: true } : {}),
    ...(args.has('unfurl_links') ? { unfurl_links: args.flag('unfurl_links') } : {}),
    ...(args.has('unfurl_media') ? { unfurl_media: args.flag('unfurl_media') } : {}),
  });
  return { channel: channel.id, ts: message.ts, message: stores.messages.wire(message, true) };
};

const update: Method = (args, stores) => {
  const message = ownMessage(args, stores, 'cant_update_message');
  const found = content(args, stores, LIMITS.updateText);
  if (!args.has('text') && !args.has('metadata')) mustHaveContent(found);
  const changed = stores.messages.change(message, {
    edits: message.edits + 1,
    ...(args.has('text') ? { text: found.said } : {}),
    ...(found.attachments === undefined ? {} : { attachments: found.attachments }),
    ...(found.metadata === undefined ? {} : { metadata: found.metadata }),
    // Text alone takes the blocks away; with neither text nor blocks they stay.
    ...(found.blocks !== undefined ? { blocks: found.blocks } : args.has('text') ? { blocks: [] } : {}),
  });
  return { channel: message.channel, ts: message.ts, text: changed.text, message: stores.messages.wire(changed, true) };
};

const remove: Method = (args, stores) => {
  const message = ownMessage(args, stores, 'cant_delete_message');
  stores.messages.change(message, { deleted: true });
  return { channel: message.channel, ts: message.ts };
};

const postEphemeral: Method = (args, stores) => {
  const channel = target(args, stores);
  const user = args.must('user', 'user_not_in_channel');
  if (!stores.world.membersOf(channel).includes(user)) throw new SlackError('user_not_in_channel');
  const found = content(args, stores, LIMITS.postText);
  mustHaveContent(found);
  const { said, ...rest } = found;
  const { botId, userId } = stores.world.bot;
  const thread = args.text('thread_ts');
  const message = stores.messages.add({
    channel: channel.id,
    user: userId,
    bot_id: botId,
    text: said,
    onlyFor: user,
    ...rest,
    ...(thread === '' ? {} : { thread_ts: thread }),
  });
  return { message_ts: message.ts };
};

const getPermalink: Method = (args, { world, messages }) => {
  const channel = world.seenChannel(args.must('channel', 'channel_not_found'));
  const message = messages.find(channel.id, args.must('message_ts', 'message_not_found'));
  if (message === undefined) throw new SlackError('message_not_found');
  const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`;
  const link = `https://${world.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink: link };
};

/** Saying, changing and taking back. */
export const chat: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
