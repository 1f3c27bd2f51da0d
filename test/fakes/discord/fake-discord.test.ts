import {
  ActionRowBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { describe, expect, test } from 'vitest';
import { textOf } from './fake-discord.ts';
import { codeOf, makeClient, onInteraction, start, startEmpty, WAIT } from './test-client.ts';

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
    const discord = await startEmpty();
    const bot = makeClient(discord);
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
    const modal = await discord.command('anna', 'rfc new', { title: 'x' }).opened(WAIT);
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
