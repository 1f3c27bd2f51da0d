/** The Slack adapter against the fake Slack: over HTTP through one small server, or by socket. */
import { createServer, type Server } from 'node:http';
import { type Slack, slack } from '../../../adapters/slack/index.ts';
import { placeOf } from '../../../src/chat/port.ts';
import type { ContractParts, ContractSetup, Filled, Player, Seen, Stage, Where } from '../../contract/stage.ts';
import { type FakeMessage, type FakeSlack, type Sent, startFakeSlack, type Value } from '../../fakes/slack/fake-slack.ts';
import { fieldsOf, seen } from './reading.ts';

export type Way = 'http' | 'socket';

export interface SlackSetup extends ContractSetup {
  readonly slack: FakeSlack;
  readonly platform: Slack;
  readonly logged: { readonly level: string; readonly fields: object; readonly message: string }[];
  /** The last request to the adapter, with its answer. */
  last(): Sent;
}

const player = (user: string, handle: string): Player => ({ user, handle, typed: `<@${user}|${handle}>` });
export const ANNA = player('U1', 'anna');
export const BRAM = player('U2', 'bram');
const CLOSED = player('U3', 'cees');

/** Serves the adapter as the web room does, and tells the fake where. */
function serve(adapter: Slack, fake: FakeSlack): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(Buffer.from(part));
      const headers = new Headers(
        Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const body = request.method === 'POST' ? { body: Buffer.concat(parts).toString() } : {};
      const answer = await adapter.handle(
        new Request('http://localhost/slack/events', { method: request.method ?? 'GET', headers, ...body }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    })();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      fake.sendTo(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/slack/events`);
      resolve(server);
    });
  });
}

/** A workspace with three people and two channels, and the adapter that serves it. */
export async function slackSetup(way: Way, { names }: Pick<ContractParts, 'names'>): Promise<SlackSetup> {
  const fake = await startFakeSlack();
  fake.addUser({ id: ANNA.user, name: ANNA.handle, realName: 'Anna Visser', tz: 'Europe/Amsterdam', email: 'anna@example.org' });
  fake.addUser({ id: BRAM.user, name: BRAM.handle });
  fake.addUser({ id: CLOSED.user, name: CLOSED.handle, dmClosed: true });
  fake.addUserGroup({ id: 'S1', handle: 'ops', name: 'Operations', users: [ANNA.user, BRAM.user] });
  fake.addChannel({ id: 'C1', name: 'cab' });
  fake.addChannel({ id: 'C2', name: 'silent', historyReadable: false });
  const logged: { level: string; fields: object; message: string }[] = [];
  const write = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const platform = slack({
    botToken: fake.botToken,
    signingSecret: fake.signingSecret,
    ...(way === 'socket' ? { appToken: fake.appToken } : {}),
    apiUrl: fake.apiUrl,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    names,
    timeout: 2000,
  });
  fake.useSocket(way === 'socket');
  const server = way === 'http' ? await serve(platform, fake) : undefined;
  const last = () => {
    const sent = fake.sent.at(-1);
    if (sent === undefined) throw new Error('Nothing was sent yet');
    return sent;
  };
  return {
    slack: fake,
    platform,
    logged,
    last,
    anna: ANNA,
    bram: BRAM,
    closed: CLOSED,
    channel: { place: placeOf({ platform: 'slack', kind: 'channel', id: 'C1' }), name: 'cab' },
    group: { place: placeOf({ platform: 'slack', kind: 'group', id: 'S1' }), name: 'ops', typed: '<!subteam^S1|@ops>' },
    unreadable: placeOf({ platform: 'slack', kind: 'channel', id: 'C2' }),
    stage: stageOf(fake, last),
    membersOf: async (place) => {
      const { private: hidden, members = [] } = fake.channel(place.replace('slack/channel/', ''));
      return hidden ? [ANNA, BRAM, CLOSED].map(({ user }) => user).filter((user) => members.includes(user)) : [];
    },
    trouble: {
      loseAnswer: () => void fake.fault({ method: 'chat.postMessage', kind: '500-after-accepting' }),
      breakBefore: () => void fake.fault({ method: 'chat.postMessage', kind: 'reset-before' }),
      limit: (after) => void fake.fault({ method: 'chat.postMessage', kind: '429', retryAfter: after / 1000 }),
    },
    stop: async () => {
      await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
      await fake.close();
    },
  };
}

/** The last request of a kind must have been answered in time and as Slack likes it. */
function answered(sent: Sent): void {
  if (sent.status !== 200 || sent.late || sent.failed !== undefined)
    throw new Error(
      `Slack got ${sent.status} after ${Math.round(sent.ms)} ms${sent.failed === undefined ? '' : `: ${sent.failed}`}`,
    );
}

function stageOf(fake: FakeSlack, last: () => Sent): Stage {
  const handle = (user: string) => [ANNA, BRAM, CLOSED].find((one) => one.user === user)?.handle ?? user;
  const read = (message: FakeMessage) => seen(message, fake.buttons(message), handle);
  const messages = (who: Player, where: Where): readonly FakeMessage[] => {
    if (where === 'channel') return fake.visible('C1');
    return (where === 'direct' ? fake.directMessages(who.user) : fake.ephemerals(who.user)).filter(({ deleted }) => !deleted);
  };
  const view = async (who: Player) => fake.waitFor(() => fake.lastView(who.user), 5000, `a dialog in front of ${who.handle}`);
  return {
    say: async (who, words, where = 'channel') => {
      const [root = '', ...rest] = words.split(' ');
      answered(await fake.command(who.user, `/${root}`, rest.join(' '), where === 'channel' ? { channel: 'C1' } : {}));
    },
    mention: async (who, words) => answered(await fake.mention(who.user, 'C1', words)),
    pick: async (who, author, text, { id }) => {
      const { message } = await fake.say(
        author.user,
        'C1',
        text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      );
      answered(await fake.shortcut(who.user, id, message));
    },
    mark: async (who, author, text, edited) => {
      const said = fake.write(author.user, 'C1', text);
      answered(await fake.react(who.user, said, 'pushpin'));
      answered(await fake.pin(who.user, said));
      const { message, ...sent } = await fake.rewrite(said, edited);
      answered(sent);
      return { id: said.ts, erase: async () => answered(await fake.erase(message)) };
    },
    repeat: async () => answered(await fake.replay(last().raw)),
    press: async (who, card, label) => {
      // Slack shows a label more than once, so the button is found by its place among them.
      const { message } = card as Seen & { message: FakeMessage };
      answered(await fake.press(who.user, message, label));
    },
    all: (who, where) => messages(who, where).map(read),
    sees: (who, where, reading) =>
      fake.waitFor(
        () =>
          messages(who, where)
            .map(read)
            .toReversed()
            .find(({ text }) => (typeof reading === 'string' ? text.includes(reading) : reading.test(text))),
        5000,
        `${reading} (${where}) among:\n${messages(who, where)
          .map((message) => read(message).text)
          .join('\n---\n')}`,
      ),
    form: async (who) => {
      const open = await view(who);
      return { title: open.title, fields: fieldsOf(open, fake.values(open)) };
    },
    hasForm: (who) => fake.lastView(who.user) !== undefined,
    submit: async (who, filled) => {
      const { errors, trouble } = await fake.submit(await view(who), valuesOf(filled));
      if (trouble !== undefined) throw new Error(trouble);
      return { mend: errors };
    },
  };
}

const valuesOf = (filled: Filled): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(filled).map(([label, value]) => [
      label,
      typeof value === 'string' ? value : 'user' in value ? value.user : value.map(({ user }) => user),
    ]),
  );
