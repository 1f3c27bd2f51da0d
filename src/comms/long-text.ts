/** Cutting a long update into parts that fit a card on every platform, at paragraph ends where there are any (design section 4). */

/** What the text of one card may weigh once it is escaped; the rest of the card's 3,500 characters is for title, times and names. */
const PART = 2200;

/** What a character weighs after the escaping that costs most: `&amp;`, `&lt;`, a backslash before mark-up. */
export function weight(character: string): number {
  if (character === '&') return 5;
  if (character === '<' || character === '>') return 4;
  return /[\\*_~`|[\](){}#+\-.!:/@]/u.test(character) ? 2 : character.length;
}

/** Where a text may be cut, best first: between paragraphs, lines, sentences, words. */
const ENDS: readonly RegExp[] = [/\n\s*\n/gu, /\n/gu, /(?<=[.!?])\s/gu, /\s/gu];

/** The text in parts, none of which is empty; a short text is one part, and is not changed. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  for (let fits = fitting(rest); fits < rest.length; fits = fitting(rest)) {
    const cut = cutIn(rest.slice(0, fits));
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** How many UTF-16 units from the start are light enough; never ends within a surrogate pair. */
function fitting(text: string): number {
  let weighs = 0;
  let units = 0;
  for (const character of text) {
    weighs += weight(character);
    if (weighs > PART) return units;
    units += character.length;
  }
  return units;
}

function cutIn(piece: string): number {
  for (const end of ENDS) {
    const last = [...piece.matchAll(end)].at(-1);
    if (last && last.index > 0) return last.index;
  }
  return piece.length;
}
