import { describe, expect, test } from 'vitest';
import { htmlOf, textOf } from '../../../adapters/email/render.ts';
import { card, controls, divider, facts, list, text } from '../../../src/chat/card.ts';
import type { Names } from '../../../src/chat/port.ts';

const names: Names = (person) => ({ name: person === 'p1' ? 'Kate <CSR>' : person });
const AT = Date.UTC(2027, 0, 15, 21, 0);
const shown = card('PRB-2: "refused" <connections>', [
  text('As of ', { time: AT }, '. ', { bold: 'Until then' }, ' use ', { code: 'site <B>' }, '.\nThank you.'),
  facts(['Owner', { person: 'p1' }], ['Where', { place: 'console/channel/customers' }]),
  list(['one & two'], [{ link: 'https://bank.example/?a=1&b="2"', label: 'the page' }]),
  list([{ link: 'javascript:alert(1)', label: 'no link' }]),
  divider,
  { kind: 'image', url: 'https://bank.example/a.png', alternative: 'A chart' },
  controls({ label: 'Seen', action: 'update.seen', record: 'PRB-2' }, { label: 'Ask', action: 'update.ask', record: 'PRB-2' }),
]);

describe('a card as a mail', () => {
  test('in words has everything to the letter, and each time with its day and zone', () => {
    expect(textOf(shown, names, 'Europe/Berlin')).toBe(`PRB-2: "refused" <connections>

As of Fri 15 Jan 2027, 22:00 (Europe/Berlin). Until then use site <B>.
Thank you.

Owner: Kate <CSR>
Where: #customers

- one & two
- the page (https://bank.example/?a=1&b="2")

- no link (javascript:alert(1))

----

Picture: A chart (https://bank.example/a.png)

In the chat you can choose: Seen, Ask.
`);
  });

  test('in HTML is escaped once, everywhere', () => {
    const html = htmlOf(shown, names, 'UTC');
    expect(html).toContain('<h2>PRB-2: &quot;refused&quot; &lt;connections&gt;</h2>');
    expect(html).toContain(
      'As of <time datetime="2027-01-15T21:00:00.000Z">Fri 15 Jan 2027, 21:00 (UTC)</time>. <strong>Until then</strong> use <code>site &lt;B&gt;</code>.<br>Thank you.',
    );
    expect(html).toContain('<td>Kate &lt;CSR&gt;</td>');
    expect(html).toContain('<li>one &amp; two</li>');
    expect(html).toContain('<a href="https://bank.example/?a=1&amp;b=&quot;2&quot;">the page</a>');
    expect(html).not.toContain('javascript:');
    expect(html).not.toContain('&amp;amp;');
  });

  test('says for an update how it is answered and ended, and names no button that nobody can press', () => {
    const letter = {
      audience: 'customers',
      subject: 'Refused connections',
      replyTo: 'bellman+d7k2@bank.example',
      unsubscribe: { address: 'https://bellman.example/unsubscribe/d7k2', list: 'Customers & partners' },
    };
    const plain = textOf(shown, names, 'UTC', letter);
    expect(plain).not.toContain('Seen');
    expect(plain).toContain(`-- 
You have a question? Reply to this mail.
You get this because you are on the list Customers & partners. Unsubscribe: https://bellman.example/unsubscribe/d7k2
`);
    const html = htmlOf(shown, names, 'UTC', undefined, letter);
    expect(html).not.toContain('Seen');
    expect(html).toContain('<a href="https://bellman.example/unsubscribe/d7k2">');
    expect(html).toContain('Customers &amp; partners');
  });
});
