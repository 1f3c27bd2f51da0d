/** Messages of people to which something was done: marked with an emoji, pinned, edited, deleted. */
import type { Instant } from '../core/instant.ts';

/** What was done; the message itself is read when it matters. */
export interface Mark {
  /** The platform's own id of the message, at the place where it was done. */
  readonly message: string;
  readonly how: 'emoji' | 'pin' | 'changed';
  /** The emoji's name without colons, as Slack has it: `pushpin`. */
  readonly emoji?: string;
}

/** A message as it is there now. */
export interface Written {
  readonly text: string;
  /** Who wrote it, as the platform knows them. */
  readonly user: string;
  readonly at: Instant;
  /** Where it can be opened. */
  readonly link?: string | undefined;
}

/** The action under which the one handler of marks is declared; nobody can press it. */
export const MARKED = 'message.marked';

/** What some platforms send as a sign, by the name that others give it. */
const SIGNS: Readonly<Record<string, string>> = {
  '📌': 'pushpin',
  '📍': 'round_pushpin',
  '📝': 'memo',
  '🔖': 'bookmark',
  '⭐': 'star',
  '👀': 'eyes',
  '✅': 'white_check_mark',
  '⏱': 'stopwatch',
  '🕐': 'clock1',
  '📅': 'date',
};

/** `:pushpin:`, `📌` and `pushpin` are the same; a skin tone and a variant of the sign do not count. */
export function emojiName(said: string): string {
  const plain = said
    .trim()
    .replaceAll('\uFE0F', '')
    .replace(/^<a?:(\w+):\d+>$/u, '$1')
    .replaceAll(/^:|:$/gu, '')
    .replace(/::skin-tone-\d$/u, '');
  return SIGNS[plain] ?? plain.toLowerCase();
}
