import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeSlack, type FaultKind, startFakeSlack } from './fake-slack.ts';
import { isObject } from './json.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error' as never, setName() {} };

let slack: FakeSlack;
let client: WebClient;
let time = Date.now();

beforeEach(async () => {
  slack = await startFakeSlack({ clock: () => time });
  slack.addUser({ id: 'U1', name: 'anna', realName: 'Anna Visser', tz: 'Europe/Amsterdam', email: 'anna@example.org' });
  slack.addUser({ id: 'U2', name: 'bram' });
  slack.addChannel({ id: 'C1', name: 'cab' });
  client = clientWith(slack.botToken);
});

afterEach(() => slack.close());

function clientWith(token: string): WebClient {
  const limits = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 300 };
  return new WebClient(token, { slackApiUrl: slack.apiUrl, ...limits, logger: quiet });
}

/** How a call ends: Slack's error, else what the client calls it, else `ok`. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    const data = 'data' in error ? error.data : undefined;
    return isObject(data) ? String(data.error).slice(0, 30) : error.constructor.name;
  }
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const;
const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const button = (label: string, rest = {}) => ({ type: 'button', text: plain(label), action_id: `a-${label}`, ...rest }) as const;
const actions = (count: number) =>
  ({ type: 'actions', elements: Array.from({ length: count }, (_, at) => button(`${at}`)) }) as const;
const post = (text: string, rest = {}) => client.chat.postMessage({ channel: 'C1', text, ...rest });
const modal = (rest = {}) => ({ type: 'modal', title: plain('Title'), blocks: [section('x')], ...rest }) as never;

describe('saying something', () => {
  test('keeps metadata, which history gives only when asked', async () => {
    const metadata = { event_type: 'delivery', event_payload: { delivery: 'd1' } };
    const { ts } = await post('hello', { metadata, unfurl_links: false });
    expect(slack.messages('cab')).toMatchObject([{ ts, text: 'hello', bot_id: slack.bot.botId, unfurl_links: false, edits: 0 }]);
    const asked = await client.conversations.history({ channel: 'C1', include_all_metadata: true });
    expect(asked.messages).toMatchObject([{ ts, metadata, bot_id: slack.bot.botId }]);
    const unasked = await client.conversations.history({ channel: 'C1' });
    expect(unasked.messages?.[0]).not.toHaveProperty('metadata');
  });

  test('is changed and taken back, but only where it is ours', async () => {
    const ts = String((await post('one', { blocks: [section('one')] })).ts);
    const old = await slack.waitForMessage('cab', 'one');
    await client.chat.update({ channel: 'C1', ts, text: 'two' });
    expect(slack.messages('cab')).toMatchObject([{ text: 'two', blocks: [], edits: 1 }]);
    expect(old).toMatchObject({ text: 'one', edits: 0 });
    await client.chat.delete({ channel: 'C1', ts });
    expect(slack.visible('cab')).toEqual([]);
    expect(await outcome(client.chat.update({ channel: 'C1', ts, text: 'x' }))).toBe('message_not_found');
    const other = slack.write('anna', 'cab', 'mine').ts;
    expect(await outcome(client.chat.update({ channel: 'C1', ts: other, text: 'x' }))).toBe('cant_update_message');
  });

  test.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['3001 characters in a section', [section('x'.repeat(3001))]],
    ['an empty text', [section('')]],
    ['26 buttons', [actions(26)]],
    ['a header of 151', [{ type: 'header', text: plain('x'.repeat(151)) }]],
    ['a label of 76', [{ type: 'actions', elements: [button('x'.repeat(76))] }]],
    ['an action_id of 256', [{ type: 'actions', elements: [button('x', { action_id: 'x'.repeat(256) })] }]],
    ['a value of 2001', [{ type: 'actions', elements: [button('x', { value: 'x'.repeat(2001) })] }]],
    ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('x')) }]],
    ['a field of 2001', [{ type: 'section', fields: [plain('x'.repeat(2001))] }]],
    ['an action_id twice in a row', [{ type: 'actions', elements: [button('x'), button('x')] }]],
    ['an unknown block', [{ type: 'marquee' }]],
    ['a picture that was never uploaded', [{ type: 'image', alt_text: 'x', slack_file: { id: 'F404' } }]],
  ])('is refused with %s', async (_what, blocks) => {
    expect(await outcome(post('x', { blocks }))).toBe('invalid_blocks');
    expect(slack.messages('cab')).toEqual([]);
  });

  test('takes what is just within the limits', async () => {
    const most = { action_id: 'x'.repeat(255), value: 'x'.repeat(2000) };
    const fields = Array.from({ length: 10 }, () => plain('x'.repeat(300)));
    const blocks = [section('x'.repeat(3000)), actions(25), { type: 'actions', elements: [button('x'.repeat(75), most)] }];
    expect(await outcome(post('x', { blocks: [...blocks, { type: 'section', fields }] }))).toBe('ok');
    expect(await outcome(post('x', { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) }))).toBe(
      'msg_blocks_too_long',
    );
    expect(await outcome(post('x'.repeat(40_001)))).toBe('msg_too_long');
    expect(await outcome(post(''))).toBe('no_text');
  });

  test('finds no way into places that are closed', async () => {
    slack.addChannel({ id: 'C2', name: 'old', archived: true });
    slack.addChannel({ id: 'C3', name: 'others', member: false });
    slack.addChannel({ id: 'C4', name: 'secret', member: false, private: true });
    slack.addChannel({ id: 'C5', name: 'blind', historyReadable: false });
    slack.addUser({ id: 'U3', name: 'closed', dmClosed: true });
    slack.addUser({ id: 'U4', name: 'robot', isBot: true });
    const said = (channel: string) => outcome(client.chat.postMessage({ channel, text: 'x' }));
    expect(await Promise.all(['C2', 'C3', 'C4', 'C404', 'U3'].map(said))).toEqual([
      'is_archived',
      'not_in_channel',
      'channel_not_found',
      'channel_not_found',
      'user_not_found',
    ]);
    const read = (channel: string) => outcome(client.conversations.history({ channel }));
    expect(await Promise.all(['C3', 'C4', 'C5'].map(read))).toEqual(['not_in_channel', 'channel_not_found', 'missing_scope']);
    expect(await outcome(client.conversations.open({ users: 'U4' }))).toBe('cannot_dm_bot');
    await client.conversations.join({ channel: 'C3' });
    expect(await said('C3')).toBe('ok');
  });

  test('reaches a person directly', async () => {
    const { channel } = await client.conversations.open({ users: 'U1' });
    await client.chat.postMessage({ channel: String(channel?.id), text: 'psst' });
    await client.chat.postMessage({ channel: 'U1', text: 'again' });
    expect(slack.directMessages('anna').map((message) => message.text)).toEqual(['psst', 'again']);
    await client.chat.postEphemeral({ channel: 'C1', user: 'U2', text: 'only you' });
    expect(slack.ephemerals('bram')).toHaveLength(1);
    expect(slack.messages('cab')).toEqual([]);
  });

  test('is read back in pages: from the end, or forward from a beginning', async () => {
    const all: string[] = [];
    for (let at = 0; at < 5; at += 1) all.push(slack.write('anna', 'cab', String(at)).ts);
    slack.write('anna', 'cab', 'reply', { thread_ts: String(all[0]) });
    const first = await client.conversations.history({ channel: 'C1', limit: 2 });
    expect(first.messages?.map((message) => message.text)).toEqual(['4', '3']);
    const cursor = String(first.response_metadata?.next_cursor);
    const next = await client.conversations.history({ channel: 'C1', limit: 3, cursor });
    expect(next).toMatchObject({ has_more: false, messages: [{ text: '2' }, { text: '1' }, { text: '0', reply_count: 1 }] });
    const oldest = String(all[1]);
    const onward = await client.conversations.history({ channel: 'C1', oldest, inclusive: true, limit: 2 });
    expect(onward.messages?.map((message) => message.text)).toEqual(['2', '1']);
    const thread = await client.conversations.replies({ channel: 'C1', ts: String(all[0]) });
    expect(thread.messages?.map((message) => message.text)).toEqual(['0', 'reply']);
  });

  test('carries an uploaded picture, shown by a block', async () => {
    const uploaded = await client.files.uploadV2({ filename: 'graph.png', file: Buffer.from('png'), alt_text: 'A graph' });
    const [file] = slack.files;
    expect(uploaded.ok).toBe(true);
    // The SDK sends the description under a name that Slack does not know.
    expect(file).toMatchObject({ name: 'graph.png', altText: '', complete: true, channels: [] });
    expect(file?.content?.toString()).toBe('png');
    const blocks = [{ type: 'image', alt_text: 'A graph', slack_file: { id: file?.id } }];
    expect(await outcome(post('x', { blocks }))).toBe('invalid_blocks');
    expect((await client.files.info({ file: file?.id ?? '' })).file?.mimetype).toBe('');
    expect((await client.files.info({ file: file?.id ?? '' })).file?.mimetype).toBe('image/png');
    expect(await outcome(post('x', { blocks }))).toBe('ok');
  });
});

describe('dialogs', () => {
  async function trigger(): Promise<string> {
    slack.sendTo('http://127.0.0.1:9/');
    return String((await slack.command('anna', '/rfc')).raw.payload.trigger_id);
  }

  test('open by a trigger that holds once and for three seconds', async () => {
    const once = await trigger();
    expect(await outcome(client.views.open({ trigger_id: once, view: modal() }))).toBe('ok');
    expect(await outcome(client.views.open({ trigger_id: once, view: modal() }))).toBe('exchanged_trigger_id');
    expect(await outcome(client.views.open({ trigger_id: 'none', view: modal() }))).toBe('invalid_trigger_id');
    const late = await trigger();
    time += 3001;
    expect(await outcome(client.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
  });

  test.each([
    ['a title of 25', { title: plain('x'.repeat(25)) }],
    ['a submit label of 25', { submit: plain('x'.repeat(25)) }],
    ['3001 characters of metadata', { private_metadata: 'x'.repeat(3001) }],
    ['101 blocks', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    [
      'a field and nothing to send it with',
      { blocks: [{ type: 'input', label: plain('x'), element: { type: 'plain_text_input', action_id: 'a' } }] },
    ],
  ])('are refused with %s', async (_what, rest) => {
    expect(await outcome(client.views.open({ trigger_id: await trigger(), view: modal(rest) }))).toBe('invalid_arguments');
  });

  test('are updated by id or external id, and by hash only when nobody was faster', async () => {
    const { view } = await client.views.open({ trigger_id: await trigger(), view: modal({ external_id: 'rfc-7' }) });
    const [view_id, hash] = [String(view?.id), String(view?.hash)];
    await client.views.update({ view_id, hash, view: modal({ title: plain('Second'), external_id: 'rfc-7' }) });
    expect(await outcome(client.views.update({ view_id, hash, view: modal() }))).toBe('hash_conflict');
    expect(await outcome(client.views.update({ view_id: 'V404', view: modal() }))).toBe('not_found');
    await client.views.update({ external_id: 'rfc-7', view: modal({ title: plain('Third') }) });
    expect(slack.lastView('anna')).toMatchObject({ id: view_id, title: 'Third' });
    await client.views.publish({ user_id: 'U1', view: { type: 'home', blocks: [section('Home')] } });
    expect(slack.home('anna')?.blocks).toHaveLength(1);
  });
});

describe('faults', () => {
  test.each<[FaultKind, string, number]>([
    ['500-before', 'WebAPIHTTPError', 0],
    ['500-after-accepting', 'WebAPIHTTPError', 1],
    ['hang-before', 'WebAPIRequestError', 0],
    ['hang-after-accepting', 'WebAPIRequestError', 1],
    ['reset-before', 'WebAPIRequestError', 0],
    ['reset-after-accepting', 'WebAPIRequestError', 1],
    // The client lets the error of `fetch` itself through here.
    ['cut-body', 'TypeError', 1],
    // And here it takes what it cannot read for the name of an error.
    ['garbled-body', '{"ok":true,"chan', 1],
    [{ error: 'fatal_error' }, 'fatal_error', 0],
    [{ slowMs: 20 }, 'ok', 1],
  ])('%o hits one call and leaves the next alone', async (kind, expected, stored) => {
    const fault = slack.fault({ method: 'chat.postMessage', kind, match: (args) => args.text === 'hit me' });
    expect(await outcome(post('not me'))).toBe('ok');
    expect(await outcome(post('hit me'))).toBe(expected);
    expect(slack.messages('cab')).toHaveLength(1 + stored);
    expect(fault.hits).toBe(1);
    expect(await outcome(post('hit me'))).toBe('ok');
  });

  test('a rate limit says how long to wait', async () => {
    slack.fault({ method: 'chat.postMessage', kind: '429', retryAfter: 7, times: 2 });
    await expect(post('x')).rejects.toMatchObject({ retryAfter: 7 });
    expect(await outcome(post('x'))).toBe('WebAPIRateLimitedError');
    expect(await outcome(post('x'))).toBe('ok');
    slack.rateLimits(true);
    expect(await outcome(post('y'))).toBe('ok');
    expect(await outcome(post('z'))).toBe('WebAPIRateLimitedError');
    time += 1000;
    expect(await outcome(post('z'))).toBe('ok');
  });
});

test('tokens and methods are checked', async () => {
  expect(await outcome(clientWith('xoxb-wrong').auth.test())).toBe('invalid_auth');
  expect(await outcome(client.apps.connections.open())).toBe('not_allowed_token_type');
  expect(await outcome(client.apiCall('chat.sing'))).toBe('unknown_method');
  expect(await client.auth.test()).toMatchObject({ user_id: slack.bot.userId, bot_id: slack.bot.botId });
  const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ channel: 'C1', text: 'as JSON', blocks: [section('x')] });
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ ok: true, channel: 'C1' });
});
