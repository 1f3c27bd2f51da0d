import { object } from '../json.ts';
import { type FakeUserGroup, SlackError } from '../world.ts';
import { type Method, page } from './call.ts';

const info: Method = (args, { world }) => {
  const user = world.users.get(args.must('user', 'user_not_found'));
  if (user === undefined) throw new SlackError('user_not_found');
  return { user: world.wireUser(user) };
};

const list: Method = (args, { world }) => {
  const cut = page(
    [...world.users.values()].map((user) => world.wireUser(user)),
    args,
    1000,
  );
  return { members: cut.items, cache_ts: 1, response_metadata: { next_cursor: cut.next } };
};

const lookupByEmail: Method = (args, { world }) => {
  const email = args.must('email', 'users_not_found').toLowerCase();
  const user = [...world.users.values()].find((candidate) => candidate.email?.toLowerCase() === email);
  if (user === undefined || user.deleted === true) throw new SlackError('users_not_found');
  return { user: world.wireUser(user) };
};

const profile: Method = (args, { world }) => {
  const user = world.users.get(args.text('user') || world.bot.userId);
  if (user === undefined) throw new SlackError('user_not_found');
  return { profile: object(world.wireUser(user).profile) };
};

const groups: Method = (args, { world }) => ({
  usergroups: [...world.userGroups.values()].map((group: FakeUserGroup) => ({
    id: group.id,
    team_id: world.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: '',
    date_delete: 0,
    user_count: group.users.length,
    ...(args.flag('include_users') ? { users: [...group.users] } : {}),
  })),
});

const groupUsers: Method = (args, { world }) => {
  const group = world.userGroups.get(args.must('usergroup', 'no_such_subteam'));
  if (group === undefined) throw new SlackError('no_such_subteam');
  return { users: [...group.users] };
};

/** People and groups of people. */
export const people: Record<string, Method> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
  'users.profile.get': profile,
  'usergroups.list': groups,
  'usergroups.users.list': groupUsers,
};
