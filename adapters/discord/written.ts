/** Reading one message of somebody. Its text is empty unless Discord lets Bellman read what is written (message content intent). */
import { type APIMessage, type REST, Routes } from 'discord.js';
import type { Written } from '../../src/chat/marked.ts';
import { CODE, codeOf } from './errors.ts';

/** The message as it is now; undefined when it is gone. */
export async function written(rest: REST, channel: string, message: string): Promise<Written | undefined> {
  try {
    const { content, author, timestamp } = (await rest.get(Routes.channelMessage(channel, message))) as APIMessage;
    return { text: content, user: author.id, at: Date.parse(timestamp) };
  } catch (error) {
    if (codeOf(error) === CODE.unknownMessage) return undefined;
    throw error;
  }
}
