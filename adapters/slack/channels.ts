/** Channels that Bellman makes itself: a repeat finds by its name what was made before. */
import { type Place, PlatformError, placeOf } from '../../src/chat/port.ts';
import { slackCode } from './errors.ts';
import type { Web } from './web.ts';

const PAGE = 999;

/** Slack's codes for somebody who is in it already, or whom nobody can invite: they are left out, the others come in. */
const LEFT_OUT = new Set([
  'already_in_channel',
  'cant_invite',
  'cant_invite_self',
  'user_not_found',
  'no_user',
  'user_is_restricted',
  'user_is_ultra_restricted',
  'ura_max_channels',
  'user_team_not_in_channel',
]);

/** The same call, where one of Slack's refusals is no error: its code is the answer. */
const expecting =
  <C, T>(codes: (code: string) => boolean, run: (client: C) => Promise<T>) =>
  async (client: C): Promise<T | string> => {
    try {
      return await run(client);
    } catch (error) {
      const code = slackCode(error);
      if (code !== undefined && codes(code)) return code;
      throw error;
    }
  };

/** Makes, or finds, the channel of this name, and invites these users. Throws `PlatformError`. */
export async function createChannel(
  web: Web,
  name: string,
  { private: hidden, people }: { readonly private: boolean; readonly people: readonly string[] },
): Promise<Place> {
  const made = await web.call(
    'conversations.create',
    expecting(
      (code) => code === 'name_taken',
      (client) => client.conversations.create({ name, is_private: hidden }),
    ),
  );
  const id = typeof made === 'string' ? await known(web, name) : made.channel?.id;
  if (id === undefined) throw new PlatformError('unknown', 'Slack made a channel and did not say which');
  for (const user of people) {
    await web.call(
      'conversations.invite',
      expecting(
        (code) => LEFT_OUT.has(code),
        (client) => client.conversations.invite({ channel: id, users: user }),
      ),
    );
  }
  return placeOf({ platform: 'slack', kind: 'channel', id });
}

/** The channel of that name that we are in. Refuses where it is somebody else's. */
async function known(web: Web, name: string): Promise<string> {
  let cursor = '';
  do {
    const page = await web.call('conversations.list', (client) =>
      client.conversations.list({
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: PAGE,
        ...(cursor === '' ? {} : { cursor }),
      }),
    );
    const found = page.channels?.find((one) => one.name === name && one.is_member === true);
    if (found?.id !== undefined) return found.id;
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  throw new PlatformError('refused', `a channel #${name} exists already, archived or not Bellman's: give that one another name`);
}
