import { Form } from '../checks/form.ts';
import { type Fields, fieldsOf, listOf, textOrEmpty } from '../world/json.ts';
import { channelKind, type FakeChannel, type FakeOverwrite } from '../world/model.ts';
import { channelJson } from '../world/wire.ts';
import { intent, isThread, type World } from '../world/world.ts';
import { refuse } from './errors.ts';
import { channelIn, messageIn } from './messages.ts';
import type { Answer, Request, Route } from './router.ts';

/** Tells the gateway about a channel or thread: made, changed or gone. */
export function announceChannel(world: World, channel: FakeChannel, what: 'CREATE' | 'UPDATE' | 'DELETE'): void {
  const name = `${isThread(channel) ? 'THREAD' : 'CHANNEL'}_${what}`;
  if (channel.type !== channelKind.direct) world.emit({ name, data: channelJson(world, channel), intent: intent.guilds });
  world.waiting.changed();
}

function read(request: Request): Answer {
  return { body: channelJson(request.world, channelIn(request)) };
}

function change(request: Request): Answer {
  const { world, body } = request;
  const channel = channelIn(request);
  const form = new Form();
  if (body.name !== undefined) form.text(body.name, ['name'], 1, 100);
  form.text(body.topic, ['topic'], 0, 1024);
  form.done();
  if (typeof body.name === 'string') channel.name = named(channel.type, body.name);
  if (body.topic !== undefined) channel.topic = textOrEmpty(body.topic) || null;
  if (typeof body.archived === 'boolean') channel.archived = body.archived;
  if (typeof body.locked === 'boolean') channel.locked = body.locked;
  announceChannel(world, channel, 'UPDATE');
  return { body: channelJson(world, channel) };
}

function remove(request: Request): Answer {
  const channel = channelIn(request);
  channel.deleted = true;
  announceChannel(request.world, channel, 'DELETE');
  return { body: channelJson(request.world, channel) };
}

function create(request: Request): Answer {
  const { world, body } = request;
  const form = new Form();
  form.text(body.name, ['name'], 1, 100);
  form.text(body.topic, ['topic'], 0, 1024);
  form.done();
  const type = typeof body.type === 'number' ? body.type : channelKind.text;
  const channel = world.addChannel({
    id: world.ids.next(),
    name: named(type, textOrEmpty(body.name)),
    type,
    topic: textOrEmpty(body.topic) || null,
    parentId: textOrEmpty(body.parent_id) || null,
    overwrites: listOf(body.permission_overwrites).map((each) => overwriteIn(fieldsOf(each))),
  });
  announceChannel(world, channel, 'CREATE');
  return { status: 201, body: channelJson(world, channel) };
}

const overwriteIn = ({ id, type, allow, deny }: Fields): FakeOverwrite => ({
  id: textOrEmpty(id),
  type: type === 1 ? 1 : 0,
  allow: textOrEmpty(allow) || '0',
  deny: textOrEmpty(deny) || '0',
});

function permit(request: Request): Answer {
  const channel = channelIn(request);
  const made = overwriteIn({ ...request.body, id: request.params.target ?? '' });
  channel.overwrites = [...channel.overwrites.filter(({ id }) => id !== made.id), made];
  announceChannel(request.world, channel, 'UPDATE');
  return { status: 204 };
}

/** Discord writes the names of text channels small and with hyphens. */
function named(type: number, name: string): string {
  return type === channelKind.text ? name.toLowerCase().replaceAll(/\s+/g, '-') : name;
}

function startThread(request: Request, id: string, type: number): Answer {
  const { world, body } = request;
  const parent = channelIn(request);
  if (parent.type !== channelKind.text) throw refuse.wrongChannelKind();
  if (!parent.botCanSend) throw refuse.missingPermissions();
  const form = new Form();
  form.text(body.name, ['name'], 1, 100);
  form.done();
  if (world.channels.has(id)) throw refuse.hasThread();
  const thread = world.addChannel({
    id,
    name: textOrEmpty(body.name),
    type,
    parentId: parent.id,
    ownerId: world.bot.id,
    botCanRead: parent.botCanRead,
    botCanReadHistory: parent.botCanReadHistory,
    threadMembers: new Set([world.bot.id]),
  });
  announceChannel(world, thread, 'CREATE');
  return { status: 201, body: channelJson(world, thread) };
}

function threadAlone(request: Request): Answer {
  const type = request.body.type ?? channelKind.privateThread;
  return startThread(request, request.world.ids.next(), type === channelKind.publicThread ? type : channelKind.privateThread);
}

function threadOnMessage(request: Request): Answer {
  const message = messageIn(request, channelIn(request));
  return startThread(request, message.id, channelKind.publicThread);
}

/** The threads of a channel that were archived, newest first. */
function archivedThreads(request: Request): Answer {
  const parent = channelIn(request);
  const threads = [...request.world.channels.values()].filter(
    (one) => one.parentId === parent.id && one.type === channelKind.publicThread && one.archived && !one.deleted,
  );
  return { body: { threads: threads.map((one) => channelJson(request.world, one)), members: [], has_more: false } };
}

function threadMember(request: Request, joins: boolean): Answer {
  const thread = channelIn(request);
  if (!isThread(thread)) throw refuse.wrongChannelKind();
  const asked = request.params.user ?? '';
  const id = asked === '@me' ? request.world.bot.id : asked;
  if (!request.world.users.has(id)) throw refuse.unknownUser();
  if (joins) thread.threadMembers.add(id);
  else thread.threadMembers.delete(id);
  request.world.waiting.changed();
  return {};
}

function openDirect(request: Request): Answer {
  const { world, body } = request;
  const user = world.users.get(String(body.recipient_id));
  if (!user) throw refuse.unknownUser();
  if (user === world.bot) throw refuse.directMessagesClosed();
  return { body: channelJson(world, world.directChannel(user)) };
}

/** The routes for channels, threads and direct conversations. */
export const channelRoutes: readonly Route[] = [
  { pattern: 'GET /channels/:channel', run: read },
  { pattern: 'PATCH /channels/:channel', run: change },
  { pattern: 'DELETE /channels/:channel', run: remove },
  { pattern: 'PUT /channels/:channel/permissions/:target', run: permit },
  { pattern: 'POST /guilds/:guild/channels', run: create },
  { pattern: 'POST /channels/:channel/threads', run: threadAlone },
  { pattern: 'POST /channels/:channel/messages/:message/threads', run: threadOnMessage },
  { pattern: 'GET /channels/:channel/threads/archived/public', run: archivedThreads },
  { pattern: 'PUT /channels/:channel/thread-members/:user', run: (request) => threadMember(request, true) },
  { pattern: 'DELETE /channels/:channel/thread-members/:user', run: (request) => threadMember(request, false) },
  { pattern: 'POST /users/@me/channels', run: openDirect },
];
