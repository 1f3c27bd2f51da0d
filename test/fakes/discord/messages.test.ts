import { AttachmentBuilder, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { refusal, start, textChannel, WAIT } from './test-client.ts';

describe('messages', () => {
  test('history, edits, deletion, files and pings', async () => {
    const { discord, bot } = await start();
    const channel = await textChannel(bot);
    const heard = new Promise<string>((resolve) => bot.once(Events.MessageCreate, (message) => resolve(message.content)));
    discord.say('anna', 'cab', 'hello', { mentionsBot: true });
    expect(await heard).toBe('<@1000> hello');
    const files = [new AttachmentBuilder(Buffer.from('a,b'), { name: 'plan.csv' })];
    const sent = await channel.send({ content: '@everyone <@2001>', files, allowedMentions: { parse: [] } });
    const [, stored] = discord.messages('cab');
    expect(stored?.pings).toEqual({ users: [], roles: [], everyone: false });
    expect(await (await fetch(stored?.attachments[0]?.url ?? '')).text()).toBe('a,b');
    await sent.edit('changed');
    expect(stored?.content).toBe('changed');
    const history = await channel.messages.fetch({ limit: 10, cache: false });
    expect(history.map((message) => message.content)).toEqual(['changed', '<@1000> hello']);
    await sent.delete();
    expect(stored?.deleted).toBe(true);
    expect(await refusal(sent.edit('again'))).toBe('404 10008');
    await channel.send('@everyone');
    expect(discord.messages('cab').at(-1)?.pings.everyone).toBe(true);
    const thread = await channel.threads.create({ name: 'Timeline' });
    await thread.send('in the thread');
    expect(discord.threads('cab').map((each) => each.messages[0]?.content)).toEqual(['in the thread']);
  });

  test('the limits and rights of a channel', async () => {
    const { discord, bot } = await start();
    const channel = await textChannel(bot);
    const post = (body: object) => bot.rest.post('/channels/3001/messages', { body });
    expect(await refusal(channel.send('x'.repeat(2001)))).toBe('400 50035');
    expect(await refusal(post({}))).toBe('400 50006');
    const texts = [1, 2].map(() => ({ type: 10, content: 'x'.repeat(2001) }));
    expect(await refusal(post({ flags: 32768, components: texts }))).toBe('400 50035');
    discord.setChannel('cab', { botCanSend: false });
    expect(await refusal(channel.send('x'))).toBe('403 50013');
    discord.setChannel('cab', { botCanRead: false });
    expect(await refusal(channel.send('x'))).toBe('403 50001');
    discord.removeChannel('cab');
    expect(await refusal(channel.send('x'))).toBe('404 10003');
  });

  test('a direct message arrives, or is refused by who closed theirs', async () => {
    const { discord, bot } = await start();
    discord.addUser({ id: '2003', name: 'carl', dmClosed: true });
    await bot.users.send('2001', 'Please decide');
    expect((await discord.waitForDirectMessage('anna', 'decide', WAIT)).authorId).toBe(discord.applicationId);
    expect(await refusal(bot.users.send('2003', 'Please decide'))).toBe('403 50007');
    expect(discord.directMessages('carl')).toEqual([]);
  });

  test('a repeated nonce gives the message that is there', async () => {
    const { discord, bot } = await start();
    const channel = await textChannel(bot);
    const body = { content: 'Once', nonce: 'd1', enforceNonce: true };
    discord.fail('POST /channels/:channel/messages', '500-after-accepting');
    await expect(channel.send(body)).rejects.toThrow();
    const again = await channel.send(body);
    expect(discord.messages('cab').map((message) => message.id)).toEqual([again.id]);
    discord.forgetNonces();
    await channel.send(body);
    expect(discord.messages('cab')).toHaveLength(2);
  });

  test('without the intent for content, only what mentions the bot can be read', async () => {
    const { discord, bot } = await start({}, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] });
    discord.allowIntents({ content: false });
    const heard: string[] = [];
    const both = new Promise<void>((resolve) => {
      bot.on(Events.MessageCreate, (message) => {
        if (heard.push(message.content) === 2) resolve();
      });
    });
    discord.say('anna', 'cab', 'among us');
    discord.say('anna', 'cab', 'for you', { mentionsBot: true });
    await both;
    expect(heard).toEqual(['', '<@1000> for you']);
    const history = await (await textChannel(bot)).messages.fetch({ limit: 2, cache: false });
    expect(history.map((message) => message.content)).toEqual(['<@1000> for you', '']);
  });
});
