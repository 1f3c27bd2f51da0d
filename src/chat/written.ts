/** A card as it is written where nobody can press anything: plain words for mails and events, simple HTML for mails and pages. */
import type { Block, Card, Inline, Words } from './card.ts';
import type { Names } from './port.ts';
import { timeWords } from './time-words.ts';
import { chatLabel, wayLabel } from './ways.ts';

export interface Writing {
  readonly names: Names;
  /** IANA name of the zone in which times are written; it is named beside each. */
  readonly zone: string;
  /** What stands in place of buttons, by their labels; absent: nothing does. */
  readonly controls?: (labels: string) => string;
  /** The address of the picture that a drawing was made into; without one its words stand there. */
  readonly picture?: (svg: string) => string | undefined;
}

/** Makes text of words; the same pieces for both kinds. */
interface Pen {
  readonly plain: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly code: (text: string) => string;
  readonly time: (at: number, zone: string) => string;
  readonly link: (address: string, label: string) => string;
}

/** Text for HTML, also within a value of an attribute. */
export const escaped = (text: string): string =>
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
  time: timeWords,
  link: (address, label) => (label === address ? address : `${label} (${address})`),
};

const inHtml: Pen = {
  plain: (text) => escaped(text).replaceAll('\n', '<br>'),
  strong: (text) => `<strong>${inHtml.plain(text)}</strong>`,
  code: (text) => `<code>${escaped(text)}</code>`,
  time: (at, zone) => `<time datetime="${new Date(at).toISOString()}">${escaped(timeWords(at, zone))}</time>`,
  link: (address, label) => (isSafe(address) ? `<a href="${escaped(address)}">${escaped(label)}</a>` : escaped(label)),
};

function piece(inline: Inline, pen: Pen, { names, zone }: Writing): string {
  if (typeof inline === 'string') return pen.plain(inline);
  if ('bold' in inline) return pen.strong(inline.bold);
  if ('code' in inline) return pen.code(inline.code);
  if ('person' in inline) return pen.plain(names(inline.person).name);
  if ('place' in inline) return pen.plain(wayLabel(inline.place, names) ?? chatLabel(inline.place));
  if ('time' in inline) return pen.time(inline.time, zone);
  return pen.link(inline.link, inline.label);
}

const labels = (block: Extract<Block, { kind: 'controls' }>): string => block.controls.map(({ label }) => label).join(', ');

/** Words as plain text. */
export const asPlain = (words: Words, how: Pick<Writing, 'names' | 'zone'>): string =>
  words.map((inline) => piece(inline, inText, how)).join('');

/** The card as plain text, its title first. */
export function asText(card: Card, how: Writing): string {
  const words = (inlines: Words) => asPlain(inlines, how);
  const block = (one: Block): string | undefined => {
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
        return how.controls?.(labels(one));
      default:
        return one satisfies never;
    }
  };
  return `${[card.title, ...card.blocks.map(block).filter((one) => one !== undefined)].join('\n\n')}\n`;
}

/** The blocks of the card as HTML, without its title; it looks right without any style of its own. */
export function asHtml(card: Card, how: Writing): string {
  const words = (inlines: Words) => inlines.map((inline) => piece(inline, inHtml, how)).join('');
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
        const address = how.picture?.(one.svg);
        if (address === undefined) return `<p>${escaped(one.alternative)}</p>`;
        return `<p><img src="${escaped(address)}" alt="${escaped(one.alternative)}" style="max-width:100%"></p>`;
      }
      case 'divider':
        return '<hr>';
      case 'controls': {
        const instead = how.controls?.(labels(one));
        return instead === undefined ? '' : `<p>${escaped(instead)}</p>`;
      }
      default:
        return one satisfies never;
    }
  };
  return card.blocks
    .map(block)
    .filter((one) => one !== '')
    .join('\n');
}
