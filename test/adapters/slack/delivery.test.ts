/** Deliveries on Slack beyond the contract: how they look on the wire, what each error means, where it can be looked. */
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { card, picture, text } from '../../../src/chat/card.ts';
import { PlatformError, type Post } from '../../../src/chat/port.ts';
import type { FaultKind } from '../../fakes/slack/fake-slack.ts';
import { type SlackSetup, slackSetup } from './setup.ts';

const CAB = 'slack/channel/C1';
const post = (delivery: string, words = 'the database moves'): Post => ({
  delivery,
  record: 'RFC-1',
  card: card('Update', [text(words)]),
});
const names = (person: string) => ({ name: person });
const since = () => new Date(Date.now() - 1000);

let setup: SlackSetup;

beforeEach(async () => {
  setup = await slackSetup('http', { names: async () => names });
});

afterEach(async () => {
  await setup.platform.stop();
  await setup.stop();
});

describe('a message', () => {
  test('carries its delivery, unfurls nothing and parses nothing', async () => {
    const { slack, platform } = setup;
    const { externalId } = await platform.post(CAB, post('d1'), names);
    const [message] = slack.visible('cab');
    expect(message).toMatchObject({
      ts: externalId,
      metadata: { event_type: 'bellman_delivery', event_payload: { delivery: 'd1' } },
      unfurl_links: false,
      unfurl_media: false,
    });
    expect(slack.calls.at(-1)?.args).toMatchObject({ link_names: 'false', parse: 'none' });
  });

  test('has the address that Slack itself gives it, which asks Slack nothing a second time', async () => {
    const { slack, platform } = setup;
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    const direct = await platform.openDirect('U1');
    for (const place of [CAB, direct]) {
      const { externalId } = await platform.post(place, post('d1'), names);
      const channel = String(slack.calls.findLast(({ method }) => method === 'chat.postMessage')?.args.channel);
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: externalId });
      expect(await platform.permalink(place, externalId)).toBe(permalink);
    }
    expect(slack.calls.filter(({ method }) => method === 'auth.test')).toHaveLength(1);
  });

  test('keeps its delivery when it is changed', async () => {
    const { slack, platform } = setup;
    const { externalId } = await platform.post(CAB, post('d1'), names);
    await platform.edit(CAB, externalId, post('d1', 'it moved'), names);
    expect(slack.visible('cab')).toMatchObject([{ edits: 1, metadata: { event_payload: { delivery: 'd1' } } }]);
    expect(slack.calls.find(({ method }) => method === 'chat.update')?.args.metadata).toMatchObject({
      event_type: 'bellman_delivery',
    });
  });

  const drawn = (fill: string, words = 'a plan of two lines') =>
    ({
      delivery: 'd1',
      record: 'PRB-1',
      card: card('Plan', [
        text('Two lines'),
        picture(
          `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="${fill}"/></svg>`,
          words,
        ),
      ]),
    }) satisfies Post;
  const calls = (method: string) => setup.slack.calls.filter((call) => call.method === method).length;

  test('shows a drawing once Slack is done with its file, which is shared nowhere, and uploads it anew only when it changed', async () => {
    const { slack, platform } = setup;
    slack.looksAtFiles(3);
    const { externalId } = await platform.post(CAB, drawn('red'), names);
    expect(slack.files).toMatchObject([{ complete: true, channels: [], altText: 'a plan of two lines', looks: 0 }]);
    expect(slack.files[0]?.content?.subarray(1, 4).toString()).toBe('PNG');
    expect(slack.visible('cab')).toMatchObject([
      { blocks: [{}, {}, { type: 'image', slack_file: { id: slack.files[0]?.id }, alt_text: 'a plan of two lines' }] },
    ]);
    await platform.edit(CAB, externalId, drawn('red'), names);
    await platform.post('slack/person/U1', drawn('red'), names);
    expect(calls('files.getUploadURLExternal')).toBe(1);
    await platform.edit(CAB, externalId, drawn('blue'), names);
    expect(calls('files.getUploadURLExternal')).toBe(2);
    expect(slack.visible('cab')[0]?.blocks[2]).toMatchObject({ slack_file: { id: slack.files[1]?.id } });
  });

  test.each([
    ['no file may be uploaded', 'files.getUploadURLExternal', { error: 'missing_scope' }],
    ['the upload breaks off', 'upload', 'reset-before'],
    ['the upload is not completed', 'files.completeUploadExternal', '500-before'],
    ['nobody says when the file is ready', 'files.info', '429'],
  ] as const)('has the words of its picture where %s', async (_what, method, kind) => {
    const { slack, platform } = setup;
    slack.fault({ method, kind });
    await platform.post(CAB, drawn('red'), names);
    expect(JSON.stringify(slack.visible('cab')[0]?.blocks)).toContain('a plan of two lines');
    expect(slack.visible('cab')[0]?.blocks.map(({ type }) => type)).toEqual(['header', 'rich_text', 'rich_text']);
  });

  test('has the words of a picture whose file is gone, or that is no drawing', async () => {
    const { slack, platform } = setup;
    await platform.post(CAB, drawn('red'), names);
    slack.fault({ method: 'chat.postMessage', kind: { error: 'invalid_blocks' } });
    await platform.post(CAB, drawn('red'), names);
    const broken = card('Plan', [picture('<svg', 'what it would show')]);
    await platform.post(CAB, { delivery: 'd2', record: 'PRB-1', card: broken }, names);
    expect(slack.visible('cab').map(({ blocks }) => blocks.at(-1)?.type)).toEqual(['image', 'rich_text', 'rich_text']);
  });

  test('that answers a command shows its picture too', async () => {
    const { slack, platform } = setup;
    await platform.start(async () => ({ kind: 'card', card: drawn('red').card, to: 'here' }));
    await slack.command('anna', '/comms', 'plan PRB-1', { channel: 'C1' });
    const shown = await slack.waitFor(() => slack.visible('cab')[0], 5000, 'the answer');
    expect(shown.blocks[2]).toMatchObject({ type: 'image', slack_file: { id: slack.files[0]?.id } });
  });

  test('to a person opens their direct messages once', async () => {
    const { slack, platform } = setup;
    await platform.post('slack/person/U1', post('d1'), names);
    await platform.post('slack/person/U1', post('d2'), names);
    expect(slack.directMessages('anna')).toHaveLength(2);
    expect(slack.calls.filter(({ method }) => method === 'conversations.open')).toHaveLength(1);
  });

  const outcome = async (method: string, kind: FaultKind, doing: () => Promise<unknown>) => {
    setup.slack.fault({ method, kind, retryAfter: 7 });
    const error = await doing().then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(PlatformError);
    const { outcome, after, message } = error as PlatformError;
    return { outcome, after, message };
  };

  test.each<[string, FaultKind, object]>([
    ['too fast', '429', { outcome: 'limited', after: 7000 }],
    ['broken after it arrived', '500-after-accepting', { outcome: 'unknown' }],
    ['broken before', '500-before', { outcome: 'unknown' }],
    ['cut off', 'reset-after-accepting', { outcome: 'unknown' }],
    ['answered by half', 'cut-body', { outcome: 'unknown' }],
    ['never answered', 'hang-after-accepting', { outcome: 'unknown' }],
    ['archived', { error: 'is_archived' }, { outcome: 'refused', message: expect.stringContaining('this channel is archived') }],
    ['without us', { error: 'not_in_channel' }, { outcome: 'refused', message: expect.stringContaining('/invite @Bellman') }],
    [
      'with a wrong token',
      { error: 'invalid_auth' },
      { outcome: 'refused', message: expect.stringContaining('SLACK_BOT_TOKEN') },
    ],
    [
      'lacking a scope',
      { error: 'missing_scope' },
      { outcome: 'refused', message: expect.stringContaining('slack-manifest.json') },
    ],
    ['failed inside Slack', { error: 'internal_error' }, { outcome: 'unknown' }],
    ['failed as nobody ever saw', { error: 'something_new' }, { outcome: 'unknown' }],
  ])('that is %s says so', async (_what, kind, expected) => {
    expect(await outcome('chat.postMessage', kind, () => setup.platform.post(CAB, post('d1'), names))).toMatchObject(expected);
  });

  test('is not tried again by the SDK', async () => {
    await outcome('chat.postMessage', '500-before', () => setup.platform.post(CAB, post('d1'), names));
    await outcome('chat.postMessage', '429', () => setup.platform.post(CAB, post('d1'), names));
    expect(setup.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(2);
  });

  test('that is gone cannot be changed or taken back, and that is definite', async () => {
    const { platform } = setup;
    const { externalId } = await platform.post(CAB, post('d1'), names);
    await platform.remove(CAB, externalId);
    await expect(platform.edit(CAB, externalId, post('d1'), names)).rejects.toMatchObject({ outcome: 'refused' });
    await expect(platform.remove(CAB, externalId)).rejects.toMatchObject({ outcome: 'refused' });
  });

  test('goes out at the pace that Slack allows', () => {
    const { platform } = setup;
    expect(platform.rate('post', CAB)).toEqual({ key: 'slack:post:slack/channel/C1', perSecond: 1, burst: 3 });
    expect(platform.rate('edit', CAB)).toMatchObject({ key: 'slack:edit', perSecond: 40 / 60, burst: 16 });
    expect(platform.rate('look', CAB).key).toBe('slack:look');
  });
});

describe('looking for a message', () => {
  test('goes through all pages since then', async () => {
    const { slack, platform } = setup;
    const posted = await platform.post(CAB, post('d1'), names);
    for (let at = 0; at < 450; at += 1) slack.write('anna', 'cab', `noise ${at}`);
    const last = await platform.post(CAB, post('d1'), names);
    expect(await platform.find(CAB, 'd1', since())).toEqual([posted, last]);
    expect(slack.calls.filter(({ method }) => method === 'conversations.history').length).toBeGreaterThan(2);
  });

  test('says that it does not know when too much was said since', async () => {
    const { slack, platform } = setup;
    for (let at = 0; at < 5001; at += 1) slack.write('anna', 'cab', `noise ${at}`);
    await expect(platform.find(CAB, 'd1', since())).rejects.toMatchObject({ outcome: 'unknown' });
  });

  test('fails as limited or unknown, never as not found', async () => {
    const { slack, platform } = setup;
    slack.fault({ method: 'auth.test', kind: '429' });
    await expect(platform.find(CAB, 'd1', since())).rejects.toMatchObject({ outcome: 'limited' });
    slack.fault({ method: 'conversations.history', kind: '500-before' });
    await expect(platform.find(CAB, 'd1', since())).rejects.toMatchObject({ outcome: 'unknown' });
    await expect(platform.find(CAB, 'd1', since())).resolves.toEqual([]);
  });
});

describe('a place that is named', () => {
  const check = (place: string) => setup.platform.checkPlace(place);
  const closed = (place: string, why: string, step: string) => ({ refused: 'place-closed', facts: { place, why, step } });
  const INVITE = 'Say /invite @Bellman there, then try again.';

  test('and public is joined', async () => {
    setup.slack.addChannel({ id: 'C5', name: 'news', member: false });
    expect(await check('slack/channel/C5')).toBeUndefined();
    expect(setup.slack.channel('news').member).toBe(true);
  });

  test.each([
    [
      'private and without us',
      { private: true, member: false },
      '#C5',
      'it does not exist, or it is private and I am not in it',
      INVITE,
    ],
    ['archived', { archived: true }, '#news', 'it is archived', 'Open it again, or name another one.'],
  ])('and %s is refused with the step to take', async (_what, more, place, why, step) => {
    setup.slack.addChannel({ id: 'C5', name: 'news', ...more });
    expect(await check('slack/channel/C5')).toEqual(closed(place, why, step));
  });

  test('and unreadable is refused, because nobody could tell whether a message arrived', async () => {
    const refusal = await check('slack/channel/C2');
    expect(refusal?.facts.why).toContain('could not tell whether a message arrived');
    expect(refusal?.facts.step).toContain('slack-manifest.json');
  });

  test('while Slack does not answer is refused for now', async () => {
    setup.slack.fault({ method: 'conversations.info', kind: '500-before' });
    expect(await check(CAB)).toEqual(closed('#C1', 'Slack does not answer', 'Try again in a minute.'));
  });

  test('and a person is asked anew whether they take direct messages', async () => {
    expect(await check('slack/person/U1')).toBeUndefined();
    setup.slack.addUser({ id: 'U1', name: 'anna', dmClosed: true });
    expect(await check('slack/person/U1')).toEqual(
      closed('this person', 'direct messages are closed', 'Name a channel instead.'),
    );
  });

  test('and not on Slack is refused', async () => {
    expect(await check('email/address/a@b.example')).toMatchObject({ refused: 'wrong-place' });
    expect(await check('slack/thread/C1')).toMatchObject({
      refused: 'place-closed',
      facts: { step: 'Name the channel itself.' },
    });
  });
});

describe('people', () => {
  test('are found by handle in a list that is read once', async () => {
    const { slack, platform } = setup;
    for (let at = 0; at < 1450; at += 1) slack.addUser({ id: `U9${at}`, name: `user${at}` });
    expect(await platform.describe('user1449')).toMatchObject({ user: 'U91449' });
    expect(await platform.describe('@Bram')).toMatchObject({ user: 'U2' });
    expect(await platform.describe('nobody')).toBeUndefined();
    expect(slack.calls.filter(({ method }) => method === 'users.list')).toHaveLength(2);
  });

  test('who left are nobody any more, and bots are said to be bots', async () => {
    const { slack, platform } = setup;
    slack.addUser({ id: 'U8', name: 'gone', deleted: true });
    slack.addUser({ id: 'U7', name: 'robot', isBot: true });
    expect(await platform.describe('U8')).toBeUndefined();
    expect(await platform.describe('gone')).toBeUndefined();
    expect(await platform.describe('U7')).toMatchObject({ bot: true });
    expect(await platform.describe('U404')).toBeUndefined();
  });
});
