/** Text for people in neutral pieces; each platform's renderer escapes every piece once. */
import type { Instant } from './instant.ts';

export type Inline =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly person: string }
  | { readonly place: string }
  | { readonly time: Instant }
  | { readonly link: string; readonly label: string };

/** A sentence or more; pieces stand next to each other without a blank between them. */
export type Words = readonly Inline[];

/** The pieces between which a separator stands, for example names in a list. */
export const joined = (pieces: readonly Inline[], separator = ', '): Words =>
  pieces.flatMap((piece, at) => (at === 0 ? [piece] : [separator, piece]));

/** Names as a sentence has them: "a, b and c". */
export const listed = (pieces: readonly Inline[], last = ' and '): Words =>
  pieces.flatMap((piece, at) => (at === 0 ? [piece] : [at === pieces.length - 1 ? last : ', ', piece]));

/** The first of these in a sentence, and how many more there are: "a, b and c", "a, b and 4 more". */
export const someOf = (pieces: readonly Inline[], most: number, none: string): Words => {
  if (pieces.length === 0) return [none];
  if (pieces.length <= most) return listed(pieces);
  return [...joined(pieces.slice(0, most)), ` and ${pieces.length - most} more`];
};
