/** What arrives at `/slack/events`: signatures, repeats, who asks; and the start. */
import { beforeEach, describe, expect, test } from 'vitest';
import { slack } from '../../../adapters/slack/index.ts';
import { asking, said } from './asking.ts';

const asked = asking();

describe('a request to /slack/events', () => {
  beforeEach(() => asked.start());

  test('that was signed by somebody else, changed or is too old is answered 401, and nothing is done', async () => {
    const { slack: fake } = asked.setup;
    const { raw } = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    const old = Math.floor(Date.now() / 1000) - 301;
    expect((await fake.replay(raw, { signature: 'v0=00' })).status).toBe(401);
    expect((await fake.replay(raw, { signature: `v0=${'0'.repeat(64)}` })).status).toBe(401);
    expect((await fake.replay(raw, { body: `${raw.body}&x=1` })).status).toBe(401);
    expect((await fake.replay(raw, { timestamp: old })).status).toBe(401);
    expect((await fake.replay(raw, { timestamp: old + 900 })).status).toBe(401);
    expect(asked.intents).toHaveLength(1);
  });

  test('that comes again is answered the same, and asked once', async () => {
    const { slack: fake } = asked.setup;
    const first = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    const second = await fake.replay(first.raw);
    expect(second.body).toBe(first.body);
    expect(asked.intents).toHaveLength(1);
  });

  test('of Slack’s own kinds is answered as Slack wants it', async () => {
    const { slack: fake, platform } = asked.setup;
    expect((await fake.verifyUrl('abc')).json).toEqual({ challenge: 'abc' });
    expect((await fake.openHome('anna')).status).toBe(200);
    expect((await fake.shortcut('anna', 'nothing-of-ours')).status).toBe(200);
    expect((await platform.handle(new Request('http://x/slack/events'))).status).toBe(405);
    const huge = new Request('http://x/slack/events', { method: 'POST', body: 'x'.repeat(1_000_001) });
    expect((await platform.handle(huge)).status).toBe(413);
    expect(asked.intents).toEqual([]);
  });

  test('before the start and after the stop is answered 503', async () => {
    const { slack: fake, platform } = asked.setup;
    await platform.stop();
    expect((await fake.command('anna', '/rfc', 'list')).status).toBe(503);
    expect((await fake.mention('anna', 'cab', 'rfc list')).status).toBe(503);
  });

  test('says who asks, as Slack knows them', async () => {
    const { slack: fake } = asked.setup;
    fake.addUser({ id: 'U7', name: 'guest', isGuest: true, tz: 'Asia/Tokyo' });
    await fake.command('guest', '/rfc', 'list', { channel: 'cab' });
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(asked.intents[0]?.from).toMatchObject({ guest: true, timeZone: 'Asia/Tokyo', bot: false });
    expect(asked.intents[1]?.from).toEqual({
      platform: 'slack',
      user: 'U1',
      handle: 'anna',
      name: 'Anna Visser',
      email: 'anna@example.org',
      timeZone: 'Europe/Amsterdam',
      bot: false,
      guest: false,
    });
    expect(fake.calls.filter(({ method }) => method === 'users.info')).toHaveLength(2);
  });

  test('is refused while Slack does not say who asks, and works again when it does', async () => {
    const { slack: fake } = asked.setup;
    fake.fault({ method: 'users.info', kind: '500-before' });
    const { json } = await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(JSON.stringify(json)).toContain('I do not know who this is');
    expect(asked.intents).toEqual([]);
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(asked.intents).toHaveLength(1);
  });
});

describe('the start', () => {
  beforeEach(() => asked.start());
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const names = async () => (person: string) => ({ name: person });

  test('fails in plain words when Slack does not take the app token', async () => {
    const { slack: fake } = asked.setup;
    const wrong = slack({ botToken: fake.botToken, appToken: 'xapp-wrong', apiUrl: fake.apiUrl, log, names });
    await expect(wrong.start(async () => said())).rejects.toThrow('Slack does not accept the token: set SLACK_APP_TOKEN anew');
    await wrong.stop();
  });

  test('needs a signing secret unless there is an app token', () => {
    expect(() => slack({ botToken: 'xoxb-1', signingSecret: '', log, names })).toThrow('SLACK_SIGNING_SECRET');
  });

  test('does not wait for a Slack that cannot be reached', async () => {
    const alone = slack({ botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:9/', log, names });
    await alone.start(async () => said());
    await alone.stop();
  });
});
