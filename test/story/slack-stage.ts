/** The story's stage on Slack: signed requests to Bellman's own address, and what the workspace then holds. */

import { fieldsOf, seen } from '../adapters/slack/reading.ts';
import { type FakeMessage, type FakeSlack, type Sent, startFakeSlack } from '../fakes/slack/fake-slack.ts';
import { CHANNELS, PEOPLE, type Seen, type Stage, type Where, withTimes } from './stage.ts';

export const slackUser = (handle: string): string => `U0${handle.toUpperCase()}`;
export const slackChannel = (name: string): string => `C0${name.toUpperCase().replaceAll('-', '')}`;

/** The bank's workspace. Everybody is in UTC, so that times that they write are those that they read. */
export async function slackWorkspace(): Promise<FakeSlack> {
  const fake = await startFakeSlack();
  for (const { handle, name } of PEOPLE) fake.addUser({ id: slackUser(handle), name: handle, realName: name, tz: 'UTC' });
  for (const name of CHANNELS) fake.addChannel({ id: slackChannel(name), name });
  return fake;
}

/** What Bellman needs to know to work there. */
export const slackEnvironment = (fake: FakeSlack): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: fake.botToken,
  SLACK_SIGNING_SECRET: fake.signingSecret,
  SLACK_API_URL: fake.apiUrl,
  BELLMAN_ADMINS: `slack:${slackUser('admin')}`,
});

/** A message of the workspace, as it was read. */
export interface SlackSeen extends Seen {
  readonly message: FakeMessage;
}

/** Every request must be answered in time and as Slack likes it. */
export function answered(sent: Sent): void {
  if (sent.status === 200 && !sent.late && sent.failed === undefined) return;
  throw new Error(
    `Slack got ${sent.status} after ${Math.round(sent.ms)} ms${sent.failed === undefined ? '' : `: ${sent.failed}`}`,
  );
}

export interface SlackStage extends Stage {
  all(who: string, where: Where): readonly SlackSeen[];
}

/** The stage on this workspace. */
export function slackStage(fake: FakeSlack): SlackStage {
  const handleOf = (user: string) => PEOPLE.find(({ handle }) => slackUser(handle) === user)?.handle ?? user;
  const channelOf = (id: string) => CHANNELS.find((name) => slackChannel(name) === id) ?? id;
  const typed = (words: string) =>
    words
      .replaceAll(/(?<=^|\s)@([a-z]+)\b/gu, (all, handle: string) =>
        PEOPLE.some((one) => one.handle === handle) ? `<@${slackUser(handle)}|${handle}>` : all,
      )
      .replaceAll(/(?<=^|\s)#([a-z-]+)\b/gu, (all, name: string) =>
        CHANNELS.some((one) => one === name) ? `<#${slackChannel(name)}|${name}>` : all,
      );

  const read = (message: FakeMessage): SlackSeen => {
    const { text, buttons, mentions, pictures, id } = seen(message, fake.buttons(message), handleOf);
    const named = text
      .replaceAll(/#(C0[A-Z0-9]+)/gu, (_all, channel: string) => `#${channelOf(channel)}`)
      .replaceAll(/<@(U0[A-Z0-9]+)(?:\|[^>]*)?>/gu, (_all, user: string) => `@${handleOf(user)}`);
    return { text: withTimes(named), buttons, calls: mentions.map(handleOf), pictures, id, message };
  };

  const view = (who: string) => fake.waitFor(() => fake.lastView(slackUser(who)), 5000, `a dialog in front of ${who}`);

  return {
    platform: 'slack',
    say: async (who, where, words) => {
      const [root = '', ...rest] = words.split(' ');
      const channel = slackChannel(where.slice(1));
      answered(await fake.command(slackUser(who), root, typed(rest.join(' ')), { channel }));
    },
    press: async (who, card, label) => {
      // Only this stage makes what it is given.
      const { message } = card as SlackSeen;
      answered(await fake.press(slackUser(who), message, label));
    },
    dialog: async (who) => {
      const open = await view(who);
      const fields = fieldsOf(open, fake.values(open));
      const shown = (value: string | readonly string[]) =>
        (typeof value === 'string' ? [value] : value).map((one) => handleOf(one)).join(',');
      return { title: open.title, fields: Object.fromEntries(fields.map(({ label, value }) => [label, shown(value)])) };
    },
    fill: async (who, filled) => {
      const { errors, trouble } = await fake.submit(await view(who), filled);
      if (trouble !== undefined) throw new Error(trouble);
      return errors;
    },
    all: (who, where) => {
      const user = slackUser(who);
      const messages =
        where === 'direct'
          ? fake.directMessages(user)
          : where === 'answer'
            ? [...fake.directMessages(user), ...fake.ephemerals(user)]
            : fake.visible(slackChannel(where.slice(1)));
      return messages.filter(({ deleted }) => !deleted).map(read);
    },
  };
}
