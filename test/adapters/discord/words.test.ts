import { describe, expect, test } from 'vitest';
import { card, controls, text } from '../../../src/chat/card.ts';
import { textOf } from '../../fakes/discord/fake-discord.ts';
import { labels, setUp } from './asking.ts';
import { ANNA, BRAM, CEES, WAIT } from './setup.ts';

describe('words', () => {
  test('in a direct message are answered there', async () => {
    const { fake, intents } = await setUp();
    fake.say(ANNA.user, { direct: true }, 'note say hello you');
    await fake.waitForDirectMessage(ANNA.user, (message) => textOf(message).includes('### Said'), WAIT);
    expect(intents[0]).toMatchObject({ kind: 'words', at: 'discord/person/2001', words: 'note say hello you' });
  });

  test('with a mention are answered privately by a direct message; closed ones get a word in the channel, without the answer', async () => {
    const { fake } = await setUp();
    fake.say(ANNA.user, 'cab', 'note say a secret', { mentionsBot: true });
    await fake.waitForDirectMessage(ANNA.user, 'a secret', WAIT);
    fake.say(CEES.user, 'cab', 'note say hidden words', { mentionsBot: true });
    const word = await fake.waitForMessage('cab', 'direct messages are closed', WAIT);
    expect(word.replyTo).not.toBeNull();
    expect(fake.messages('cab').filter(({ authorId }) => authorId === fake.applicationId)).toHaveLength(1);
  });

  test('among people, and a reply to the bot without a mention, are nobody’s command', async () => {
    const { fake, intents } = await setUp();
    await fake.command(ANNA.user, 'note pin').answered(WAIT);
    const pinned = await fake.waitForMessage('cab', 'A note', WAIT);
    fake.say(BRAM.user, 'cab', 'note tell nobody');
    fake.say(BRAM.user, 'cab', 'thanks', { replyTo: pinned });
    fake.say(BRAM.user, 'cab', 'note tell all', { mentionsBot: true });
    await fake.waitForMessage('cab', 'Told', WAIT);
    expect(intents.map(({ kind }) => kind)).toEqual(['command', 'words']);
  });

  test('where Bellman may not write are answered directly', async () => {
    const { fake } = await setUp();
    fake.setChannel('cab', { botCanSend: false });
    fake.say(BRAM.user, 'cab', 'note tell everybody', { mentionsBot: true });
    await fake.waitForDirectMessage(BRAM.user, 'everybody', WAIT);
  });

  test('alone, a mention asks for help', async () => {
    const { fake, intents } = await setUp();
    fake.say(BRAM.user, 'cab', '', { mentionsBot: true });
    await fake.until(() => (intents.length > 0 ? true : undefined), WAIT, 'an intent');
    expect(intents[0]).toMatchObject({ kind: 'words', words: 'bellman help' });
  });
});

describe('a late answer', () => {
  test('after the quarter of an hour reaches the person directly', async () => {
    const { fake, platform, mind, intents } = await setUp();
    const said = await fake.command(ANNA.user, 'note say', { words: 'wait' }).answered(WAIT);
    said.expireToken();
    await platform.replyPrivately(intents[0]?.address ?? {}, card('Late', [text('the answer')]), await mind.names([]));
    await fake.waitForDirectMessage(ANNA.user, 'the answer', WAIT);
  });

  test('to words reaches the person directly', async () => {
    const { fake, platform, mind, intents } = await setUp();
    fake.say(ANNA.user, 'cab', 'note tell wait', { mentionsBot: true });
    await fake.waitForMessage('cab', 'Told', WAIT);
    await platform.replyPrivately(intents[0]?.address ?? {}, card('Late', [text('the answer')]), await mind.names([]));
    await fake.waitForDirectMessage(ANNA.user, 'the answer', WAIT);
  });

  test('with buttons to somebody whose direct messages are closed is refused when nothing else is left', async () => {
    const { fake, platform, mind, intents } = await setUp();
    const said = await fake.command(CEES.user, 'note say', { words: 'wait' }).answered(WAIT);
    const late = card('Late', [controls({ label: 'Like', action: 'note.like', record: 'RFC-1', value: 'x' })]);
    const address = intents[0]?.address ?? {};
    await platform.replyPrivately(address, late, await mind.names([]));
    expect(textOf(await fake.waitForEphemeral(CEES.user, 'Late', WAIT))).toContain('Allow direct messages');
    said.expireToken();
    await expect(platform.replyPrivately(address, late, await mind.names([]))).rejects.toMatchObject({ outcome: 'refused' });
  });

  test('that is a form is a button, because a dialog opens only at once', async () => {
    const { fake, platform, mind, intents } = await setUp();
    await fake.command(ANNA.user, 'note say', { words: 'wait' }).answered(WAIT);
    const form = {
      doing: 'note write',
      input: { title: 'x' },
      title: 'Write',
      submit: 'Keep',
      sections: [{ title: '1 of 1', fields: [{ name: 'title', label: 'Title', kind: 'line' as const, optional: false }] }],
    };
    await platform.openForm(intents[0]?.address ?? {}, form, await mind.names([]));
    const offered = await fake.waitForEphemeral(ANNA.user, 'asks for a form', WAIT);
    expect(labels(await fake.press(ANNA.user, offered, 'Open').opened(WAIT))).toContain('Title');
  });

  test('that is a button’s form is that button, for what it is about', async () => {
    const { fake, platform, mind, intents } = await setUp();
    await fake.command(ANNA.user, 'note say', { words: 'wait' }).answered(WAIT);
    const form = {
      doing: 'note.ask',
      input: { record: 'CI-1', value: 'b' },
      title: 'Ask',
      submit: 'Ask',
      sections: [{ title: '1 of 1', fields: [{ name: 'question', label: 'Question', kind: 'line' as const, optional: false }] }],
    };
    await platform.openForm(intents[0]?.address ?? {}, form, await mind.names([]));
    // Its button outlives the moment, so it is a message.
    const offered = await fake.waitForDirectMessage(ANNA.user, 'asks for a form', WAIT);
    expect(labels(await fake.press(ANNA.user, offered, 'Open').opened(WAIT))).toEqual(['Question']);
    expect(intents.at(-1)).toMatchObject({ kind: 'press', action: 'note.ask', record: 'CI-1', value: 'b' });
  });
});
