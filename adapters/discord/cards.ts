/** What people read that comes from the Discord adapter itself. */
import { type Card, card, controls, list, text } from '../../src/chat/card.ts';
import { CONTINUE, OPEN } from '../../src/chat/dispatch.ts';
import { buttonKey, type Press } from './keys.ts';
import { DISCORD_LIMITS } from './limits.ts';

/** The last line of a card that holds more than Discord shows. */
export const MORE = '-# There is more than fits here. The record\'s "show" and "history" commands have all of it.';

/** Tells a person that what they asked for waits in their direct messages. */
export const sentDirectlyCard = (title: string, address: string): Card =>
  card('Sent to you directly', [text({ link: address, label: title }, ' is in your direct messages, with its buttons.')]);

/** The same card for somebody whom a direct message does not reach: without its buttons, and with the step to take. */
export const withoutButtons = (shown: Card): Card => ({
  ...shown,
  blocks: [
    ...shown.blocks.filter(({ kind }) => kind !== 'controls'),
    text(
      'Its buttons come as a direct message, and that did not reach you. Allow direct messages in the privacy settings of this server, then ask again.',
    ),
  ],
});

/** Said in a channel to somebody whose direct messages are closed: no text of the answer, only the way to it. */
export const closedCard = (said: string): Card =>
  card('Your direct messages are closed', [
    text(
      'The answer is for you alone, so it is not shown here. Allow direct messages in the privacy settings of this server, or say ',
      { code: said },
      ' as a command: then only you see the answer.',
    ),
  ]);

/** A command that was said in words and asks for a form, or one whose form came too late to be opened by itself. */
export function openCard(title: string, press: Press | undefined, said: string): Card {
  if (!press || buttonKey(press).length > DISCORD_LIMITS.customId)
    return card(title, [text('This asks for a form. Say ', { code: said }, ' with its words as a command, and the form opens.')]);
  return card(title, [
    text('This asks for a form. Nothing is sent until you fill it in.'),
    controls({ label: 'Open', action: press.action, record: press.record, value: press.value ?? '', style: 'primary' }),
  ]);
}

/** A form that was not accepted: what to mend, field by field, and the way back to it as it was written. */
export const mendCard = (wrong: readonly (readonly [label: string, sentence: string])[], draft: string, step: number): Card =>
  card(
    'Not sent yet',
    [
      list(...wrong.map(([label, sentence]) => [{ bold: label }, `: ${sentence}`])),
      text('What you wrote is kept for an hour.'),
      controls({ label: 'Continue', action: CONTINUE, record: draft, value: String(step), style: 'primary' }),
    ],
    { tone: 'warning' },
  );

/** Stands where Discord insists on an answer and there is none. */
export const receivedCard: Card = card('Received');

/** Stands above an answer that everybody may read and that came later than Discord waits. */
export const belowCard: Card = card('Answered below');

/** Actions whose buttons belong to the form that somebody is filling in, and vanish with it. */
export const isOfForm = (action: string): boolean => action === CONTINUE || action === OPEN;

/** What Discord means by its codes, and the step to take. */
export const REFUSALS: Readonly<Record<number, string>> = {
  10003: 'Discord has no such channel: it was deleted, or Bellman is not in its server',
  10004: 'Bellman is not in this Discord server: invite it',
  10008: 'the message is gone from Discord',
  10013: 'Discord has no such person',
  50001: 'Bellman may not see this Discord channel: give it the permission to view the channel',
  50007: 'their direct messages on Discord are closed to Bellman',
  50013: 'Bellman may not do this in this Discord channel: give it the permissions to view, send, embed and read the history',
  50083: 'the Discord thread is archived: open it again',
  50278: 'their direct messages on Discord are closed to Bellman',
};

/** Permissions as Discord's settings call them. */
export const PERMISSIONS = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  CreatePublicThreads: 'Create Public Threads',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
} as const;
