import { Events, RESTEvents } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { login, refusal, start, textChannel, WAIT } from './test-client.ts';

describe('troubles', () => {
  test('each fault keeps or loses the message as it says', async () => {
    const { discord, bot } = await start({}, { rest: { timeout: 300 } });
    const channel = await textChannel(bot);
    const post = 'POST /channels/:channel/messages';
    const kept = { '500-before': 0, 'reset-before': 0, 'hang-before': 0, '500-after-accepting': 1 } as const;
    const keptToo = { 'reset-after-accepting': 1, 'cut-body': 1, 'hang-after-accepting': 1 } as const;
    for (const [fault, count] of Object.entries({ ...kept, ...keptToo }) as [keyof typeof kept, number][]) {
      const before = discord.messages('cab').length;
      const ordered = discord.fail(post, fault);
      await expect(channel.send(fault), fault).rejects.toThrow();
      expect(ordered.hits, fault).toBe(1);
      expect(discord.messages('cab').length - before, fault).toBe(count);
    }
    discord.fail(post, { status: 403, code: 50001 });
    expect(await refusal(channel.send('x'))).toBe('403 50001');
  });

  test('429 is told with the time to wait, by order and by rate', async () => {
    const { discord, bot } = await start({}, { rest: { rejectOnRateLimit: () => true } });
    const channel = await textChannel(bot);
    discord.fail('POST /channels/:channel/messages', '429', { retryAfter: 0.2 });
    await expect(channel.send('x')).rejects.toMatchObject({ name: expect.stringContaining('RateLimitError') });
    discord.limit('GET /users/@me', { limit: 1, windowMs: 60_000 });
    const ask = () => fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${discord.token}` } });
    expect((await ask()).headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
    expect(bot.rest.listenerCount(RESTEvents.Response)).toBe(0);
  });

  test('closing ends a request that hangs and a wait that was not met', async () => {
    const { discord, bot } = await start();
    const hung = discord.fail('GET /users/@me', 'hang-before');
    const asked = refusal(bot.rest.get('/users/@me'));
    await hung.happened(WAIT);
    const waited = discord.waitForMessage('cab', 'never', WAIT).catch((error: Error) => error.message);
    await discord.close();
    expect(await waited).toContain('was closed while waiting');
    expect(await asked).not.toBe('no refusal');
  });

  test('a dropped client resumes and hears what it missed', async () => {
    const { discord, bot } = await start();
    const heard: string[] = [];
    const both = new Promise<void>((resolve) => {
      bot.on(Events.MessageCreate, (message) => {
        if (heard.push(message.content) === 2) resolve();
      });
    });
    discord.gateway.drop();
    discord.say('anna', 'cab', 'while away');
    await discord.gateway.resumed(WAIT);
    discord.gateway.reconnect();
    await discord.gateway.resumed(WAIT, 2);
    discord.say('anna', 'cab', 'afterwards');
    await both;
    expect(heard).toEqual(['while away', 'afterwards']);
    expect(discord.gateway.sessions).toHaveLength(1);
  });

  test('a client whose heartbeats get no answer reconnects', async () => {
    const { discord } = await start({ heartbeatMs: 60 });
    discord.gateway.zombie();
    await discord.until(() => (discord.gateway.sessions.some((each) => each.resumes > 0) ? true : undefined), WAIT, 'a resume');
    discord.gateway.zombie(false);
    await discord.gateway.connected(WAIT);
  });

  test('a session that Discord forgot, or calls invalid, is begun anew', async () => {
    // The client's own pause of five seconds between logins is not what is tested here.
    const buildIdentifyThrottler = async () => ({ waitForIdentify: async () => undefined });
    const { discord, bot } = await start({}, { ws: { buildIdentifyThrottler } });
    for (const forget of [() => discord.gateway.forgetSessions(), () => discord.gateway.invalidate()]) {
      const [last] = discord.gateway.sessions;
      forget();
      const anew = () => discord.gateway.sessions.find((each) => each !== last && each.connected);
      await discord.until(anew, WAIT, 'a new session');
      const heard = new Promise<string>((resolve) => bot.once(Events.MessageCreate, (message) => resolve(message.content)));
      discord.say('anna', 'cab', 'hello again');
      expect(await heard).toBe('hello again');
    }
  });

  test('two clients with one token both hear', async () => {
    const { discord, bot } = await start();
    const second = await login(discord);
    const heard = [bot, second].map((each) => new Promise((resolve) => each.once(Events.MessageCreate, resolve)));
    discord.say('anna', 'cab', 'to both');
    await Promise.all(heard);
    expect(discord.gateway.sessions).toHaveLength(2);
  });
});
