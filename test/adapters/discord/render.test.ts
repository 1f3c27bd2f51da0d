import { fc, test as properties } from '@fast-check/vitest';
import { ButtonStyle, ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { escaped, markdown } from '../../../adapters/discord/markdown.ts';
import { isMarked, marks, render } from '../../../adapters/discord/render.ts';
import { type Card, card, controls, divider, facts, list, text } from '../../../src/chat/card.ts';
import type { Overflow } from '../../../src/chat/overflow.ts';
import { overflowing, throwing } from '../../../src/chat/overflow.ts';
import { HOSTILE } from '../../contract/notes.ts';
import { textOf, walk } from './parts.ts';
import { shown } from './reading.ts';

const names = (person: string) => (person === 'p1' ? { name: 'Anna', user: '2001' } : { name: `*${person}*` });
const drawn = (what: Card, overflow: Overflow = throwing) => render(what, { names, overflow });
const handle = (user: string) => (user === '2001' ? 'anna' : user);

describe('words', () => {
  test.each(HOSTILE)('%s is read to the letter', (words) => {
    expect(shown(escaped(words), handle)).toEqual({ text: words, links: [] });
  });

  const pieces = [
    '\\',
    '*',
    '_',
    '~~',
    '`',
    '||',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '@',
    '#',
    '!',
    '-',
    '+',
    '1.',
    ' ',
    '\n',
    'a',
    'everyone',
    'here',
    '2001',
    'https://x.y/z',
    '```',
    '-# ',
    't:1:f',
    '&',
    ':',
  ];
  properties.prop([fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''))])(
    'whatever people write is read to the letter: nobody called, nothing linked, no look changed',
    (words) => {
      const mark = escaped(words);
      expect(shown(mark, handle)).toEqual({ text: words, links: [] });
      expect(mark).not.toMatch(/@(everyone|here)/u);
      expect(mark).not.toMatch(/(^|[^\\])<[@#t:]/u);
    },
  );

  test('pieces are what they are', () => {
    const words = markdown(
      [{ bold: 'a*b' }, ' ', { code: 'x `y`' }, ' ', { time: 1_700_000_000_123 }, ' ', { person: 'p1' }, ' ', { person: 'p2' }],
      names,
    );
    expect(words).toBe('**a\\*b** `` x `y` `` <t:1700000000:f> <@2001> \\*p2\\*');
    expect(markdown([{ place: 'discord/channel/3001' }, ' ', { place: 'slack/channel/C1' }], names)).toBe(
      '<#3001> #C1 (slack)'.replace('#C1', '\\#C1'),
    );
  });

  test('a link has its label, and only to the web', () => {
    expect(markdown([{ link: 'https://a.example/x?y=(1)', label: 'see [this]' }], names)).toBe(
      '[see \\[this\\]](<https://a.example/x?y=%281%29>)',
    );
    expect(markdown([{ link: 'javascript:alert(1)', label: 'see' }], names)).toBe('see');
    expect(markdown([{ link: 'https://a.example/>) @everyone', label: 'x' }], names)).not.toMatch(/>\) /u);
  });
});

describe('a card', () => {
  test('is one container: its title first, then its blocks, its buttons in rows of five', () => {
    const body = drawn(
      card(
        'RFC-1: Move\nthe database',
        [
          text('Vote now.'),
          facts(['Risk', 'high'], ['By', { person: 'p1' }]),
          list(['one'], ['two\nlines']),
          divider,
          controls(...Array.from({ length: 6 }, (_, at) => ({ label: `B${at}`, action: 'x', record: 'RFC-1', value: `${at}` }))),
        ],
        { tone: 'warning' },
      ),
    );
    const [container] = body.components;
    expect(container?.accent_color).toBeGreaterThan(0);
    expect(textOf(body)).toBe('### RFC-1: Move the database\nVote now.\n**Risk:** high\n**By:** <@2001>\n- one\n- two\n  lines');
    const rows = container?.components.flatMap((part) => (part.type === ComponentType.ActionRow ? [part.components.length] : []));
    expect(rows).toEqual([5, 1]);
  });

  test('calls only the people whom it names as persons', () => {
    const body = drawn(card('x', [text('<@2002> @everyone ', { person: 'p1' }, { place: 'discord/person/2003' })]));
    expect(body.allowed_mentions).toEqual({ parse: [], users: ['2001'] });
  });

  test('has buttons that say what they are', () => {
    const body = drawn(
      card('x', [
        controls(
          { label: 'Approve', action: 'ballot.approve', record: 'RFC-1', value: '3', style: 'primary' },
          { label: 'Reject', action: 'ballot.reject', record: 'RFC-1', style: 'danger' },
        ),
      ]),
    );
    expect(walk(body).filter(({ type }) => type === ComponentType.Button)).toEqual([
      { type: 2, style: ButtonStyle.Primary, label: 'Approve', custom_id: 'ballot.approve|RFC-1|3' },
      { type: 2, style: ButtonStyle.Danger, label: 'Reject', custom_id: 'ballot.reject|RFC-1' },
    ]);
  });

  test('shows a picture that Discord can fetch, and the words for one that it cannot', () => {
    const picture = (url: string) => walk(drawn(card('x', [{ kind: 'image', url, alternative: 'a *graph*' }])));
    expect(picture('https://a.example/g.png')).toContainEqual({
      type: ComponentType.MediaGallery,
      items: [{ media: { url: 'https://a.example/g.png' }, description: 'a *graph*' }],
    });
    for (const url of ['file:///etc/passwd', 'not an address', 'http://localhost/x.png'])
      expect(picture(url)).toContainEqual(expect.objectContaining({ content: 'a \\*graph\\*' }));
  });

  test('carries its delivery where nobody sees it, and keeps it when it is rendered again', () => {
    const first = render(card('x'), { names, overflow: throwing, delivery: 'd1' });
    const again = render(card('y', [text('z')]), { names, overflow: throwing, delivery: 'd1' });
    for (const { components } of [first, again]) {
      expect(isMarked(components, 'd1')).toBe(true);
      expect(isMarked(components, 'd2')).toBe(false);
    }
    expect(textOf(first)).toBe('### x');
    for (const mark of marks('d1')) expect(mark).toBeLessThan(2 ** 31);
  });
});

describe('what is too much', () => {
  const much = card('Much', [
    text('x'.repeat(3000)),
    text('y'.repeat(3000)),
    controls(...Array.from({ length: 60 }, (_, at) => ({ label: `B${at}`, action: 'x', record: 'RFC-1', value: `${at}` }))),
  ]);

  test('is a mistake in tests', () => {
    expect(() => drawn(much, overflowing('Discord', { warn: () => undefined }))).toThrow(/and \d+ fit/u);
    expect(() => drawn(card('x', [controls({ label: 'x', action: 'a'.repeat(101), record: 'RFC-1' })]))).toThrow('and 100 fit');
    expect(() => drawn(card('x', [controls({ label: 'l'.repeat(81), action: 'a', record: 'RFC-1' })]))).toThrow('and 80 fit');
  });

  test('is shown as far as it fits, with a line that says that there is more, and told to the log', () => {
    const told: string[] = [];
    const body = drawn(much, (what) => told.push(what));
    const all = walk(body);
    expect(all.length).toBeLessThanOrEqual(40);
    expect(textOf(body).length).toBeLessThanOrEqual(4000);
    expect(textOf(body)).toMatch(/…\n-# There is more than fits here/u);
    expect(told).toContain('the text of a card');
    expect(told).toContain('the components of a card');
  });

  test('a button that Discord would refuse the whole message for is left out, and told', () => {
    const told: string[] = [];
    const button = { label: 'x', action: 'a', record: 'RFC-1' };
    const body = drawn(
      card('x', [controls(button, { ...button, label: 'again' }, { ...button, action: 'a'.repeat(120) })]),
      (what) => told.push(what),
    );
    expect(walk(body).filter(({ type }) => type === ComponentType.Button)).toHaveLength(1);
    expect(told).toHaveLength(2);
  });
});
