/** A message in the neutral form that every platform can show. Plain readonly data; renderers escape once. */
import type { Words } from '../core/inline.ts';
import type { RecordId } from '../core/record.ts';

export type { Inline, Words } from '../core/inline.ts';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export interface Fact {
  readonly label: string;
  readonly value: Words;
}

/** A button. Action and record are a routing key, never a right. */
export interface Control {
  readonly label: string;
  readonly action: string;
  readonly record: RecordId;
  /** What an old click must be told from a new one by: a ballot's revision, a draft's hash. */
  readonly value?: string;
  readonly style?: 'primary' | 'danger';
}

export type Block =
  | { readonly kind: 'text'; readonly text: Words }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly Words[] }
  | { readonly kind: 'image'; readonly url: string; readonly alternative: string }
  /** A drawing of ours. Where it cannot be shown, its alternative stands there; never the message without it. */
  | { readonly kind: 'picture'; readonly svg: string; readonly alternative: string }
  | { readonly kind: 'divider' }
  | { readonly kind: 'controls'; readonly controls: readonly Control[] };

export interface Card {
  readonly title: string;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  /** Makes sense alone, in a notification and in a screen reader. */
  readonly summary: string;
}

/** Limits that every platform can hold (design section 4). */
export const LIMITS = {
  title: 150,
  text: 3000,
  facts: 10,
  buttonsARow: 5,
  buttonLabel: 75,
  action: 100,
  options: 25,
  formTitle: 24,
  fieldLabel: 45,
  fieldsASection: 5,
  card: 3500,
  components: 35,
} as const;

/** A paragraph of words. */
export const text = (...words: Words): Block => ({ kind: 'text', text: words });
/** Labels with their values, at most ten. */
export const facts = (...pairs: readonly (readonly [label: string, ...value: Words])[]): Block => ({
  kind: 'facts',
  facts: pairs.map(([label, ...value]) => ({ label, value })),
});
/** Items, each in words. */
export const list = (...items: readonly Words[]): Block => ({ kind: 'list', items });
/** Buttons in a row, at most five. */
export const controls = (...buttons: readonly Control[]): Block => ({ kind: 'controls', controls: buttons });
/** A drawing of ours as SVG; the alternative says in words all that it shows. */
export const picture = (svg: string, alternative: string): Block => ({ kind: 'picture', svg, alternative });
export const divider: Block = { kind: 'divider' };

/** A card of one title and a few blocks. The summary is the title unless given. */
export const card = (title: string, blocks: readonly Block[] = [], more: { tone?: Tone; summary?: string } = {}): Card => ({
  title: shortened(title, LIMITS.title),
  tone: more.tone ?? 'neutral',
  blocks,
  summary: shortened(more.summary ?? title, LIMITS.text),
});

/** The buttons as a row of their own; no buttons, no row. */
export const rowOf = (buttons: readonly Control[]): readonly Block[] => (buttons.length === 0 ? [] : [controls(...buttons)]);

/** A word as it begins a sentence. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The text, or its beginning with an ellipsis that shows that there is more. Never cuts a surrogate pair. */
export function shortened(words: string, limit: number): string {
  const characters = [...words];
  if (words.length <= limit) return words;
  let short = '';
  for (const character of characters) {
    if (short.length + character.length > limit - 1) break;
    short += character;
  }
  return `${short}…`;
}
