/** Whom a card or a form names, so that a renderer can ask for all their names at once. */
import type { PersonId } from '../core/record.ts';
import type { Card, Words } from './card.ts';
import type { Form } from './form.ts';
import { callAt } from './ways.ts';

/** Every person whom a card names. */
export function peopleOfCard(card: Card): readonly PersonId[] {
  const words = card.blocks.flatMap((block): Words => {
    switch (block.kind) {
      case 'text':
        return block.text;
      case 'facts':
        return block.facts.flatMap(({ value }) => value);
      case 'list':
        return block.items.flat();
      case 'image':
      case 'picture':
      case 'divider':
      case 'controls':
        return [];
      default:
        return block satisfies never;
    }
  });
  return words.flatMap((piece) => {
    if (typeof piece === 'string') return [];
    if ('person' in piece) return [piece.person];
    // A call by hand is named with who makes it.
    return 'place' in piece ? [callAt(piece.place)?.person ?? []].flat() : [];
  });
}

/** Every person who stands in a form's fields at first. */
export const peopleOfForm = (form: Form): readonly PersonId[] =>
  form.sections
    .flatMap(({ fields }) => fields)
    .filter(({ kind }) => kind === 'person' || kind === 'people')
    .flatMap(({ initial }) => idsIn(initial));

/** The ids in a field's initial text, which separates them by commas. */
export const idsIn = (initial: string | undefined): readonly PersonId[] =>
  (initial ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
