/** The app's manifest, as it is pasted at api.slack.com/apps → Create New App → From a manifest. */
import type { Registry } from '../../src/chat/registry.ts';

/** What Bellman may do in a workspace, each with what it is for. */
const SCOPES = {
  'app_mentions:read': 'hear "@Bellman rfc list"',
  'channels:history': 'look whether a message arrived before it is said again',
  'channels:join': 'join a public channel that is named as a destination',
  'channels:manage': 'make the channel of an incident and invite its people',
  'channels:read': 'find channels by name',
  'chat:write': 'say things',
  commands: 'slash commands',
  'files:read': 'see when an uploaded picture can be shown',
  'files:write': 'upload pictures, shared nowhere but in its own messages',
  'groups:history': 'the same in private channels',
  'groups:read': 'the same for private channels that Bellman was invited to',
  'groups:write': 'the same for the private channel of an incident that is kept among its people',
  'im:history': 'hear direct messages, and look whether one arrived',
  'im:read': 'know direct messages',
  'im:write': 'write to people directly',
  'pins:read': 'hear what is pinned in the channel of an incident',
  'reactions:read': 'hear which messages are marked for a timeline',
  'usergroups:read': 'who is in a user group that an audience or a line names',
  'users:read': 'names and time zones, bots and guests',
  'users:read.email': 'e-mail as the last way to reach somebody',
} as const;

/** What Slack tells Bellman of: what is said to it; and in the channels it is in, what is marked, pinned, edited and deleted. */
const BOT_EVENTS = ['app_mention', 'message.im', 'message.channels', 'message.groups', 'reaction_added', 'pin_added'] as const;

export const BOT_SCOPES: readonly string[] = Object.keys(SCOPES);

/** How Slack reaches Bellman: over HTTP at a public address, or over Socket Mode, which needs none. */
export type ManifestWay = { readonly publicUrl: string } | 'socket';

/** Slack's limits of a command's description and hint. */
const DESCRIPTION = 100;
const HINT = 100;
/** The same of a shortcut. */
const SHORTCUT = 150;

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  bellman: 'Set Bellman up; help; any command, also in threads after a mention',
  rfc: 'Raise, review, vote on and carry out changes',
  incident: 'Record and resolve incidents',
  problem: 'Record problems, make them major, resolve them',
  comms: 'Communication plans: lines, drafts, releases',
  report: 'Figures: how punctual updates were',
};

const cut = (words: string, most: number): string => (words.length <= most ? words : `${words.slice(0, most - 1)}…`);

/** `new | show | list | ...`: what can stand after a command, as many as fit. */
function hint(registry: Registry, root: string): string {
  const below = registry.commands
    .map(({ name }) => name.split(' '))
    .filter(([first, second]) => first === root && second !== undefined);
  return cut([...new Set(below.map(([, second]) => second))].join(' | '), HINT);
}

/**
 * The manifest of the Slack app, made from the registry. For Socket Mode the addresses are left out; then make an app-level token
 * with `connections:write` and set SLACK_APP_TOKEN. For HTTP set SLACK_SIGNING_SECRET.
 */
export function slackManifest(registry: Registry, way: ManifestWay = { publicUrl: 'https://bellman.example.org' }): object {
  const url = way === 'socket' ? {} : { url: `${way.publicUrl}/slack/events` };
  const requestUrl = way === 'socket' ? {} : { request_url: `${way.publicUrl}/slack/events` };
  const roots = registry.roots.includes('bellman') ? registry.roots : ['bellman', ...registry.roots];
  return {
    display_information: {
      name: 'Bellman',
      description: 'Says the right thing to the right people at the right time',
      long_description:
        'Bellman keeps incidents, problems and changes. Engineers raise RFCs, the board votes with buttons, and everybody who needs to ' +
        'know gets the right update on time, released by somebody who may release it. Say /bellman help to begin.',
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Bellman', always_online: true },
      shortcuts: registry.shortcuts.map(({ id, label, help }) => ({
        name: label,
        type: 'message',
        callback_id: id,
        description: cut(help, SHORTCUT),
      })),
      slash_commands: roots.map((root) => ({
        command: `/${root}`,
        ...url,
        description: cut(DESCRIPTIONS[root] ?? `Everything about ${root}`, DESCRIPTION),
        usage_hint: hint(registry, root) || 'help',
        // Mentions of people and channels then arrive as ids, and not as names that can change.
        should_escape: true,
      })),
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: BOT_EVENTS },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: way === 'socket',
      token_rotation_enabled: false,
    },
  };
}
