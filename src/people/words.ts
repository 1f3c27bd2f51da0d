/** The organisation's list of words that do not belong outside: texts are looked through for them before they leave. Pure. */
import { accept, type Context, type Decision, requireRole, type WatchedWord } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';

export type WordsCommand =
  | { readonly type: 'add-word'; readonly word: string; readonly forbidden: boolean }
  | { readonly type: 'remove-word'; readonly word: string };

/** A word may name somebody: `words`. */
export type WordsEvent =
  | { readonly type: 'word-added'; readonly forbidden: boolean; readonly words: { readonly word: string } }
  | { readonly type: 'word-removed'; readonly words: { readonly word: string } };

/** What people see at once in a list, and what is looked through at each text. */
export const MOST_WORDS = 500;
export const LONGEST_WORD = 100;

const plain = (word: string): string => word.trim().replaceAll(/\s+/gu, ' ');
const sameWord = (one: string, other: string): boolean => plain(one).toLowerCase() === plain(other).toLowerCase();

/** Refuses `role-needed`, `word-too-long`, `word-list-full`, `unknown-listed-word`. A word that stands there already changes nothing. */
export function decideWords(words: readonly WatchedWord[], command: WordsCommand, context: Context): Decision<WordsEvent> {
  const lacking = requireRole(context, 'admin', 'communications');
  if (lacking) return lacking;
  const word = plain(command.word);
  const known = words.find((one) => sameWord(one.word, word));
  if (command.type === 'remove-word') {
    return known ? accept({ type: 'word-removed', words: { word: known.word } }) : refuse('unknown-listed-word', { word });
  }
  if (known?.forbidden === command.forbidden) return accept();
  if (word.length > LONGEST_WORD) return refuse('word-too-long', { length: word.length, most: LONGEST_WORD });
  if (!known && words.length >= MOST_WORDS) return refuse('word-list-full', { most: MOST_WORDS });
  return accept({ type: 'word-added', forbidden: command.forbidden, words: { word } });
}

/** The list after an event. */
export function evolveWords(words: readonly WatchedWord[], event: WordsEvent): readonly WatchedWord[] {
  const { word } = event.words;
  const others = words.filter((one) => !sameWord(one.word, word));
  return event.type === 'word-removed' ? others : [...others, { word, forbidden: event.forbidden }];
}
