import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  type ClientOptions,
  ContainerBuilder,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  RESTEvents,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { buttonsOf, type FakeDiscord, type FakeDiscordOptions, startFakeDiscord, textOf } from './fake-discord.ts';

const WAIT = 5000;
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const rfc = new SlashCommandBuilder()
  .setName('rfc')
  .setDescription('Changes')
  .addSubcommand((sub) =>
    sub
      .setName('new')
      .setDescription('Propose a change')
      .addStringOption((option) => option.setName('title').setDescription('What').setRequired(true).setMaxLength(50))
      .addUserOption((option) => option.setName('owner').setDescription('Who')),
  )
  .addSubcommandGroup((group) =>
    group
      .setName('vote')
      .setDescription('Voting')
      .addSubcommand((sub) =>
        sub
          .setName('open')
          .setDescription('Open the vote')
          .addStringOption((option) => option.setName('rfc').setDescription('Which').setRequired(true).setAutocomplete(true)),
      ),
  );

/** A fake with two people and a channel, and a real client logged in to it. */
async function start(options: FakeDiscordOptions = {}, client: Partial<ClientOptions> = {}) {
  const discord = await startFakeDiscord(options);
  ends.push(() => discord.close());
  discord.addUser({ id: '2001', name: 'anna', displayName: 'Anna Berg' });
  discord.addUser({ id: '2002', name: 'ben' });
  discord.addChannel({ id: '3001', name: 'cab' });
  const bot = await login(discord, client);
  return { discord, bot };
}

async function login(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const { Guilds, GuildMembers, GuildMessages, MessageContent, DirectMessages } = GatewayIntentBits;
  const bot = new Client({
    intents: [Guilds, GuildMembers, GuildMessages, MessageContent, DirectMessages],
    ...options,
    rest: { api: discord.apiUrl, retries: 0, ...options.rest },
  });
  bot.on(Events.Error, () => undefined);
  ends.push(() => bot.destroy());
  const ready = new Promise<Client<true>>((resolve) => bot.once(Events.ClientReady, resolve));
  await bot.login(discord.token);
  return ready;
}

function onInteraction(bot: Client, run: (interaction: Interaction) => Promise<unknown>): Error[] {
  const errors: Error[] = [];
  bot.on(Events.InteractionCreate, (interaction) => {
    run(interaction).catch((error: Error) => errors.push(error));
  });
  return errors;
}

async function textChannel(bot: Client, id = '3001') {
  const channel = await bot.channels.fetch(id);
  if (channel?.type !== ChannelType.GuildText) throw new Error('not a text channel');
  return channel;
}

const codeOf = (error: unknown) => (error instanceof DiscordAPIError ? `${error.status} ${error.code}` : String(error));

describe('login', () => {
  test('a client sees the guild, its channels and its members', async () => {
    const { discord, bot } = await start();
    const guild = await bot.guilds.fetch(discord.guildId);
    expect(bot.user.id).toBe(discord.applicationId);
    expect(guild.channels.cache.get('3001')?.name).toBe('cab');
    expect((await guild.members.fetch()).map((member) => member.displayName)).toContain('Anna Berg');
    expect((await guild.members.fetch('2002')).user.username).toBe('ben');
    expect((await bot.application.fetch()).flags.toArray()).toContain('GatewayMessageContentLimited');
  });

  test('a wrong token and refused intents end the login', async () => {
    const discord = await startFakeDiscord();
    ends.push(() => discord.close());
    const bot = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: discord.apiUrl } });
    ends.push(() => bot.destroy());
    await expect(bot.login('wrong')).rejects.toThrow(/invalid token/i);
    discord.allowIntents({ members: false });
    await expect(bot.login(discord.token)).rejects.toThrow(/disallowed intents/i);
  });
});

describe('commands', () => {
  test('a registered command can be said, and nothing else', async () => {
    const { discord, bot } = await start();
    await bot.application.commands.set([rfc], discord.guildId);
    expect(discord.commands().map((command) => command.name)).toEqual(['rfc']);
    onInteraction(bot, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const owner = interaction.options.getMember('owner');
      const name = owner && 'displayName' in owner ? owner.displayName : 'nobody';
      const path = [interaction.options.getSubcommandGroup(), interaction.options.getSubcommand()].join('/');
      await interaction.reply(`${path} ${interaction.options.getString('title')} ${name}`);
    });
    const said = await discord.command('ben', 'rfc new', { title: 'Move it', owner: 'anna' }).answered(WAIT);
    expect(said.replyText).toBe('/new Move it Anna Berg');
    expect(said.ms).toBeLessThan(3000);
    const opened = await discord.command('ben', '/rfc vote open', { rfc: '1' }).answered(WAIT);
    expect(opened.replyText).toContain('vote/open');
    expect(() => discord.command('ben', 'rfc')).toThrow('cannot be said bare');
    expect(() => discord.command('ben', 'rfc drop')).toThrow('no subcommand drop');
    expect(() => discord.command('ben', 'rfc new')).toThrow('wants the option title');
    expect(() => discord.command('ben', 'rfc new', { title: 'x', risk: 1 })).toThrow('no option risk');
    expect(() => discord.command('ben', 'rfc new', { title: 'x'.repeat(51) })).toThrow('1 to 50 characters');
  });

  test('registration is held to the limits', async () => {
    const { bot } = await start();
    const option = (name: string, required: boolean) => ({ type: 3, name, description: 'd', required });
    const bad: [string, object][] = [
      ['BASE_TYPE_BAD_LENGTH', { name: 'a', description: 'd'.repeat(101) }],
      ['APPLICATION_COMMAND_INVALID_NAME', { name: 'Has Space', description: 'd' }],
      [
        'BASE_TYPE_BAD_LENGTH',
        { name: 'a', description: 'd', options: Array.from({ length: 26 }, (_, i) => option(`o${i}`, false)) },
      ],
      ['REQUIRED_INVALID', { name: 'a', description: 'd', options: [option('a', false), option('b', true)] }],
      ['OPTIONS_TYPE_INVALID', { name: 'a', description: 'd', options: [{ ...option('s', false), type: 1 }, option('b', true)] }],
    ];
    for (const [code, command] of bad) {
      const refusal: unknown = await bot.rest
        .put(`/applications/${bot.application.id}/commands`, { body: [command] })
        .catch((error: unknown) => error);
      expect(codeOf(refusal)).toBe('400 50035');
      expect(String(refusal)).toContain(code);
    }
  });

  test('choices are offered while a person types', async () => {
    const { discord, bot } = await start();
    await bot.application.commands.set([rfc]);
    onInteraction(bot, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      await interaction.respond([{ name: `RFC ${interaction.options.getFocused()}`, value: '12' }]);
    });
    const typed = await discord.autocomplete('anna', 'rfc vote open', { option: 'rfc', text: '1' }).answered(WAIT);
    expect(typed.choices).toEqual([{ name: 'RFC 1', value: '12' }]);
  });
});

describe('forms', () => {
  test('a command opens a form, and what was filled in comes back', async () => {
    const { discord, bot } = await start();
    await bot.application.commands.set([rfc]);
    const errors = onInteraction(bot, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(form());
      if (!interaction.isModalSubmit()) return;
      const { fields } = interaction;
      const people = fields.getSelectedUsers('owner', true).map((user) => user.username);
      const parts = [fields.getTextInputValue('why'), fields.getTextInputValue('plan'), fields.getStringSelectValues('risk')[0]];
      await interaction.reply({ content: [...parts, ...people].join(' | '), flags: MessageFlags.Ephemeral });
    });
    const { modal } = await discord.command('anna', 'rfc new', { title: 'x' }).answered(WAIT);
    if (!modal) throw new Error('no form');
    expect(modal.title).toBe('New change');
    expect(modal.fields.map((field) => field.label)).toEqual(['Why', 'Plan', 'Risk', 'Owner']);
    expect(() => discord.submit(modal, { Owner: ['ben'] })).toThrow('"Why" is required');
    expect(() => discord.submit(modal, { Nothing: 'x' })).toThrow('no field Nothing');
    const sent = await discord.submit(modal, { Why: 'Faster', Owner: ['ben'] }).answered(WAIT);
    expect(sent.replyText).toBe('Faster | as before | low | ben');
    expect(discord.ephemerals('anna').map(textOf)).toEqual(['Faster | as before | low | ben']);
    expect(discord.ephemerals('ben')).toEqual([]);
    expect(discord.messages('cab')).toEqual([]);
    expect(errors).toEqual([]);
  });

  function form(): ModalBuilder {
    const why = new TextInputBuilder().setCustomId('why').setLabel('Why').setStyle(TextInputStyle.Paragraph);
    const plan = new TextInputBuilder().setCustomId('plan').setStyle(TextInputStyle.Short).setValue('as before');
    const risk = new StringSelectMenuBuilder()
      .setCustomId('risk')
      .setOptions({ label: 'Low', value: 'low', default: true }, { label: 'High', value: 'high' });
    const owner = new UserSelectMenuBuilder().setCustomId('owner');
    return new ModalBuilder()
      .setCustomId('rfc-new')
      .setTitle('New change')
      .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(why))
      .addLabelComponents(
        new LabelBuilder().setLabel('Plan').setTextInputComponent(plan),
        new LabelBuilder().setLabel('Risk').setStringSelectMenuComponent(risk),
        new LabelBuilder().setLabel('Owner').setUserSelectMenuComponent(owner),
      );
  }
});

describe('buttons', () => {
  const row = (...labels: string[]) =>
    new ActionRowBuilder<ButtonBuilder>().addComponents(
      labels.map((label) => new ButtonBuilder().setLabel(label).setCustomId(`do:${label}`).setStyle(ButtonStyle.Primary)),
    );

  test('a press is deferred, then the card is edited and a private word follows', async () => {
    const { discord, bot } = await start();
    const card = new ContainerBuilder().addTextDisplayComponents(new TextDisplayBuilder().setContent('RFC-1: vote'));
    const channel = await textChannel(bot);
    await channel.send({ components: [card, row('Approve', 'Block')], flags: MessageFlags.IsComponentsV2 });
    onInteraction(bot, async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply({
        components: [new TextDisplayBuilder().setContent(`Approved by ${interaction.user.username}`)],
      });
      await interaction.followUp({ content: 'Counted', flags: MessageFlags.Ephemeral });
    });
    const message = await discord.waitForMessage('cab', 'RFC-1', WAIT);
    expect(buttonsOf(message).map((button) => button.label)).toEqual(['Approve', 'Block']);
    expect(() => discord.press('anna', message, 'Veto')).toThrow('no button Veto');
    const pressed = discord.press('anna', message, 'Approve');
    expect(textOf(await pressed.updated(WAIT))).toBe('Approved by anna');
    expect(textOf(await pressed.followedUp(WAIT))).toBe('Counted');
    expect(message.edits).toHaveLength(1);
    expect(buttonsOf(message)).toEqual([]);
    expect(discord.messages('cab')).toHaveLength(1);
    expect(discord.ephemerals('anna')).toHaveLength(1);
  });

  test('a late answer, and a second one, are refused', async () => {
    const { discord, bot } = await start({ interactionDeadlineMs: 80 });
    await (await textChannel(bot)).send({ content: 'Card', components: [row('Late', 'Twice')] });
    const lapsed = Promise.withResolvers<void>();
    const errors = onInteraction(bot, async (interaction) => {
      if (!interaction.isButton()) return;
      if (interaction.customId === 'do:Late') await lapsed.promise;
      await interaction.reply('First');
      interaction.replied = false;
      await interaction.reply('Second');
    });
    const message = await discord.waitForMessage('cab', 'Card', WAIT);
    await expect(discord.press('anna', message, 'Late').answered(WAIT)).rejects.toThrow('did not respond');
    lapsed.resolve();
    await discord.press('anna', message, 'Twice').answered(WAIT);
    await expect.poll(() => errors.map(codeOf).sort()).toEqual(['400 40060', '404 10062']);
  });
});

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
    expect(codeOf(await sent.edit('again').catch((error: unknown) => error))).toBe('404 10008');
    await channel.send('@everyone');
    expect(discord.messages('cab').at(-1)?.pings.everyone).toBe(true);
    const thread = await channel.threads.create({ name: 'Timeline' });
    await thread.send('in the thread');
    expect(discord.threads('cab').map((each) => each.messages[0]?.content)).toEqual(['in the thread']);
  });

  test('the limits and rights of a channel', async () => {
    const { discord, bot } = await start();
    const channel = await textChannel(bot);
    const refusal = async (run: () => Promise<unknown>) => codeOf(await run().catch((error: unknown) => error));
    expect(await refusal(() => channel.send('x'.repeat(2001)))).toBe('400 50035');
    expect(await refusal(() => bot.rest.post('/channels/3001/messages', { body: {} }))).toBe('400 50006');
    const texts = [1, 2].map(() => ({ type: 10, content: 'x'.repeat(2001) }));
    expect(await refusal(() => bot.rest.post('/channels/3001/messages', { body: { flags: 32768, components: texts } }))).toBe(
      '400 50035',
    );
    discord.setChannel('cab', { botCanSend: false });
    expect(await refusal(() => channel.send('x'))).toBe('403 50013');
    discord.setChannel('cab', { botCanRead: false });
    expect(await refusal(() => channel.send('x'))).toBe('403 50001');
    discord.removeChannel('cab');
    expect(await refusal(() => channel.send('x'))).toBe('404 10003');
  });

  test('a direct message arrives, or is refused by who closed theirs', async () => {
    const { discord, bot } = await start();
    discord.addUser({ id: '2003', name: 'carl', dmClosed: true });
    await bot.users.send('2001', 'Please decide');
    expect((await discord.waitForDirectMessage('anna', 'decide', WAIT)).authorId).toBe(discord.applicationId);
    expect(codeOf(await bot.users.send('2003', 'Please decide').catch((error: unknown) => error))).toBe('403 50007');
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
});

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
    expect(codeOf(await channel.send('x').catch((error: unknown) => error))).toBe('403 50001');
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

  test('two clients with one token both hear', async () => {
    const { discord, bot } = await start();
    const second = await login(discord);
    const heard = [bot, second].map((each) => new Promise((resolve) => each.once(Events.MessageCreate, resolve)));
    discord.say('anna', 'cab', 'to both');
    await Promise.all(heard);
    expect(discord.gateway.sessions).toHaveLength(2);
  });
});
