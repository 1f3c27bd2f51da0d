import { checkCommands, checkOneCommand } from '../checks/commands.ts';
import { type Fields, fieldsOf, listOf, textOrEmpty } from '../world/json.ts';
import { channelKind } from '../world/model.ts';
import { channelJson, guildJson, memberJson, membersOf, roleJson, userJson } from '../world/wire.ts';
import { intent, isThread, type RegisteredCommand, type World } from '../world/world.ts';
import { refuse } from './errors.ts';
import type { Answer, Request, Route } from './router.ts';

const MEMBERS_LIMITED = 1 << 15;
const CONTENT_LIMITED = 1 << 19;

type Scope = 'global' | 'guild';

function gateway({ world }: Request): Answer {
  const limit = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 };
  return { body: { url: `${world.origin.replace('http', 'ws')}/gateway`, shards: 1, session_start_limit: limit } };
}

function application({ world }: Request): Answer {
  const { applicationId, botName } = world.options;
  const members = (world.allowedIntents & intent.members) !== 0 ? MEMBERS_LIMITED : 0;
  const content = (world.allowedIntents & intent.content) !== 0 ? CONTENT_LIMITED : 0;
  return {
    body: {
      id: applicationId,
      name: botName,
      icon: null,
      description: '',
      bot_public: false,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: members | content,
      owner: userJson(world.bot),
      bot: userJson(world.bot),
      team: null,
    },
  };
}

function ownApplication(request: Request): void {
  if (request.params.app !== request.world.options.applicationId) throw refuse.missingAccess();
  if (request.params.guild !== undefined) ownGuild(request);
}

function ownGuild(request: Request): void {
  if (request.params.guild !== request.world.options.guildId) throw refuse.missingAccess();
}

function register(world: World, scope: Scope, asked: Fields): RegisteredCommand {
  const type = typeof asked.type === 'number' ? asked.type : 1;
  const name = textOrEmpty(asked.name);
  const known = world.commands[scope].find((each) => each.name === name && each.type === type);
  return {
    default_member_permissions: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    ...asked,
    id: known?.id ?? world.ids.next(),
    application_id: world.options.applicationId,
    version: world.ids.next(),
    ...(scope === 'guild' ? { guild_id: world.options.guildId } : {}),
    type,
    name,
  };
}

function replaceCommands(request: Request, scope: Scope): Answer {
  ownApplication(request);
  const { world, raw } = request;
  checkCommands(listOf(raw));
  world.commands[scope] = listOf(raw).map((each) => register(world, scope, fieldsOf(each)));
  world.waiting.changed();
  return { body: world.commands[scope] };
}

function addCommand(request: Request, scope: Scope): Answer {
  ownApplication(request);
  const { world, body } = request;
  checkOneCommand(body);
  const made = register(world, scope, body);
  const others = world.commands[scope].filter((each) => each.id !== made.id);
  checkCommands([...others, made]);
  const isNew = others.length === world.commands[scope].length;
  world.commands[scope] = [...others, made];
  world.waiting.changed();
  return { status: isNew ? 201 : 200, body: made };
}

function dropCommand(request: Request, scope: Scope): Answer {
  ownApplication(request);
  const { world, params } = request;
  const left = world.commands[scope].filter((each) => each.id !== params.command);
  if (left.length === world.commands[scope].length) throw refuse.unknownCommand();
  world.commands[scope] = left;
  return {};
}

function commandRoutes(base: string, scope: Scope): Route[] {
  return [
    {
      pattern: `GET ${base}`,
      run: (request) => {
        ownApplication(request);
        return { body: request.world.commands[scope] };
      },
    },
    { pattern: `PUT ${base}`, run: (request) => replaceCommands(request, scope) },
    { pattern: `POST ${base}`, run: (request) => addCommand(request, scope) },
    { pattern: `DELETE ${base}/:command`, run: (request) => dropCommand(request, scope) },
  ];
}

function guildChannels(request: Request, threads: boolean): Answer {
  ownGuild(request);
  const { world } = request;
  const all = [...world.channels.values()].filter((each) => each.type !== channelKind.direct && !each.deleted);
  const wanted = all.filter((each) => isThread(each) === threads && !(threads && each.archived));
  const shown = wanted.map((each) => channelJson(world, each));
  return { body: threads ? { threads: shown, members: [] } : shown };
}

function members(request: Request): Answer {
  ownGuild(request);
  const { world, query } = request;
  if ((world.allowedIntents & intent.members) === 0) throw refuse.missingAccess();
  const after = BigInt(query.get('after') ?? 0);
  const later = membersOf(world)
    .filter((user) => BigInt(user.id) > after)
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  return { body: later.slice(0, Number(query.get('limit') ?? 1)).map(memberJson) };
}

function searchMembers(request: Request): Answer {
  ownGuild(request);
  const { world, query } = request;
  const wanted = (query.get('query') ?? '').toLowerCase();
  const found = membersOf(world).filter((user) => user.name.toLowerCase().startsWith(wanted));
  return { body: found.slice(0, Number(query.get('limit') ?? 1)).map(memberJson) };
}

function member(request: Request): Answer {
  ownGuild(request);
  const user = request.world.users.get(request.params.user ?? '');
  if (!user) throw refuse.unknownUser();
  if (!user.isMember) throw refuse.unknownMember();
  return { body: memberJson(user) };
}

function user(request: Request): Answer {
  const found = request.world.users.get(request.params.user ?? '');
  if (!found) throw refuse.unknownUser();
  return { body: userJson(found) };
}

function inOwnGuild(run: (world: World) => unknown): Route['run'] {
  return (request) => {
    ownGuild(request);
    return { body: run(request.world) };
  };
}

/** The routes for the application, its commands, the guild and its people. */
export const applicationRoutes: readonly Route[] = [
  { pattern: 'GET /gateway/bot', run: gateway },
  { pattern: 'GET /oauth2/applications/@me', run: application },
  { pattern: 'GET /applications/@me', run: application },
  ...commandRoutes('/applications/:app/commands', 'global'),
  ...commandRoutes('/applications/:app/guilds/:guild/commands', 'guild'),
  { pattern: 'GET /users/@me', run: ({ world }) => ({ body: userJson(world.bot) }) },
  {
    pattern: 'GET /users/@me/guilds',
    run: ({ world }) => ({ body: [{ id: world.options.guildId, name: world.options.guildName, owner: false, features: [] }] }),
  },
  { pattern: 'GET /users/:user', run: user },
  { pattern: 'GET /guilds/:guild', run: inOwnGuild(guildJson) },
  { pattern: 'GET /guilds/:guild/roles', run: inOwnGuild((world) => [...world.roles.values()].map(roleJson)) },
  { pattern: 'GET /guilds/:guild/channels', run: (request) => guildChannels(request, false) },
  { pattern: 'GET /guilds/:guild/threads/active', run: (request) => guildChannels(request, true) },
  { pattern: 'GET /guilds/:guild/members', run: members },
  { pattern: 'GET /guilds/:guild/members/search', run: searchMembers },
  { pattern: 'GET /guilds/:guild/members/:user', run: member },
];
