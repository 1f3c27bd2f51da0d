/** The leak check as a plan's rules use it: what is told when a text is handed in, and what stops its release. Pure. */
import type { Context } from '../core/record.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { classOfLine } from './guarding.ts';
import { type Leak, leaksIn } from './leak.ts';
import type { Draft, Line } from './line.ts';

/** Those who work on the record may read its items, names and words; for everybody else they are looked for. */
const INSIDE = 'working-staff';

/** What of a text may not leave on this line, by the organisation's words of now. */
export const leaksOf = (
  line: Line,
  text: string,
  known: { readonly names?: readonly string[] | undefined; readonly class?: Draft['class'] },
  { org }: Pick<Context, 'org'>,
): readonly Leak[] =>
  leaksIn(text, {
    words: org.words ?? [],
    names: known.names ?? [],
    inside: line.audience === INSIDE,
    line: classOfLine(line),
    facts: known.class,
  });

/** Refuses `word-forbidden` (facts: `line`, `words`): nothing with such a word leaves, whenever it was forbidden. */
export function forbiddenIn(line: Line, { text }: Pick<Draft, 'text'>, { org }: Pick<Context, 'org'>): Refusal | undefined {
  const words = leaksIn(text, { words: org.words ?? [], names: [], inside: true })
    .filter(({ why }) => why === 'forbidden')
    .map(({ what }) => what);
  return words.length === 0 ? undefined : refuse('word-forbidden', { line: line.audience, words: [...new Set(words)] });
}
