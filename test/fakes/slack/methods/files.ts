import type { FakeFile, Files } from '../files.ts';
import { type JsonObject, objects, text } from '../json.ts';
import { SlackError } from '../world.ts';
import type { Method } from './call.ts';
import { checkedBlocks } from './chat.ts';

const mimetype = (name: string): string => (name.endsWith('.png') ? 'image/png' : 'text/plain');

function wire(file: FakeFile, files: Files): JsonObject {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.length,
    alt_txt: file.altText,
    // What Slack has not looked at yet has no type.
    mimetype: file.looks > 0 ? '' : mimetype(file.name),
    channels: [...file.channels],
    is_public: file.channels.length > 0,
    url_private: files.privateUrl(file),
    url_private_download: files.privateUrl(file),
    permalink: `https://fake.slack.com/files/${file.id}`,
  };
}

const getUploadURLExternal =
  (uploadUrl: (id: string) => string): Method =>
  (args, { files }) => {
    const length = args.number('length', 0);
    if (length <= 0) throw new SlackError('invalid_arguments');
    const file = files.announce(args.must('filename'), length, args.text('alt_txt'));
    return { upload_url: uploadUrl(file.id), file_id: file.id };
  };

const completeUploadExternal: Method = (args, stores) => {
  const { files, messages, world } = stores;
  const wanted = objects(args.json('files'));
  if (wanted.length === 0) throw new SlackError('invalid_arguments');
  const channelId = args.text('channel_id') || args.ids('channels')[0] || '';
  const channel = channelId === '' ? undefined : world.channel(channelId);
  if (channelId !== '' && (channel === undefined || channel.member === false)) throw new SlackError('invalid_channel');
  const done = wanted.map((entry) => {
    const file = files.get(text(entry.id));
    if (file?.content === undefined) throw new SlackError('file_not_found');
    const title = text(entry.title) || file.name;
    return { ...file, title, complete: true, looks: files.looks, channels: channel === undefined ? [] : [channel.id] };
  });
  for (const file of done) files.put(file);
  if (channel !== undefined) {
    const thread = args.text('thread_ts');
    messages.add({
      channel: channel.id,
      user: world.bot.userId,
      bot_id: world.bot.botId,
      text: args.text('initial_comment'),
      blocks: checkedBlocks(args.json('blocks'), stores) ?? [],
      files: done.map((file) => file.id),
      ...(thread === '' ? {} : { thread_ts: thread }),
    });
  }
  return { files: done.map((file) => wire(file, files)) };
};

const info: Method = (args, { files }) => {
  const file = files.get(args.must('file', 'file_not_found'));
  if (file?.complete !== true) throw new SlackError('file_not_found');
  if (file.looks > 0) files.put({ ...file, looks: file.looks - 1 });
  return { file: wire(file, files) };
};

const remove: Method = (args, { files }) => {
  const id = args.must('file', 'file_not_found');
  if (files.get(id) === undefined) throw new SlackError('file_not_found');
  files.remove(id);
  return {};
};

/** Uploading, in Slack's three steps: announce, send, complete. */
export function fileMethods(uploadUrl: (id: string) => string): Record<string, Method> {
  return {
    'files.getUploadURLExternal': getUploadURLExternal(uploadUrl),
    'files.completeUploadExternal': completeUploadExternal,
    'files.info': info,
    'files.delete': remove,
  };
}
