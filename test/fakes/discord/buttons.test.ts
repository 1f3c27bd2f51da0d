import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttonsOf, textOf } from './fake-discord.ts';
import { codeOf, onInteraction, start, textChannel, WAIT } from './test-client.ts';

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

  test('a person answers in a direct message, through a form, and the card says so', async () => {
    const { discord, bot } = await start();
    const errors = onInteraction(bot, async (interaction) => {
      if (interaction.isButton()) {
        const why = new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Short);
        const label = new LabelBuilder().setLabel('Why').setTextInputComponent(why);
        await interaction.showModal(new ModalBuilder().setCustomId('block').setTitle('Block').addLabelComponents(label));
      } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        await interaction.update({ content: `Blocked: ${interaction.fields.getTextInputValue('why')}`, components: [] });
      }
    });
    await bot.users.send('2001', { content: 'Decide', components: [row('Block')] });
    const card = await discord.waitForDirectMessage('anna', 'Decide', WAIT);
    expect(() => discord.press('ben', card, 'Block')).toThrow('cannot see');
    const form = await discord.press('anna', card, 'Block').opened(WAIT);
    const sent = await discord.submit(form, { Why: 'Friday' }).answered(WAIT);
    expect(sent.replyText).toBe('Blocked: Friday');
    expect(textOf(card)).toBe('Blocked: Friday');
    expect(errors).toEqual([]);
  });

  test('a choice is answered after thinking, and a second word follows', async () => {
    const { discord, bot } = await start();
    const select = new StringSelectMenuBuilder()
      .setCustomId('risk')
      .setOptions({ label: 'Low', value: 'l' }, { label: 'High', value: 'h' });
    const people = new UserSelectMenuBuilder().setCustomId('owner');
    const rows = [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)];
    const more = [new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(people)];
    await (await textChannel(bot)).send({ content: 'Choose', components: [...rows, ...more] });
    const errors = onInteraction(bot, async (interaction) => {
      if (!interaction.isAnySelectMenu()) return;
      const thinking = await interaction.deferReply({ withResponse: true });
      const chosen = interaction.isUserSelectMenu() ? interaction.users.map((user) => user.username) : interaction.values;
      await interaction.editReply(`Chosen: ${chosen.join()}`);
      await interaction.followUp(`After ${thinking.interaction.responseMessageEphemeral ? 'private' : 'public'} thinking`);
    });
    const message = await discord.waitForMessage('cab', 'Choose', WAIT);
    expect(() => discord.select('anna', message, 'risk', ['Medium'])).toThrow('no option Medium');
    expect((await discord.select('anna', message, 'risk', ['High']).answered(WAIT)).replyText).toBe('Chosen: h');
    expect((await discord.select('anna', message, 'owner', ['ben']).answered(WAIT)).replyText).toBe('Chosen: ben');
    await discord.waitForMessage('cab', (each) => textOf(each) === 'After public thinking', WAIT);
    expect(errors).toEqual([]);
  });

  test('a used-up interaction takes no more words', async () => {
    const { discord, bot } = await start();
    await (await textChannel(bot)).send({ content: 'Card', components: [row('Go')] });
    const expired = Promise.withResolvers<void>();
    const errors = onInteraction(bot, async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await expired.promise;
      await interaction.followUp('Too late');
    });
    const pressed = discord.press('anna', await discord.waitForMessage('cab', 'Card', WAIT), 'Go');
    await pressed.acknowledged(WAIT);
    pressed.expireToken();
    expired.resolve();
    await expect.poll(() => errors.map(codeOf)).toEqual(['401 50027']);
  });
});
