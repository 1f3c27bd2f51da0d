/** The story's RFC half, as people do it on the console's page: everything in it with the keyboard alone. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, startHouse } from '../support/bellman.ts';
import { browserMissing, startBrowser, type TestBrowser } from './browser.ts';
import { log, type OpenedPage, openAs, pressWithKeys, sayWithKeys } from './opened.ts';

const LONG = 90_000;
let browser: TestBrowser;
let house: House;
const opened: OpenedPage[] = [];

const open = async (handle: string, place: string): Promise<Page> => {
  const one = await openAs(browser, house.bellman.url, handle, place);
  opened.push(one);
  return one.page;
};

/** What everybody but the people of this story has done before. */
async function setUp(): Promise<void> {
  const lines = [
    '/bellman role grant @neil change-manager',
    '/bellman board create CAB #cab',
    ...['charles', 'kevin', 'linda', 'jamie', 'ray'].map((member) => `/bellman board add CAB @${member}`),
  ];
  for (const [at, text] of lines.entries()) {
    const response = await fetch(`${house.bellman.url}/console/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'admin', channel: 'general', text, key: `setup${at}` }),
    });
    const answer = await response.text();
    if (answer.includes('Not done')) throw new Error(`${text}: ${answer}`);
  }
}

/** Fills the open dialog from its first field on; a field that is named by nobody is passed by. */
async function fillWithKeys(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const name of [
    'title',
    'description',
    'type',
    'priority',
    'category',
    'items',
    'risk',
    'impact',
    'benefit',
    'plan',
    'backout',
    'start',
    'end',
  ]) {
    await page.locator(`#field-${name}:focus`).waitFor();
    if (answers[name] !== undefined) await page.keyboard.type(answers[name]);
    await page.keyboard.press('Tab');
  }
}

const missing = browserMissing();

describe.skipIf(missing !== undefined)(`the RFC half of the story in a browser${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    [browser, house] = await Promise.all([startBrowser(), startHouse()]);
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  }, LONG);

  test('an RFC is raised, reviewed, voted on and decided, and everybody sees it at once', { timeout: LONG }, async () => {
    await setUp();
    const [ray, neil, charles, kevin, linda, jamie] = await Promise.all([
      open('ray', 'general'),
      open('neil', '@bellman'),
      open('charles', 'cab'),
      open('kevin', 'cab'),
      open('linda', 'cab'),
      open('jamie', 'cab'),
    ]);

    // Ray raises it.
    await sayWithKeys(ray, '/rfc new');
    await ray.getByRole('dialog', { name: 'New RFC' }).waitFor();
    await fillWithKeys(ray, {
      title: 'Encrypt data between the sites',
      description: 'IP security for all traffic between the sites, as the new state law asks.',
      type: 'Major',
      priority: 'High',
      risk: 'Connections are refused where a certificate is missing.',
      backout: 'Set the policy to off; the traffic flows as before.',
      start: 'in 5d',
      end: 'in 6d',
    });
    await ray.keyboard.press('Control+Enter');
    await ray.getByRole('heading', { name: 'RFC-1 is a draft: Encrypt data between the sites' }).waitFor();
    await ray.keyboard.press('Alt+ArrowUp');
    await ray.getByRole('heading', { name: 'RFC-1: Encrypt data between the sites' }).waitFor();
    await pressWithKeys(ray, 'Submit');

    // Neil, the change manager, agrees.
    await neil.getByRole('heading', { name: /Review RFC-1/ }).waitFor();
    await pressWithKeys(neil, 'Agree');
    await neil
      .getByRole('heading', { name: /Agreed: RFC-1/ })
      .first()
      .waitFor();

    // The board sees the ballot; the requester's own approval is refused with its reason.
    for (const voter of [charles, kevin, linda, jamie]) await voter.getByRole('button', { name: 'Approve' }).waitFor();
    await ray.keyboard.press('Alt+ArrowDown');
    await ray.getByRole('heading', { level: 1, name: '#general' }).waitFor();
    await ray.keyboard.press('Alt+ArrowDown');
    await ray.getByRole('heading', { level: 1, name: '#cab' }).waitFor();
    await pressWithKeys(ray, 'Approve');
    await ray
      .getByText(/cannot vote/)
      .first()
      .waitFor();

    // Two approve, one rejects with a reason, one abstains.
    await pressWithKeys(charles, 'Approve');
    await charles.getByRole('heading', { name: /Counted: approve on RFC-1/ }).waitFor();
    await pressWithKeys(linda, 'Reject');
    await linda.getByRole('dialog').waitFor();
    await linda.keyboard.type('The branch servers are missing.');
    await linda.keyboard.press('Control+Enter');
    await linda.getByRole('heading', { name: /Counted: reject on RFC-1/ }).waitFor();
    await pressWithKeys(jamie, 'Abstain');
    await jamie.getByRole('heading', { name: /Counted: abstain on RFC-1/ }).waitFor();
    await pressWithKeys(kevin, 'Approve');

    // Everybody's card becomes the outcome, without buttons; nobody reloads anything.
    for (const page of [ray, charles, kevin, linda, jamie]) {
      await page.getByRole('heading', { name: 'Approved: RFC-1' }).first().waitFor();
      await log(page).getByText('The branch servers are missing.').first().waitFor();
      await page.getByRole('button', { name: 'Approve', exact: true }).waitFor({ state: 'detached' });
    }
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
