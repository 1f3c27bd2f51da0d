import { createServer } from 'node:http';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeSlack, type JsonObject, startFakeSlack } from './fake-slack.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };

let slack: FakeSlack;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  slack = await startFakeSlack();
  slack.addUser({ id: 'U1', name: 'anna', realName: 'Anna Visser', tz: 'Europe/Amsterdam', email: 'anna@example.org' });
  slack.addUser({ id: 'U2', name: 'bram' });
  slack.addChannel({ id: 'C1', name: 'cab' });
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await slack.close();
});

function options() {
  return { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 400, logger: quiet };
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;
const button = (label: string, actionId: string, value = 'RFC-7') =>
  ({ type: 'button', text: { type: 'plain_text', text: label }, action_id: actionId, value }) as const;

const form = {
  type: 'modal',
  callback_id: 'rfc',
  title: { type: 'plain_text', text: 'New RFC' },
  submit: { type: 'plain_text', text: 'Send' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: { type: 'plain_text', text: 'Title' },
      element: { type: 'plain_text_input', action_id: 'v', initial_value: 'as before' },
    },
    {
      type: 'input',
      block_id: 'risk',
      label: { type: 'plain_text', text: 'Risk' },
      element: {
        type: 'static_select',
        action_id: 'v',
        options: ['Low', 'High'].map((label) => ({ text: { type: 'plain_text', text: label }, value: label.toLowerCase() })),
      },
    },
    {
      type: 'input',
      block_id: 'who',
      optional: true,
      label: { type: 'plain_text', text: 'Implementers' },
      element: { type: 'multi_users_select', action_id: 'v' },
    },
  ],
} as const;

/** A small app that does one of everything. */
function wire(app: App, seen: string[]): void {
  app.command('/rfc', async ({ ack, body, client: web, command }) => {
    await ack(command.text === 'new' ? undefined : { text: `Unknown: ${command.text}` });
    if (command.text === 'new') await web.views.open({ trigger_id: body.trigger_id, view: form as never });
  });
  app.view('rfc', async ({ ack, view, client: web, body }) => {
    const title = view.state.values.title?.v?.value ?? '';
    const risk = view.state.values.risk?.v?.selected_option?.value ?? '';
    if (title.length < 5) return ack({ response_action: 'errors', errors: { title: 'Say a little more' } });
    await ack();
    const blocks = [section(`*${title}* (${risk})`), { type: 'actions', elements: [button('Approve', 'approve')] } as const];
    await web.chat.postMessage({
      channel: 'C1',
      text: title,
      blocks,
      metadata: { event_type: 'rfc', event_payload: { by: body.user.id } },
    });
  });
  app.view({ type: 'view_closed', callback_id: 'rfc' }, async ({ ack }) => {
    await ack();
    seen.push('closed');
  });
  app.action('approve', async ({ ack, body, respond, client: web }) => {
    await ack();
    seen.push(`approved by ${body.user.id}`);
    if (body.type === 'block_actions' && body.message)
      await web.chat.update({
        channel: body.channel?.id ?? '',
        ts: body.message.ts,
        text: 'Approved',
        blocks: [section('Approved')],
      });
    await respond({ text: 'Counted', response_type: 'ephemeral', replace_original: false });
  });
  app.event('app_mention', async ({ event, say }) => {
    seen.push(event.text);
    await say({ text: 'Heard', thread_ts: event.ts });
  });
}

async function httpApp(): Promise<string[]> {
  const seen: string[] = [];
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: quiet });
  const app = new App({ token: slack.botToken, receiver, logger: quiet, clientOptions: { slackApiUrl: slack.apiUrl } });
  wire(app, seen);
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  ends.push(() => receiver.stop());
  const address = server.address();
  slack.sendTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/slack/events`);
  return seen;
}

async function socketApp(): Promise<string[]> {
  const seen: string[] = [];
  // The types do not tell, but this is the way to give a socket another Web API.
  const installerOptions = { directInstall: false, clientOptions: options() };
  const receiver = new SocketModeReceiver({ appToken: slack.appToken, logger: quiet, clientPingTimeout: 200, installerOptions });
  const app = new App({ token: slack.botToken, receiver, logger: quiet, clientOptions: { slackApiUrl: slack.apiUrl } });
  wire(app, seen);
  await receiver.start();
  ends.push(() => receiver.stop());
  slack.useSocket(true);
  return seen;
}

describe.each([
  ['over HTTP', httpApp],
  ['by socket', socketApp],
])('a Bolt app %s', (_how, start) => {
  test('goes from command through dialog, complaint and success to a button', async () => {
    const seen = await start();
    expect((await slack.command('anna', '/rfc', 'new', { channel: 'cab' })).status).toBe(200);
    const view = await slack.waitForView('anna', 'New RFC');

    const refused = await slack.submit(view, { Title: 'No', Risk: 'High' });
    expect(refused).toMatchObject({ action: 'errors', errors: { Title: 'Say a little more' } });
    expect(slack.values(view)).toMatchObject({ title: { v: { value: 'No' } } });

    const accepted = await slack.submit(view, { Title: 'Move the database', Implementers: ['bram'] });
    expect(accepted).toMatchObject({ status: 200, action: 'close', late: false });
    expect(slack.openViews('anna')).toEqual([]);
    expect(slack.calls.map((call) => call.outcome)).not.toContain('pending');

    const card = await slack.waitForMessage('cab', /Move the database.*\(high\)/s);
    expect(card).toMatchObject({ bot_id: slack.bot.botId, metadata: { event_payload: { by: 'U1' } } });
    await slack.press('bram', card, 'Approve');
    expect(await slack.waitForMessage('cab', 'Approved')).toMatchObject({ ts: card.ts, edits: 1 });
    await slack.waitForEphemeral('bram', 'Counted');
    expect(seen).toEqual(['approved by U2']);
    expect(slack.responses).toHaveLength(1);
  });

  test('shows at once what a command answers, and hears mentions and closed dialogs', async () => {
    const seen = await start();
    await slack.command('anna', '/rfc', 'nonsense', { channel: 'cab' });
    expect(slack.ephemerals('anna').map((message) => message.text)).toEqual(['Unknown: nonsense']);

    const said = await slack.mention('anna', 'cab', 'rfc list');
    expect(await slack.waitForMessage('cab', 'Heard')).toMatchObject({ thread_ts: said.message.ts });

    await slack.command('anna', '/rfc', 'new');
    await slack.closeView(await slack.waitForView('anna'));
    await slack.waitFor(() => seen.includes('closed'));
    expect(seen).toEqual([`<@${slack.bot.userId}> rfc list`, 'closed']);
  });
});

describe('requests to the app', () => {
  test('are refused by Bolt when they are old, wrongly signed or changed, and taken again when they are the same', async () => {
    await httpApp();
    const { raw } = await slack.command('anna', '/rfc', 'nonsense');
    const old = Math.floor(Date.now() / 1000) - 600;
    expect((await slack.replay(raw)).status).toBe(200);
    expect((await slack.replay(raw, { timestamp: old })).status).toBe(401);
    expect((await slack.replay(raw, { signature: 'v0=00' })).status).toBe(401);
    expect((await slack.replay(raw, { body: `${raw.body}&x=1` })).status).toBe(401);
    expect((await slack.verifyUrl('abc')).json).toEqual({ challenge: 'abc' });
  });

  test('say why no answer came', async () => {
    slack.sendTo('http://127.0.0.1:9/slack/events');
    expect(await slack.command('anna', '/rfc', 'new')).toMatchObject({ status: 0, failed: 'ECONNREFUSED' });
    slack.useSocket(true);
    expect(await slack.command('anna', '/rfc', 'new')).toMatchObject({ status: 0, failed: 'no app is connected by socket' });
  });

  test('an app comes back by itself after Slack moved its socket', async () => {
    await socketApp();
    slack.sockets.disconnect();
    await slack.waitFor(() => slack.sockets.connections === 0);
    await slack.waitForSocket();
    expect((await slack.command('anna', '/rfc', 'nonsense')).status).toBe(200);
  });
});

describe('what people do', () => {
  /** An app that answers every interaction with the next of the given bodies. */
  async function answering(...bodies: (JsonObject | string)[]): Promise<void> {
    const server = createServer((request, response) => {
      request.resume();
      const body = bodies.shift() ?? '';
      const json = typeof body === 'object';
      response.writeHead(200, { 'content-type': json ? 'application/json' : 'text/plain' });
      response.end(json ? JSON.stringify(body) : body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    slack.sendTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/slack/events`);
  }

  const web = () => new WebClient(slack.botToken, options());
  const dialog = (title: string) => ({ ...form, title: { type: 'plain_text', text: title } }) as unknown as JsonObject;

  async function opened() {
    const { raw } = await slack.command('anna', '/rfc', '', { channel: 'cab' });
    await web().views.open({ trigger_id: String(raw.payload.trigger_id), view: dialog('First') as never });
    return slack.waitForView('anna', 'First');
  }

  test('dialogs are laid upon each other, changed and cleared away, and an answer that Slack cannot use is told', async () => {
    await answering(
      '',
      { response_action: 'push', view: dialog('Second') },
      { response_action: 'update', view: dialog('Third') },
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { response_action: 'clear' },
    );
    const first = await opened();
    const second = await slack.submit(first, { Risk: 'Low' });
    expect(second).toMatchObject({ action: 'push', view: { title: 'Second', previous: first.id, root: first.id } });
    const third = await slack.submit(slack.lastView('anna') ?? first, { Title: 'kept', Risk: 'high' });
    expect(third).toMatchObject({ action: 'update', view: { id: second.view?.id, title: 'Third' } });
    expect(slack.values(third.view ?? first)).toMatchObject({ title: { v: { value: 'kept' } } });
    expect(await slack.submit(third.view ?? first)).toMatchObject({
      action: 'none',
      trouble: expect.stringContaining('nowhere'),
    });
    expect(await slack.submit(third.view ?? first)).toMatchObject({ action: 'clear' });
    expect(slack.openViews('anna')).toEqual([]);
  });

  test('Slack itself keeps an unfinished dialog back, and a name that does not exist is a mistake of the test', async () => {
    await answering();
    const view = await opened();
    await expect(slack.submit(view, {})).rejects.toThrow('"Risk" is required');
    await expect(slack.submit(view, { Risk: 'Extreme' })).rejects.toThrow('No option "Extreme". There is: "Low", "High"');
    await expect(slack.submit(view, { Colour: 'red' })).rejects.toThrow('Nothing here is called "Colour"');
    expect(await slack.submit(view, {}, { force: true })).toMatchObject({ action: 'close' });
    await expect(slack.submit(view, {})).rejects.toThrow('not open any more');
  });

  test('a private message is replaced and taken away by way of its response_url', async () => {
    await answering();
    const blocks = [{ type: 'actions', elements: [button('Leave', 'leave')] }];
    await web().chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'Sure?', blocks });
    const { raw } = await slack.press('anna', await slack.waitForEphemeral('anna', 'Sure?'), 'Leave');
    expect(raw.payload).toMatchObject({ container: { is_ephemeral: true }, actions: [{ action_id: 'leave', value: 'RFC-7' }] });
    expect(raw.payload).not.toHaveProperty('message');
    const post = (body: JsonObject) =>
      fetch(String(raw.payload.response_url), {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    await post({ replace_original: true, text: 'Left' });
    expect(slack.ephemerals('anna')).toMatchObject([{ text: 'Left', blocks: [], edits: 1 }]);
    await post({ delete_original: true });
    expect(slack.ephemerals('anna')).toMatchObject([{ deleted: true }]);
    const rest = await Promise.all([1, 2, 3, 4].map(async () => (await post({ text: 'more' })).status));
    expect(rest.toSorted()).toEqual([200, 200, 200, 404]);
  });
});

test('closing ends calls that hang and waits that wait', async () => {
  slack.fault({ method: 'auth.test', kind: 'hang-before' });
  const call = new WebClient(slack.botToken, { ...options(), timeout: 0 }).auth.test();
  const outcomes = Promise.allSettled([call, slack.waitForMessage('cab', 'never')]);
  await slack.waitForCall('auth.test');
  await slack.close();
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
});
