/** What the public pages have in common: one plain document that works without any script, also printed and read aloud. */
import { createHash } from 'node:crypto';
import type { Card } from '../chat/card.ts';
import { timeWords } from '../chat/time-words.ts';
import { asHtml, asText, escaped } from '../chat/written.ts';
import type { Inline, Words } from '../core/inline.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --quiet: color-mix(in srgb, currentColor 70%, transparent); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem 4rem; font: 1.0625rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1.1rem; margin: 0 0 .75rem; }
h4 { font-size: 1rem; margin: 0; }
p { margin: .5rem 0; }
a { color: inherit; text-underline-offset: .15em; }
a:focus-visible, button:focus-visible { outline: 3px solid; outline-offset: 3px; }
article { border: 1px solid var(--line); border-left-width: .35rem; border-radius: .4rem; padding: 1rem 1.1rem; margin: 0 0 1rem; }
article.open { border-left-color: #b45309; }
article.resolved { border-left-color: #15803d; }
ol { list-style: none; margin: 0; padding: 0; }
ol > li + li { border-top: 1px solid var(--line); margin-top: .9rem; padding-top: .9rem; }
details { margin-top: .9rem; }
summary { cursor: pointer; }
details ol { margin-top: .75rem; }
.quiet, footer { color: var(--quiet); font-size: .95rem; }
.mark { font-weight: 600; }
.all-well { border: 1px solid var(--line); border-left: .35rem solid #15803d; border-radius: .4rem; padding: 1rem 1.1rem; font-weight: 600; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: .75rem; }
button { font: inherit; font-weight: 600; padding: .6rem 1.1rem; border-radius: .4rem; border: 1px solid; background: none; color: inherit; cursor: pointer; }
@media print {
  @page { margin: 22mm; }
  body { max-width: none; padding: 0; font: 11.5pt/1.5 Georgia, serif; color: #000; background: #fff; }
  .screen { display: none; }
  article, li { break-inside: avoid; }
  a { text-decoration: none; }
}
`;

/** Nothing is loaded and nothing runs on these pages, whatever somebody wrote into an update. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface Document {
  readonly title: string;
  /** HTML for the head: feeds. */
  readonly head?: string;
  /** HTML. */
  readonly body: string;
}

/** The whole page. */
export const documentOf = ({ title, head = '', body }: Document): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
${head}<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;

/** Readers are anywhere: times are in UTC, and machines read them too. */
const ZONE = 'UTC';

/** Pages name nobody inside: what names a person or a place of a chat is left out, and only its text stands. */
const nobody = (inline: Inline): readonly Inline[] =>
  typeof inline === 'object' && ('person' in inline || 'place' in inline) ? [] : [inline];
const anonymous = (words: Words): Words => words.flatMap(nobody);

const publicBlocks = (card: Card): Card => ({
  ...card,
  blocks: card.blocks.flatMap((block): Card['blocks'] => {
    switch (block.kind) {
      case 'text':
        return [{ ...block, text: anonymous(block.text) }];
      case 'facts':
        return [{ ...block, facts: block.facts.map(({ label, value }) => ({ label, value: anonymous(value) })) }];
      case 'list':
        return [{ ...block, items: block.items.map(anonymous) }];
      case 'image':
      case 'picture':
      case 'divider':
        return [block];
      case 'controls':
        return [];
      default:
        return block satisfies never;
    }
  }),
});

const writing = { names: () => ({ name: '' }), zone: ZONE };

/** What an update says, in HTML. */
export const saidIn = (cards: readonly Card[]): string => cards.map((card) => asHtml(publicBlocks(card), writing)).join('\n');

/** The same as plain text, under its title. */
export const plainlyIn = (cards: readonly Card[]): string => cards.map((card) => asText(publicBlocks(card), writing)).join('\n');

/** A time in HTML. */
export const timeIn = (at: number): string =>
  `<time datetime="${new Date(at).toISOString()}">${escaped(timeWords(at, ZONE))}</time>`;
