/** The board's picture on the console's page: drawn by the browser, allowed by the page's own policy, described for those who do not see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, startHouse } from '../support/bellman.ts';
import { consoleUser } from '../support/console.ts';
import { browserMissing, startBrowser, type TestBrowser } from './browser.ts';
import { log, openAs } from './opened.ts';

const LONG = 90_000;
let browser: TestBrowser;
let house: House;

describe.skipIf(browserMissing() !== undefined)('the schedule of a plan', () => {
  beforeAll(async () => {
    [browser, house] = await Promise.all([startBrowser(), startHouse({ startsAt: '2027-01-11T09:00:00Z' })]);
    const { url } = house.bellman;
    await consoleUser(url, 'admin').say('/bellman role grant @jerry problem-manager');
    const kate = consoleUser(url, 'kate');
    await kate.submit(await kate.say('/problem new'), { title: 'Refused connections', impact: 'high', urgency: 'High' });
    await kate.reads('PRB-1 is raised');
    const jerry = consoleUser(url, 'jerry');
    await jerry.submit(await jerry.say('/problem major PRB-1'), { owner: 'linda' });
    await kate.reads('Communication plan of PRB-1');
  }, LONG);
  afterAll(async () => {
    await house?.stop();
    await browser?.close();
  }, LONG);

  test('is a picture with words', { timeout: LONG }, async () => {
    const { page, errors } = await openAs(browser, house.bellman.url, 'kate', 'general');
    const picture = log(page).getByRole('img', { name: /^Schedule of PRB-1/u });
    await picture.scrollIntoViewIfNeeded();
    const shown =
      "(async () => { const image = document.querySelector('#messages img.picture'); await image.decode(); return image.naturalWidth; })()";
    expect(await page.evaluate<number>(shown)).toBe(900);
    expect(errors).toEqual([]);
  });
});
