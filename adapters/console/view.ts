/** Cards and forms as the page gets them: JSON in which people and places have their names. The page makes text nodes of it, never markup. */
import type { Block, Card, Inline, Words } from '../../src/chat/card.ts';
import type { Field, Form } from '../../src/chat/form.ts';
import { idsIn } from '../../src/chat/mentions.ts';
import { type Names, type Place, placeParts } from '../../src/chat/port.ts';
import { chatLabel, wayLabel } from '../../src/chat/ways.ts';

export type InlineView =
  | Exclude<Inline, { readonly person: string } | { readonly place: string }>
  | { readonly person: string; readonly name: string }
  | { readonly place: Place; readonly label: string };

type WordsView = readonly InlineView[];

export type BlockView =
  | { readonly kind: 'text'; readonly text: WordsView }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: WordsView }[] }
  | { readonly kind: 'list'; readonly items: readonly WordsView[] }
  | Extract<Block, { kind: 'image' | 'divider' | 'controls' }>;

export interface CardView extends Omit<Card, 'blocks'> {
  readonly blocks: readonly BlockView[];
}

/** How a place is called on the page: `#cab`, `@kevin`, or as it is called where it is. */
function placeLabel(place: Place, names: Names): string {
  const { platform } = placeParts(place);
  const name = chatLabel(place);
  return wayLabel(place, names) ?? (platform === 'console' ? name : `${name} (${platform})`);
}

function wordsView(words: Words, names: Names): WordsView {
  return words.map((piece): InlineView => {
    if (typeof piece === 'string') return piece;
    if ('person' in piece) {
      const { name, user } = names(piece.person);
      return { person: user ?? '', name };
    }
    if ('place' in piece) return { place: piece.place, label: placeLabel(piece.place, names) };
    return piece;
  });
}

/** A drawing that the page shows as any picture: nothing in it runs or is fetched there. */
const drawn = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;

function blockView(block: Block, names: Names): BlockView {
  switch (block.kind) {
    case 'text':
      return { kind: 'text', text: wordsView(block.text, names) };
    case 'facts':
      return { kind: 'facts', facts: block.facts.map(({ label, value }) => ({ label, value: wordsView(value, names) })) };
    case 'list':
      return { kind: 'list', items: block.items.map((item) => wordsView(item, names)) };
    case 'picture':
      return { kind: 'image', url: drawn(block.svg), alternative: block.alternative };
    case 'image':
    case 'divider':
    case 'controls':
      return block;
    default:
      return block satisfies never;
  }
}

/** The card with names in place of ids. */
export const cardView = (card: Card, names: Names): CardView => ({
  ...card,
  blocks: card.blocks.map((block) => blockView(block, names)),
});

/** A field in which people are called by their handles here; somebody without one keeps the id, under their name. */
function fieldView(field: Field, names: Names): Field {
  if ((field.kind !== 'person' && field.kind !== 'people') || !field.initial) return field;
  const known = idsIn(field.initial).map((id) => ({ id, ...names(id) }));
  const elsewhere = known.flatMap(({ id, name, user }) => (user === undefined ? [{ value: id, label: name }] : []));
  return {
    ...field,
    initial: known.map(({ id, user }) => user ?? id).join(','),
    ...(elsewhere.length > 0 ? { choices: elsewhere } : {}),
  };
}

/** The form with handles in place of person ids. */
export const formView = (form: Form, names: Names): Form => ({
  ...form,
  sections: form.sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) => fieldView(field, names)),
  })),
});

/** Whether somebody can press something on it. */
export const hasButtons = (card: Card): boolean => card.blocks.some(({ kind }) => kind === 'controls');
