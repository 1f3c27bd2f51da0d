import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { card, controls } from '../../src/chat/card.ts';
import { ballotCard, fakeBellman, fakeNames } from '../adapters/console/fake-bellman.ts';
import { type Served, served } from '../adapters/console/served.ts';
import { browserMissing, startBrowser, type TestBrowser } from './browser.ts';
import { log, type OpenedPage, openAs, sayWithKeys } from './opened.ts';

const CAB = 'console/channel/cab';
let browser: TestBrowser;
let server: Served;
let opened: OpenedPage[] = [];
let bellman: ReturnType<typeof fakeBellman>;

const open = async (handle: string, channel = 'cab', options = {}): Promise<Page> => {
  const one = await openAs(browser, server.url, handle, channel, options);
  opened.push(one);
  return one.page;
};
const post = async (delivery: string, shown = ballotCard(Date.now())) =>
  server.console.post(CAB, { delivery, record: 'RFC-7', card: shown }, await fakeNames());
/** Text, role and value of what has the focus. */
const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');

const missing = browserMissing();

describe.skipIf(missing !== undefined)(`the console in a browser${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    bellman = fakeBellman();
    server = await served(bellman.dispatch);
  });
  afterEach(async () => {
    for (const { page } of opened) await page.context().close();
    const errors = opened.flatMap((one) => one.errors);
    opened = [];
    await server.stop();
    expect(errors).toEqual([]);
  });

  describe('the page', () => {
    test('shows what people wrote as text, whatever it looks like', async () => {
      const page = await open('kevin');
      const hostile = '<img src=x onerror="alert(1)"> <script>alert(2)</script> @everyone [a](javascript:alert(3)) \u202Eabc';
      await sayWithKeys(page, hostile);
      await page.locator('.said', { hasText: hostile }).waitFor();
      await post('d1', card(hostile, [controls({ label: '<b>Go</b>', action: 'a', record: 'RFC-7' })]));
      await page.getByRole('heading', { name: '<img src=x' }).waitFor();
      await page.getByRole('button', { name: '<b>Go</b>' }).waitFor();
      expect(await page.locator('img[src="x"], #messages script, #messages a').count()).toBe(0);
    });

    test('shows to everybody at once what one says, and private answers only to whom they are for', async () => {
      const [kevin, neil] = [await open('kevin'), await open('neil')];
      await sayWithKeys(kevin, '/rfc fly');
      await log(kevin).getByText('I do not know /rfc fly').waitFor();
      await sayWithKeys(kevin, 'Good morning');
      await neil.locator('.said', { hasText: 'Good morning' }).waitFor();
      expect(await log(neil).getByText('I do not know').count()).toBe(0);
      expect(await kevin.getByText('Only you can see this').count()).toBe(2);
    });

    test('counts what came elsewhere, until it is looked at', async () => {
      const kevin = await open('kevin', 'general');
      await post('d1');
      await kevin.getByRole('button', { name: /cab 1 unread/ }).click();
      await kevin.getByRole('heading', { name: /RFC-7/ }).waitFor();
      expect(await kevin.getByRole('button', { name: /unread/ }).count()).toBe(0);
    });

    test('keeps the keyboard on the same button while its card is drawn anew', async () => {
      const kevin = await open('kevin');
      const { externalId } = await post('d1');
      await kevin.getByRole('button', { name: 'Abstain' }).focus();
      await server.console.edit(
        CAB,
        externalId,
        { delivery: 'd1', record: 'RFC-7', card: { ...ballotCard(0), title: 'RFC-7 again' } },
        await fakeNames(),
      );
      await kevin.getByRole('heading', { name: 'RFC-7 again' }).waitFor();
      expect(await focused(kevin)).toBe('Abstain');
      await kevin.keyboard.press('Enter');
      await kevin.getByRole('button', { name: 'Abstain' }).waitFor();
      expect(bellman.asked.at(-1)).toMatchObject({ kind: 'press', action: 'ballot.abstain', at: CAB });
    });

    test('says that it waits while Bellman is away, and catches up by itself', async () => {
      const kevin = await open('kevin');
      await server.stop();
      await kevin.getByText('Reconnecting').waitFor();
      await sayWithKeys(kevin, 'Is anybody there');
      await kevin.getByText('Bellman cannot be reached').waitFor();
      await server.store.add({ place: CAB, author: 'neil', content: { kind: 'text', text: 'Said meanwhile' } });
      server = await served(bellman.dispatch, { port: server.port, store: server.store });
      await kevin.locator('.said', { hasText: 'Said meanwhile' }).waitFor();
      await kevin.getByText('Live', { exact: true }).waitFor();
      // What did not arrive still stands in the box.
      await kevin.getByRole('combobox').focus();
      await kevin.keyboard.press('Enter');
      await kevin.locator('.said', { hasText: 'Is anybody there' }).waitFor();
    });
  });

  describe('by keyboard alone', () => {
    test('a command is completed, argument by argument', async () => {
      const kevin = await open('kevin');
      await kevin.keyboard.type('/bellman ro');
      await kevin.getByRole('option').first().waitFor();
      await kevin.keyboard.press('Tab');
      await kevin.getByRole('option', { name: /@charles/ }).waitFor();
      await kevin.keyboard.type('@ne');
      // On a busy machine the list of what was typed before still stands for a moment.
      await kevin.getByRole('option', { name: /@charles/ }).waitFor({ state: 'hidden' });
      await kevin.getByRole('option', { name: /@neil/ }).waitFor();
      await kevin.keyboard.press('ArrowDown');
      await kevin.keyboard.press('Enter');
      await kevin.getByRole('option', { name: /change-manager/ }).waitFor();
      await kevin.keyboard.type('ch');
      await kevin.getByRole('option', { name: /problem-manager/ }).waitFor({ state: 'hidden' });
      await kevin.getByRole('option', { name: /change-manager/ }).waitFor();
      await kevin.keyboard.press('Tab');
      expect(await kevin.getByRole('combobox').inputValue()).toBe('/bellman role grant @neil change-manager ');
    });

    test('what was said comes back with the arrow key', async () => {
      const kevin = await open('kevin');
      await sayWithKeys(kevin, 'First');
      await sayWithKeys(kevin, 'Second');
      await kevin.getByText('Second').waitFor();
      await kevin.keyboard.press('ArrowUp');
      await kevin.keyboard.press('ArrowUp');
      expect(await kevin.getByRole('combobox').inputValue()).toBe('First');
    });

    test('a form is filled in, sent back, mended and sent', async () => {
      const kevin = await open('kevin');
      await sayWithKeys(kevin, '/rfc new');
      const dialog = kevin.getByRole('dialog', { name: 'Raise a change' });
      await dialog.waitFor();
      await expect.poll(() => kevin.evaluate('document.activeElement.id')).toBe('field-title');
      const keys = ['Encrypt', 'Tab', 'All of it', 'Tab', 'Major', 'Tab', 'soon', 'Tab', 'in 3h'];
      for (const key of keys) await (key === 'Tab' ? kevin.keyboard.press(key) : kevin.keyboard.type(key));
      await kevin.keyboard.press('Control+Enter');
      await dialog.getByText('"soon" is not a time that I know').waitFor();
      await expect.poll(() => kevin.evaluate('document.activeElement.id')).toBe('field-start');
      expect(await kevin.getByLabel('Start').getAttribute('aria-invalid')).toBe('true');
      await kevin.keyboard.press('Control+a');
      await kevin.keyboard.type('in 2h');
      await kevin.keyboard.press('Control+Enter');
      await kevin.getByRole('heading', { name: 'RFC-8 is raised' }).waitFor();
      expect(bellman.asked.at(-1)).toMatchObject({
        kind: 'submit',
        doing: 'rfc new',
        answers: {
          title: 'Encrypt',
          description: 'All of it',
          type: 'major',
          start: 'in 2h',
          end: 'in 3h',
          owner: 'kevin',
          implementer: 'p-away',
          told: 'neil,kate',
        },
      });
      await expect.poll(() => focused(kevin)).toBe('Message #cab');
    });

    test('what was written in a form is not thrown away by one Escape', async () => {
      const kevin = await open('kevin');
      await sayWithKeys(kevin, '/rfc new');
      await kevin.getByRole('dialog').waitFor();
      await kevin.keyboard.type('Much work');
      await kevin.keyboard.press('Escape');
      await kevin.getByText('Discard what you wrote?').waitFor();
      await kevin.keyboard.press('Enter');
      expect(await kevin.getByLabel('Title').inputValue()).toBe('Much work');
      await kevin.keyboard.press('Escape');
      await kevin.keyboard.press('Tab');
      await kevin.keyboard.press('Enter');
      await kevin.getByRole('dialog').waitFor({ state: 'detached' });
    });

    test('fields that are needed are named, and nothing is sent without them', async () => {
      const kevin = await open('kevin');
      await sayWithKeys(kevin, '/rfc new');
      await kevin.getByRole('dialog').waitFor();
      await kevin.keyboard.press('Control+Enter');
      await kevin.getByText('5 fields need another look.').waitFor();
      expect(bellman.asked.filter(({ kind }) => kind === 'submit')).toEqual([]);
    });

    test('one becomes somebody else, and adds somebody', async () => {
      const kevin = await open('kevin');
      await kevin.getByRole('button', { name: /You are Kevin/ }).focus();
      await kevin.keyboard.press('Enter');
      await kevin.keyboard.press('ArrowDown');
      await kevin.keyboard.press('Enter');
      await kevin.getByRole('button', { name: /You are Neil/ }).waitFor();
      await kevin.getByRole('button', { name: /You are Neil/ }).focus();
      await kevin.keyboard.press('Enter');
      await kevin.keyboard.press('ArrowUp');
      await kevin.getByRole('button', { name: '+ Add a person' }).focus();
      await kevin.keyboard.press('Enter');
      for (const key of ['Ada Park', 'Tab', 'ada', 'Enter'])
        await (key === 'Tab' || key === 'Enter' ? kevin.keyboard.press(key) : kevin.keyboard.type(key));
      await kevin.getByRole('button', { name: /You are Ada Park/ }).waitFor();
      expect(kevin.url()).toContain('as=ada');
    });

    test('every place is reached with Alt and the arrows, and in a narrow window through the menu', async () => {
      const kevin = await open('kevin', 'general', { viewport: { width: 390, height: 844 } });
      await kevin.keyboard.press('Alt+ArrowDown');
      await kevin.getByRole('heading', { level: 1, name: '#cab' }).waitFor();
      await kevin.getByRole('button', { name: 'Channels and people' }).focus();
      await kevin.keyboard.press('Enter');
      await kevin.keyboard.press('ArrowDown');
      await kevin.keyboard.press('Enter');
      await kevin.getByRole('heading', { level: 1, name: '#ecab' }).waitFor();
    });
  });
});
