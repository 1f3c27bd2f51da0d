/** Opens the console's page as somebody, and keeps what went wrong in it. */
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { TestBrowser } from './browser.ts';

export interface OpenedPage {
  readonly page: Page;
  /** Errors of scripts and refusals of the content policy: a page that works has none. */
  readonly errors: readonly string[];
}

/** Waits until the page is live. */
export async function openAs(
  browser: TestBrowser,
  url: string,
  handle: string,
  channel: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const page = await browser.page(options);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // A request that cannot be answered is logged by the browser itself; the page says it in its own words.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(message.text());
  });
  await page.goto(`${url}/?as=${handle}&in=${channel}`);
  await page.getByText('Live', { exact: true }).waitFor();
  return { page, errors };
}

/** What was said, without what is only read out. */
export const log = (page: Page): Locator => page.locator('#messages');

/** Says a line with the keyboard alone: the message box has the focus when the page opens. */
export async function sayWithKeys(page: Page, line: string): Promise<void> {
  await page.getByRole('combobox', { name: /^Message/ }).focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
}

/** How far back a button may be before it is missing. */
const MOST_STEPS = 60;

/** Presses the last button of this name, reached from the message box backwards with Shift+Tab, as a person without a mouse does. */
export async function pressWithKeys(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).last().waitFor();
  await page.getByRole('combobox', { name: /^Message/ }).focus();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Shift+Tab');
    if ((await page.evaluate<string>('document.activeElement.textContent')) === label) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  throw new Error(`No button ${label} is reached by keyboard`);
}
