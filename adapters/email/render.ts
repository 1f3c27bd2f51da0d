/** A card as a mail: plain words, and the same as simple HTML. Each escapes once; nobody can press anything in a mail, so buttons are named only. */
import type { Block, Card, Inline, Words } from '../../src/chat/card.ts';
import type { Names } from '../../src/chat/port.ts';
import { timeWords } from '../../src/chat/time-words.ts';
import { chatLabel, wayLabel } from '../../src/chat/ways.ts';

/** Makes text of words; the same pieces for both kinds of mail. */
interface Pen {
  readonly plain: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly code: (text: string) => string;
  readonly link: (address: string, label: string) => string;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Links lead only to pages and mail; anything else stays text. */
const isSafe = (address: string): boolean => /^(https?:|mailto:)/iu.test(address);

const inText: Pen = {
  plain: (text) => text,
  strong: (text) => text,
  code: (text) => text,
  link: (address, label) => (label === address ? address : `${label} (${address})`),
};

const inHtml: Pen = {
  plain: (text) => escaped(text).replaceAll('\n', '<br>'),
  strong: (text) => `<strong>${inHtml.plain(text)}</strong>`,
  code: (text) => `<code>${escaped(text)}</code>`,
  link: (address, label) => (isSafe(address) ? `<a href="${escaped(address)}">${escaped(label)}</a>` : escaped(label)),
};

function piece(inline: Inline, pen: Pen, names: Names, zone: string): string {
  if (typeof inline === 'string') return pen.plain(inline);
  if ('bold' in inline) return pen.strong(inline.bold);
  if ('code' in inline) return pen.code(inline.code);
  if ('person' in inline) return pen.plain(names(inline.person).name);
  if ('place' in inline) return pen.plain(wayLabel(inline.place, names) ?? chatLabel(inline.place));
  if ('time' in inline) return pen.plain(timeWords(inline.time, zone));
  return pen.link(inline.link, inline.label);
}

const labels = (block: Extract<Block, { kind: 'controls' }>): string => block.controls.map(({ label }) => label).join(', ');

/** The card as plain text. Times are in `zone`, which is named beside each. */
export function textOf(card: Card, names: Names, zone: string): string {
  const words = (inlines: Words) => inlines.map((inline) => piece(inline, inText, names, zone)).join('');
  const block = (one: Block): string => {
    switch (one.kind) {
      case 'text':
        return words(one.text);
      case 'facts':
        return one.facts.map(({ label, value }) => `${label}: ${words(value)}`).join('\n');
      case 'list':
        return one.items.map((item) => `- ${words(item)}`).join('\n');
      case 'image':
        return `Picture: ${one.alternative} (${one.url})`;
      case 'picture':
        return `Picture: ${one.alternative}`;
      case 'divider':
        return '----';
      case 'controls':
        return `In the chat you can choose: ${labels(one)}.`;
      default:
        return one satisfies never;
    }
  };
  return `${[card.title, ...card.blocks.map(block)].join('\n\n')}\n`;
}

/** The content id under which a drawing is attached; undefined: its words stand there instead. */
export type ContentId = (svg: string) => string | undefined;

/** The card as a page of HTML that looks right in mail programs without any style of its own. */
export function htmlOf(card: Card, names: Names, zone: string, contentId: ContentId = () => undefined): string {
  const words = (inlines: Words) => inlines.map((inline) => piece(inline, inHtml, names, zone)).join('');
  const block = (one: Block): string => {
    switch (one.kind) {
      case 'text':
        return `<p>${words(one.text)}</p>`;
      case 'facts':
        return `<table cellpadding="4">${one.facts
          .map(({ label, value }) => `<tr><th align="left" valign="top">${escaped(label)}</th><td>${words(value)}</td></tr>`)
          .join('')}</table>`;
      case 'list':
        return `<ul>${one.items.map((item) => `<li>${words(item)}</li>`).join('')}</ul>`;
      case 'image':
        return isSafe(one.url) ? `<p><img src="${escaped(one.url)}" alt="${escaped(one.alternative)}"></p>` : '';
      case 'picture': {
        const id = contentId(one.svg);
        if (id === undefined) return `<p>${escaped(one.alternative)}</p>`;
        return `<p><img src="cid:${escaped(id)}" alt="${escaped(one.alternative)}" style="max-width:100%"></p>`;
      }
      case 'divider':
        return '<hr>';
      case 'controls':
        return `<p>In the chat you can choose: ${escaped(labels(one))}.</p>`;
      default:
        return one satisfies never;
    }
  };
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(card.title)}</title></head>
<body>
<h2>${escaped(card.title)}</h2>
${card.blocks.map(block).join('\n')}
</body>
</html>
`;
}
