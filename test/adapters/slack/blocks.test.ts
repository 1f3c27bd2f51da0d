import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { actionOf, contentOf, pressedIn } from '../../../adapters/slack/blocks.ts';
import { type Card, card, controls, divider, facts, list, text } from '../../../src/chat/card.ts';
import { overflowing, throwing } from '../../../src/chat/overflow.ts';
import type { Names } from '../../../src/chat/port.ts';
import { HOSTILE } from '../../contract/notes.ts';
import { blockProblems } from '../../fakes/slack/check-blocks.ts';
import type { Json } from '../../fakes/slack/json.ts';

const names: Names = (person) => (person === 'p1' ? { name: 'Anna Visser', user: 'U1' } : { name: 'Bob *Brown* <@U9>' });
const shown = (given: Card) => contentOf(given, names, throwing);
/** What Slack would refuse in the card; the blocks as they travel. */
const problems = (given: Card) => blockProblems(JSON.parse(JSON.stringify(shown(given).blocks)) as Json, 'message');
const section = (given: Card) => shown(given).blocks[1];
const sectionOf = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });

describe('a card on Slack', () => {
  test('has its title as a header, and its summary as the text of notifications', () => {
    const content = shown(card('RFC-7 waits', [], { summary: 'RFC-7 waits for your vote' }));
    expect(content).toEqual({
      text: 'RFC-7 waits for your vote',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'RFC-7 waits', emoji: false } }],
    });
  });

  test('mentions a person who has an account here, and names in bold who has none', () => {
    expect(section(card('T', [text('by ', { person: 'p1' }, ' for ', { person: 'p2' })]))).toEqual(
      sectionOf(
        { type: 'text', text: 'by ' },
        { type: 'user', user_id: 'U1' },
        { type: 'text', text: ' for ' },
        { type: 'text', text: 'Bob *Brown* <@U9>', style: { bold: true } },
      ),
    );
  });

  test('shows a time in the zone of its reader, and in UTC where that fails', () => {
    expect(section(card('T', [text({ time: Date.UTC(2027, 0, 15, 22) })]))).toEqual(
      sectionOf({
        type: 'date',
        timestamp: 1800050400,
        format: '{date_short_pretty} at {time}',
        fallback: 'Fri 15 Jan 2027, 22:00 (UTC)',
      }),
    );
  });

  test('mentions a channel of Slack, and names a place that is elsewhere', () => {
    expect(section(card('T', [text({ place: 'slack/channel/C1' }, { place: 'discord/channel/77' })]))).toEqual(
      sectionOf({ type: 'channel', channel_id: 'C1' }, { type: 'text', text: '#77 (discord)', style: { bold: true } }),
    );
  });

  test('links only what a browser opens', () => {
    const words = text({ link: 'https://example.org', label: 'page' }, { link: 'javascript:alert(1)', label: 'trap' });
    expect(section(card('T', [words]))).toEqual(
      sectionOf({ type: 'link', url: 'https://example.org', text: 'page' }, { type: 'text', text: 'trap' }),
    );
  });

  test('has its facts as lines with bold labels, and its list as a list', () => {
    const [, first, second, third] = shown(
      card('T', [facts(['A', '1'], ['B', { code: '2' }]), list(['x'], ['y']), divider]),
    ).blocks;
    expect(first).toEqual(
      sectionOf(
        { type: 'text', text: 'A:', style: { bold: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: '1' },
        { type: 'text', text: '\n' },
        { type: 'text', text: 'B:', style: { bold: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: '2', style: { code: true } },
      ),
    );
    expect(second).toMatchObject({ elements: [{ type: 'rich_text_list', style: 'bullet', elements: [{}, {}] }] });
    expect(third).toEqual({ type: 'divider' });
  });

  test('shows a picture from a public address, and says in words what others show', () => {
    const picture = (url: string) => card('T', [{ kind: 'image', url, alternative: 'a curve' }]);
    expect(section(picture('https://example.org/a.png'))).toEqual({
      type: 'image',
      image_url: 'https://example.org/a.png',
      alt_text: 'a curve',
    });
    expect(section(picture('http://10.0.0.1/a.png'))).toEqual(sectionOf({ type: 'text', text: 'a curve' }));
  });

  test('has at most five buttons a row, and tells equal actions apart', () => {
    const buttons = Array.from({ length: 7 }, (_, at) => ({
      label: `B${at}`,
      action: 'ballot.approve',
      record: 'RFC-7',
      value: '3',
    }));
    const [, first, second] = shown(card('T', [controls(...buttons)])).blocks;
    expect(first).toMatchObject({
      type: 'actions',
      elements: [{ action_id: 'ballot.approve' }, { action_id: 'ballot.approve#2' }, {}, {}, {}],
    });
    expect(second).toMatchObject({ type: 'actions', elements: [{}, { action_id: 'ballot.approve#7' }] });
    expect(actionOf('ballot.approve#7')).toBe('ballot.approve');
    expect(pressedIn('{"record":"RFC-7","value":"3"}')).toEqual({ record: 'RFC-7', value: '3' });
  });

  test.each(['', 'nonsense', '7', 'null', '{"value":"3"}', '{"record":7}'])('takes %j for no value of ours', (value) => {
    expect(pressedIn(value)).toBeUndefined();
  });
});

describe('what people write', () => {
  const everywhere = (words: string) =>
    card(words, [text(words, { bold: words }, { code: words }), facts([words.slice(0, 40) || 'x', words]), list([words])], {
      summary: words,
    });

  test.each(HOSTILE)('is shown to the letter: %s', (words) => {
    const { text: summary, blocks } = shown(everywhere(words));
    expect(problems(everywhere(words))).toEqual([]);
    expect(JSON.stringify(blocks)).toContain(JSON.stringify(words).slice(1, -1));
    expect(JSON.stringify(blocks)).not.toMatch(/"type":"(user|broadcast|link|usergroup|channel|emoji|mrkdwn)"/);
    expect(summary).not.toMatch(/[<>]|@(here|channel|everyone)/);
  });

  property.prop([fc.string({ unit: 'grapheme', maxLength: 140 })])('never becomes anything but text', (words) => {
    const { text: summary, blocks } = shown(everywhere(words || 'x'));
    const types = new Set(JSON.stringify(blocks).match(/"type":"[a-z_]+"/g));
    for (const type of types)
      expect(['header', 'plain_text', 'rich_text', 'rich_text_section', 'rich_text_list', 'text']).toContain(type.slice(8, -1));
    expect(summary.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
  });

  test('of 5,000 characters throws in tests', () => {
    expect(() => shown(card('T', [text('x'.repeat(5000))]))).toThrow('A text of a card has 5000, and 3000 fit');
    const mistake = { title: 'T'.repeat(200), tone: 'neutral', blocks: [], summary: 's' } as const;
    expect(() => shown(mistake)).toThrow('The title of a card has 200, and 150 fit');
  });

  test('of 5,000 characters shows in production that there is more, keeps the buttons, and is logged', () => {
    const logged: unknown[] = [];
    const long = card('T', [
      text('👩‍👩‍👧'.repeat(700)),
      text('y'.repeat(900)),
      controls({ label: 'Go', action: 'a', record: 'RFC-1' }),
    ]);
    const { blocks } = contentOf(long, names, (...what) => void logged.push(what));
    const said = JSON.stringify(blocks);
    expect(said).toContain('There is more than fits here.');
    expect(said).toContain('…');
    expect(said).toContain('"Go"');
    expect(said.isWellFormed()).toBe(true);
    expect(logged.length).toBeGreaterThan(0);
  });

  test('that does not fit throws under test, and else only logs', () => {
    const logged: string[] = [];
    const log = { warn: (_: object, message: string) => void logged.push(message) };
    expect(() => overflowing('Slack', log)('A text', 2, 1)).toThrow('A text has 2, and 1 fit');
    expect(logged).toEqual([]);
  });

  test('in more components than a card may have throws in tests', () => {
    expect(() =>
      shown(
        card(
          'T',
          Array.from({ length: 40 }, () => text('x')),
        ),
      ),
    ).toThrow('components');
  });
});

describe('a card without its buttons', () => {
  test('is what one person sees for a while', () => {
    const given = card('T', [text('x'), controls({ label: 'Go', action: 'a', record: 'RFC-1' })]);
    expect(JSON.stringify(contentOf(given, names, throwing, { plain: true }))).not.toContain('Go');
  });
});
