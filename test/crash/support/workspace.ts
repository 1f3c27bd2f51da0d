/** A workspace for many people: who is in it, and how often each delivery stands in its log. */
import { type FakeMessage, type FakeSlack, startFakeSlack } from '../../fakes/slack/fake-slack.ts';

export const userOf = (handle: string): string => `U0${handle.toUpperCase()}`;
export const channelOf = (name: string): string => `C0${name.toUpperCase().replaceAll('-', '')}`;
export const placeOf = (name: string): string => `slack/channel/${channelOf(name)}`;

export interface Workspace {
  readonly fake: FakeSlack;
  /** What Bellman needs to know to work there. */
  readonly environment: Readonly<Record<string, string>>;
  /** How often each delivery was said, by its id; messages that were deleted count. */
  readonly copies: () => ReadonlyMap<string, number>;
  /** All messages that Bellman said anywhere. */
  readonly said: () => readonly FakeMessage[];
  /** What one person read privately after they pressed or said something, newest last. */
  readonly answers: (handle: string) => readonly string[];
}

export async function openWorkspace(handles: readonly string[], channels: readonly string[]): Promise<Workspace> {
  const fake = await startFakeSlack();
  for (const handle of handles) fake.addUser({ id: userOf(handle), name: handle, realName: handle, tz: 'UTC' });
  for (const name of channels) fake.addChannel({ id: channelOf(name), name });
  const said = () => [
    ...channels.flatMap((name) => fake.messages(channelOf(name))),
    ...handles.flatMap((handle) => fake.directMessages(userOf(handle))),
  ];
  return {
    fake,
    environment: {
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_SIGNING_SECRET: fake.signingSecret,
      SLACK_API_URL: fake.apiUrl,
    },
    said,
    copies: () => {
      const counted = new Map<string, number>();
      for (const { metadata } of said()) {
        const payload = metadata?.event_payload;
        const id =
          typeof payload === 'object' && payload !== null && 'delivery' in payload ? String(payload.delivery) : undefined;
        if (id !== undefined) counted.set(id, (counted.get(id) ?? 0) + 1);
      }
      return counted;
    },
    answers: (handle) => fake.ephemerals(userOf(handle)).map((message) => fake.read(message)),
  };
}
