import { describe, expect, test } from 'vitest';
import { card, controls, text } from '../../src/chat/card.ts';
import type { Entry } from '../../src/web/page-store.ts';
import { pressIndex, pressStatement } from '../../src/web/press-page.ts';
import { atomFeed, jsonFeed, statusPage } from '../../src/web/status-page.ts';

const AT = Date.UTC(2027, 0, 15, 21, 0);
const entry = (more: Partial<Entry> = {}): Entry => ({
  token: 't1',
  record: 'PRB-1',
  update: 'PRB-1.1',
  title: 'Refused connections',
  phase: 'first',
  outcome: 'stands',
  cards: [card('Update 1: Refused connections', [text('As of ', { time: AT }, '.'), text('Payments fail for <all> customers.')])],
  at: AT,
  ...more,
});
const second = entry({
  token: 't2',
  update: 'PRB-1.2',
  cards: [card('Update 2: Refused connections', [text('Half of the payments work again.')])],
  at: AT + 60_000,
});
const over = entry({ token: 't3', record: 'PRB-2', update: 'PRB-2.4', title: 'Slow pages', phase: 'resolved', at: AT - 60_000 });
const order = (page: string, ...words: readonly string[]) => words.map((word) => page.indexOf(word));
const rising = (numbers: readonly number[]) => numbers.every((one, at) => one >= 0 && (at === 0 || one > (numbers[at - 1] ?? 0)));

describe('the status page', () => {
  test('says that nothing is wrong when nothing is', () => {
    expect(statusPage([])).toContain('We know of no problem at the moment.');
    expect(statusPage([over])).toContain('We know of no problem at the moment.');
  });

  test('shows what is open above what is resolved, and the newest update of each first', () => {
    const page = statusPage([over, second, entry()]);
    expect(rising(order(page, 'id="open"', 'Half of the payments', 'Payments fail', 'id="resolved"', 'Slow pages'))).toBe(true);
    expect(page).toContain('Payments fail for &lt;all&gt; customers.');
    expect(page).toContain('<time datetime="2027-01-15T21:00:00.000Z">');
  });

  test('takes a correction of the last word for no news, and the last word that was taken back for none', () => {
    const mended = entry({ token: 't5', record: 'PRB-2', update: 'PRB-2.5', title: 'Slow pages', phase: 'correction' });
    expect(statusPage([mended, { ...over, outcome: 'corrected' }])).toContain('We know of no problem');
    expect(
      statusPage([
        { ...mended, phase: 'retraction' },
        { ...over, outcome: 'retracted' },
      ]),
    ).toContain('One matter is open.');
  });

  test('shows the last word of what is over, and the earlier ones behind it', () => {
    const before = entry({ token: 't4', record: 'PRB-2', update: 'PRB-2.3', title: 'Slow pages', at: AT - 120_000 });
    const page = statusPage([over, before]);
    expect(page).toContain('<summary>Earlier updates: 1</summary>');
    expect(rising(order(page, 'id="u-t3"', '<details>', 'id="u-t4"'))).toBe(true);
  });

  test('names no person, no place, no record and no button', () => {
    const inside = card('Update 3', [
      text('Ask ', { person: 'p7' }, ' in ', { place: 'slack/channel/C0SECRET' }, '.'),
      controls({ label: 'Seen', action: 'comms.seen', record: 'PRB-1' }),
    ]);
    const page = statusPage([entry({ cards: [inside] })]);
    expect(page).not.toMatch(/p7|C0SECRET|PRB-1|Seen/u);
  });

  test('marks what was corrected, and does not say again what was taken back', () => {
    const page = statusPage([
      entry({ outcome: 'corrected' }),
      entry({
        token: 't9',
        update: 'PRB-1.9',
        outcome: 'retracted',
        cards: [card('Update 9: Wrong', [text('It was sabotage.')])],
      }),
    ]);
    expect(page).toContain('Corrected: a later update says what is right.');
    expect(page).toContain('Payments fail');
    expect(page).toContain('Retracted: this update was taken back');
    expect(page).not.toContain('sabotage');
  });

  test('shows a long update whole, under one title', () => {
    const parts = [card('(1 of 2) Update 1: Long', [text('Beginning.')]), card('(2 of 2) Update 1: Long', [text('End.')])];
    const page = statusPage([entry({ cards: parts })]);
    expect(rising(order(page, 'Beginning.', 'End.'))).toBe(true);
    expect(page).not.toContain('(1 of 2)');
  });
});

describe('its feeds', () => {
  test('as Atom hold each update once, under a name of its own, and nothing that XML forbids', () => {
    const feed = atomFeed(
      [second, entry({ cards: [card('Update 1: \u0007 & <b>', [text('x')])] })],
      'https://status.bank.example',
    );
    expect(feed.match(/<entry>/gu)).toHaveLength(2);
    expect(feed).toContain('<id>urn:bellman:update:t2</id>');
    expect(feed).toContain('<link rel="self" href="https://status.bank.example/status/feed.atom"/>');
    expect(feed).toContain('<title>Update 1:  &amp; &lt;b&gt;</title>');
    expect(feed).not.toContain('\u0007');
  });

  test('tell readers of a feed that an update was corrected since', () => {
    const feed = atomFeed([second, entry({ outcome: 'corrected' })], '');
    const [, first = ''] = /<id>urn:bellman:update:t1<\/id>[\s\S]*?<updated>(.*?)<\/updated>/u.exec(feed) ?? [];
    expect(first).toBe(new Date(second.at).toISOString());
  });

  test('as JSON Feed say the same in HTML and in words', () => {
    const feed = JSON.parse(jsonFeed([second, entry()], 'https://status.bank.example'));
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      home_page_url: 'https://status.bank.example/status',
    });
    expect(feed.items).toHaveLength(2);
    expect(feed.items[1]).toMatchObject({
      id: 'urn:bellman:update:t1',
      url: 'https://status.bank.example/status#u-t1',
      title: 'Update 1: Refused connections',
      date_published: '2027-01-15T21:00:00.000Z',
    });
    expect(feed.items[1].content_text).toContain('Payments fail for <all> customers.');
  });
});

describe('a press statement', () => {
  test('stands alone under the name of the matter, and is listed', () => {
    const said = entry({
      cards: [card('Update 1, resolved: Refused connections', [text('Questions: press office, +49 30 1234.')])],
    });
    const page = pressStatement(said);
    expect(page).toContain('<h1>Refused connections</h1>');
    expect(page).toContain('Questions: press office, +49 30 1234.');
    expect(pressIndex([said])).toContain('<a href="/press/t1">Refused connections</a>');
    expect(pressIndex([])).toContain('There is no statement at the moment.');
  });
});
