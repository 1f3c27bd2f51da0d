/** A card as a mail: plain words, and the same as simple HTML. Nobody can press anything in a mail, so buttons are named only. */
import type { Card } from '../../src/chat/card.ts';
import type { Letter } from '../../src/chat/letter.ts';
import type { Names } from '../../src/chat/port.ts';
import { asHtml, asText, escaped, type Writing } from '../../src/chat/written.ts';
import { footOf } from './letter.ts';

/** The content id under which a drawing is attached; undefined: its words stand there instead. */
export type ContentId = (svg: string) => string | undefined;

/** Updates are answered by a reply, so their buttons are left out; what else has buttons has them in the chat. */
const writing = (names: Names, zone: string, letter: Letter | undefined): Writing => ({
  names,
  zone,
  ...(letter ? {} : { controls: (labels: string) => `In the chat you can choose: ${labels}.` }),
});

/** The card as plain text. Times are in `zone`, which is named beside each. */
export function textOf(card: Card, names: Names, zone: string, letter?: Letter): string {
  const foot = footOf(letter).map(({ words, link }) => (link === undefined ? words : `${words} ${link}`));
  return [asText(card, writing(names, zone, letter)), ...(foot.length > 0 ? [`-- \n${foot.join('\n')}\n`] : [])].join('\n');
}

/** The card as a page of HTML that looks right in mail programs without any style of its own. */
export function htmlOf(card: Card, names: Names, zone: string, contentId: ContentId = () => undefined, letter?: Letter): string {
  const picture = (svg: string) => {
    const id = contentId(svg);
    return id === undefined ? undefined : `cid:${id}`;
  };
  const foot = footOf(letter).map(({ words, link }) =>
    link === undefined ? `<p>${escaped(words)}</p>` : `<p>${escaped(words)} <a href="${escaped(link)}">${escaped(link)}</a></p>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(card.title)}</title></head>
<body>
<h2>${escaped(card.title)}</h2>
${[asHtml(card, { ...writing(names, zone, letter), picture }), ...(foot.length > 0 ? ['<hr>', ...foot] : [])].join('\n')}
</body>
</html>
`;
}
