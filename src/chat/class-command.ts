/** How people say how far a record may be known: the same words for every kind of record (S3). */
import type { Classify } from '../core/classify.ts';
import { isPrivate } from '../core/reading.ts';
import { CLASSES, type DataClass, type Part, type RecordId, type RecordKind, type Typed } from '../core/record.ts';
import { type Card, card, text } from './card.ts';
import { aRecord, type Command, command, oneOf, privately } from './registry.ts';

interface Classed<S, C extends Typed, E extends Typed> {
  /** The first word of the command: `problem`. */
  readonly root: string;
  /** With its article: `a problem`. */
  readonly one: string;
  readonly kind: RecordKind;
  readonly part: Part<S, C | Classify, E>;
}

/** A class, as commands take it. */
export const aClass = oneOf('how far it may be known', ...CLASSES);

/** `/problem class PRB-1 private` of such a room. */
export const classCommand = <S, C extends Typed, E extends Typed>({ root, one, kind, part }: Classed<S, C, E>): Command =>
  command({
    name: `${root} class`,
    help: `Say how far ${one} may be known; a private one is there for its own people only.`,
    args: { record: aRecord(`the ${root}, for example ${kind}-1`, kind), class: aClass },
    run: (c, { record, class: wanted }) =>
      c.change({
        record,
        part,
        command: { type: 'classify', class: wanted },
        reply: ({ events }) => privately(classedCard(record, wanted, events.length > 0)),
      }),
  });

const classedCard = (record: RecordId, of: DataClass, changed: boolean): Card =>
  card(`${record} is ${of}${changed ? '' : ' already'}`, [
    text(
      isPrivate(of)
        ? 'Only its own people, those who manage such records and security see it, in lists, searches and cards. What was said about it in channels before stays there: take it down by hand.'
        : 'Everybody here can find it. What its updates may carry, their lines say.',
    ),
  ]);
