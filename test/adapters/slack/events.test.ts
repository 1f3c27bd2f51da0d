/** Mentions and direct messages: retries, threads, what is left alone; and Socket Mode. */
import { beforeEach, describe, expect, test } from 'vitest';
import { card, text } from '../../../src/chat/card.ts';
import type { Reply } from '../../../src/chat/port.ts';
import { asking, away, form, said } from './asking.ts';

const asked = asking();

describe('an event', () => {
  beforeEach(() => asked.start());

  test('while the records are away is answered 503, and done when Slack sends it again', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => away;
    const { raw, status } = await fake.mention('anna', 'cab', 'rfc list');
    expect(status).toBe(503);
    expect(fake.ephemerals('anna')).toEqual([]);
    asked.answer = async () => said();
    expect((await fake.replay(raw, { resign: true, retryNum: 1 })).status).toBe(200);
    expect(asked.intents.map(({ key }) => key)).toEqual([asked.intents[0]?.key, asked.intents[0]?.key]);
    expect(fake.ephemerals('anna')).toHaveLength(1);
  });

  test('is answered only when it was dealt with', async () => {
    const { slack: fake } = asked.setup;
    const dealing = Promise.withResolvers<Reply>();
    const heard = Promise.withResolvers<void>();
    asked.answer = () => {
      heard.resolve();
      return dealing.promise;
    };
    const sending = fake.mention('anna', 'cab', 'rfc list');
    await heard.promise;
    // A whole other request comes and goes meanwhile, so that an early answer would have arrived.
    await fake.verifyUrl();
    expect(fake.sent.map(({ raw }) => raw.payload.type)).toEqual(['url_verification']);
    dealing.resolve(said());
    expect((await sending).status).toBe(200);
  });

  test('has the words after the mention, and is answered in its thread', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => ({ kind: 'card', card: card('Open', [text('x')]), to: 'here' });
    const { message } = await fake.mention('anna', 'cab', 'rfc list');
    expect(asked.intents[0]).toMatchObject({ words: 'rfc list', at: 'slack/channel/C1' });
    expect(await fake.waitForMessage('cab', 'Open')).toMatchObject({ thread_ts: message.ts, unfurl_links: false });
  });

  test('in a thread answers the asker alone in that thread', async () => {
    const { slack: fake } = asked.setup;
    const root = fake.write('bram', 'cab', 'something broke');
    await fake.mention('anna', 'cab', 'rfc list', { thread_ts: root.ts });
    expect(await fake.waitForEphemeral('anna', 'heard')).toMatchObject({ thread_ts: root.ts });
  });

  test('that asks for a form gets a button that opens it', async () => {
    const { slack: fake } = asked.setup;
    asked.answer = async () => form;
    await fake.mention('anna', 'cab', 'rfc new');
    const seen = await fake.waitForMessage('cab', 'New RFC');
    await fake.press('anna', seen, 'Open');
    expect(asked.intents[1]).toMatchObject({ kind: 'press', action: 'form.open', value: 'rfc new' });
    await fake.waitForView('anna', 'New RFC');
  });

  test('of a direct message is a command, too, with or without a slash', async () => {
    const { slack: fake } = asked.setup;
    await fake.say('anna', 'anna', '/rfc list');
    expect(asked.intents[0]).toMatchObject({ words: 'rfc list', at: 'slack/person/U1' });
    expect(await fake.waitForDirect('anna', 'heard')).not.toHaveProperty('onlyFor');
  });

  test('of anything that nobody says to us is left alone', async () => {
    const { slack: fake } = asked.setup;
    await fake.say('anna', 'cab', 'rfc list');
    const base = { type: 'message', channel: 'DU1', channel_type: 'im', ts: '1.1', text: 'rfc list' };
    await fake.event({ ...base, user: fake.bot.userId, bot_id: fake.bot.botId });
    await fake.event({ ...base, user: 'U1', subtype: 'message_changed' });
    await fake.event({ ...base, user: 'U1', text: '' });
    await fake.event({ type: 'reaction_added', user: 'U1', reaction: 'eyes', item: { channel: 'C1' } });
    expect(asked.intents).toEqual([]);
  });

  test('whose answer comes too fast for Slack is sent again by Slack', async () => {
    const { slack: fake } = asked.setup;
    fake.fault({ method: 'chat.postEphemeral', kind: '429' });
    fake.fault({ method: 'conversations.open', kind: '429' });
    const { status, raw } = await fake.mention('anna', 'cab', 'rfc list');
    expect(status).toBe(503);
    expect((await fake.replay(raw, { resign: true, retryNum: 1 })).status).toBe(200);
    await fake.waitForEphemeral('anna', 'heard');
  });
});

describe('by socket', () => {
  beforeEach(() => asked.start('socket'));

  test('an envelope is acknowledged when it was dealt with, and not while the records are away', async () => {
    const { slack: fake } = asked.setup;
    const heard = Promise.withResolvers<void>();
    asked.answer = async () => {
      heard.resolve();
      return away;
    };
    const sending = fake.mention('anna', 'cab', 'rfc list');
    await heard.promise;
    asked.answer = async () => said();
    // A whole other request comes and goes meanwhile, so that an acknowledgement would have arrived.
    await fake.command('anna', '/rfc', 'list', { channel: 'cab' });
    expect(fake.sockets.acknowledged).toHaveLength(1);
    fake.sockets.drop();
    expect((await sending).status).toBe(0);
  });

  test('the connection comes back after Slack moved it, and after it was cut', async () => {
    const { slack: fake } = asked.setup;
    fake.sockets.disconnect();
    await fake.waitFor(() => fake.sockets.connections === 0);
    await fake.waitForSocket();
    fake.fault({ method: 'apps.connections.open', kind: '500-before' });
    fake.sockets.drop();
    await fake.waitFor(() => fake.sockets.connections === 0);
    await fake.waitForSocket();
    expect((await fake.command('anna', '/rfc', 'list')).status).toBe(200);
  });

  test('nothing is taken over HTTP', async () => {
    const request = new Request('http://x/slack/events', { method: 'POST', body: '{}' });
    expect((await asked.setup.platform.handle(request)).status).toBe(404);
  });
});
