import { type RawFile, Routes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttonsOf, textOf } from './fake-discord.ts';
import { onInteraction, refusal, start, WAIT } from './test-client.ts';

const V2 = 32768;
const text = (length: number) => ({ type: 10, content: 'x'.repeat(length) });
const button = (id: string, more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: id, ...more });
const row = (...components: object[]) => ({ type: 1, components });
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const option = (value: string) => ({ label: value, value });
const select = (count: number) => ({ type: 3, custom_id: 's', options: many(count, (index) => option(`o${index}`)) });
const section = { type: 9, components: [text(10)], accessory: button('s') };

describe('the limits of a message', () => {
  const good: [string, object][] = [
    [
      'a whole card',
      { flags: V2, components: [{ type: 17, components: [section, { type: 14 }, text(3980), row(button('b'))] }] },
    ],
    ['forty components', { flags: V2, components: many(40, () => text(1)) }],
    [
      'five buttons, and a select',
      { content: 'x', components: [row(...many(5, (index) => button(`${index}`))), row(select(25))] },
    ],
    ['a link', { content: 'x', components: [row({ type: 2, style: 5, label: 'See', url: 'http://127.0.0.1:80/' })] }],
    ['embeds', { embeds: [{ title: 'x'.repeat(256), fields: many(25, () => ({ name: 'n', value: 'v' })) }] }],
  ];
  const bad: [string, object, string][] = [
    ['content', { content: 'x'.repeat(2001) }, 'BASE_TYPE_BAD_LENGTH'],
    ['nonce', { content: 'x', nonce: 'n'.repeat(26) }, 'BASE_TYPE_BAD_LENGTH'],
    [
      'components in all',
      { flags: V2, components: many(11, () => row(...many(3, (i) => button(`${i}`)))) },
      'MAX_TOTAL_COMPONENTS',
    ],
    ['text in all', { flags: V2, components: [text(2000), text(2001)] }, 'DISPLAYABLE_TEXT_SIZE'],
    ['content beside components v2', { flags: V2, content: 'x', components: [text(1)] }, 'LEGACY_FIELDS'],
    ['components v2 without the flag', { components: [text(1)] }, 'BASE_TYPE_CHOICES'],
    ['buttons in a row', { content: 'x', components: [row(...many(6, (index) => button(`${index}`)))] }, 'BASE_TYPE_BAD_LENGTH'],
    ['rows', { content: 'x', components: many(6, (index) => row(button(`${index}`))) }, 'BASE_TYPE_BAD_LENGTH'],
    ['a label', { content: 'x', components: [row(button('a', { label: 'l'.repeat(81) }))] }, 'BASE_TYPE_BAD_LENGTH'],
    ['a custom id', { content: 'x', components: [row(button('a'.repeat(101)))] }, 'BASE_TYPE_BAD_LENGTH'],
    ['a custom id twice', { content: 'x', components: [row(button('a'), button('a'))] }, 'CUSTOM_ID_DUPLICATED'],
    ['options', { content: 'x', components: [row(select(26))] }, 'BASE_TYPE_BAD_LENGTH'],
    [
      'a link to localhost',
      { content: 'x', components: [row({ type: 2, style: 5, label: 'x', url: 'http://localhost' })] },
      'URL',
    ],
    ['an embed', { embeds: [{ description: 'x'.repeat(4097) }] }, 'BASE_TYPE_BAD_LENGTH'],
    ['embeds in all', { embeds: many(2, () => ({ description: 'x'.repeat(3001) })) }, 'MAX_EMBED_SIZE'],
    ['mentions twice', { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } }, 'PARSE_EXCLUSIVE'],
  ];

  test('what is within them is taken, what is over them is refused', async () => {
    const { discord, bot } = await start();
    for (const [what, body] of good) {
      await bot.rest.post(Routes.channelMessages('3001'), { body }).catch((error: Error) => expect.fail(`${what}: ${error}`));
    }
    expect(discord.messages('cab')).toHaveLength(good.length);
    for (const [what, body, code] of bad) {
      const error: unknown = await bot.rest.post(Routes.channelMessages('3001'), { body }).catch((reason: unknown) => reason);
      expect(String(error), what).toContain(code);
    }
    expect(discord.messages('cab')).toHaveLength(good.length);
  });

  test('an edit cannot empty a message, nor change one of somebody else', async () => {
    const { discord, bot } = await start();
    const own = discord.messages('cab');
    expect(own).toEqual([]);
    const files: RawFile[] = [{ name: 'a.png', data: Buffer.from('png'), contentType: 'image/png' }];
    const components = [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }, row(button('b'))];
    await bot.rest.post(Routes.channelMessages('3001'), { body: { flags: V2, components }, files });
    const [message] = discord.messages('cab');
    if (!message) throw new Error('no message');
    expect(message.components[0]?.items?.[0]?.media.url).toBe(message.attachments[0]?.url);
    expect(buttonsOf(message)).toMatchObject([{ label: 'Go', customId: 'b', disabled: false }]);
    const empty = { body: { components: [], attachments: [] } };
    expect(await refusal(bot.rest.patch(Routes.channelMessage('3001', message.id), empty))).toBe('400 50006');
    const other = discord.say('anna', 'cab', 'mine');
    expect(await refusal(bot.rest.patch(Routes.channelMessage('3001', other.id), { body: { content: 'x' } }))).toBe('403 50005');
    expect(textOf(other)).toBe('mine');
  });
});

describe('the limits of a form', () => {
  const input = (id: string, more: object = {}) => ({ type: 4, custom_id: id, style: 1, ...more });
  const label = (component: object, title = 'Label') => ({ type: 18, label: title, component });
  const form = (components: object[], title = 'Title') => ({ custom_id: 'f', title, components });
  const bad: [string, object][] = [
    ['the title', form([label(input('a'))], 't'.repeat(46))],
    ['fields', form(many(6, (index) => label(input(`${index}`))))],
    ['a label', form([label(input('a'), 'l'.repeat(46))])],
    ['a row without a label', form([row(input('a'))])],
    ['a label within a label', form([label(input('a', { label: 'again' }))])],
    ['a preset text', form([label(input('a', { value: 'x'.repeat(11), max_length: 10 }))])],
    ['a bare button', form([row(button('a'))])],
    ['a placeholder', form([label(input('a', { placeholder: 'p'.repeat(101) }))])],
  ];

  test('what is over them is refused, and the interaction stays open', async () => {
    const { discord, bot } = await start();
    await bot.application.commands.set([{ name: 'form', description: 'A form' }]);
    const errors = onInteraction(bot, async (interaction) => {
      const path = Routes.interactionCallback(interaction.id, interaction.token);
      const answer = (data: object) => bot.rest.post(path, { auth: false, body: { type: 9, data } });
      for (const [what, data] of bad) expect(await refusal(answer(data)), what).toBe('400 50035');
      await answer(form([label(input('a', { required: false }))]));
    });
    const said = discord.command('anna', 'form');
    const opened = await said.opened(WAIT);
    expect(errors).toEqual([]);
    expect(opened.fields.map((field) => field.required)).toEqual([false]);
    expect(discord.calls.filter((call) => call.code === 50035)).toHaveLength(bad.length);
  });
});
