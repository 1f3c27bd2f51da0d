/**
 * A Bellman that is killed while it mails, calls a webhook or puts something on the status page: nothing is said twice by itself, what
 * may have arrived waits for a person, and what can be repeated without harm is there once.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { BELLMAN, ORG } from '../../src/core/record.ts';
import { sendAgain } from '../../src/delivery/index.ts';
import { mailServer } from '../adapters/email/mail-server.ts';
import { receiver } from '../adapters/webhook/receiver.ts';
import { eventually } from '../support/bellman.ts';
import { killAll, killed } from './support/children.ts';
import { install } from './support/installation.ts';

const endings: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  await killAll();
  await Promise.all(endings.map((end) => end()));
});

/** A major problem's update, released to a mail address, a webhook and the status page: nothing of it is said yet. */
async function unsaid() {
  const [mail, hook, here] = await Promise.all([
    mailServer(),
    receiver((response) => response.writeHead(202).end()),
    install({
      handles: ['ray', 'neil', 'linda'],
      channels: ['cab', 'general'],
      organisation: { roles: { 'problem-manager': ['neil'], communications: ['linda'] }, cab: ['neil', 'linda'] },
    }),
  ]);
  endings.push(mail.stop, hook.stop, here.close);
  const places = ['email/address/eva@customer.example', hook.place, 'status/channel/main'];
  await here.act(BELLMAN, ORG, 'org', { type: 'set-places', audience: 'customers', places } as { type: string });
  const problem = await here.majorProblem('Refused connections', 'ray', 'neil', 'general');
  await here.release(problem, 'customers', 'ray', 'linda');
  const environment = {
    SMTP_URL: mail.url,
    MAIL_FROM: 'bellman@bank.example',
    WEBHOOK_SECRET: 'a secret of the receiver',
    WEBHOOK_PRIVATE: 'allow',
  };
  const deliveries = () => here.db.sql<{ id: string; platform: string; state: string }[]>`
    select id, platform, state from bellman.delivery where update_id is not null order by platform`;
  const settled = () =>
    eventually(
      'the update to be said or unsure everywhere',
      async () => {
        await here.db.sql`update bellman.rate set tokens = 5 where tokens < 1`;
        const all = await deliveries();
        return all.length === 3 && all.every(({ state }) => state === 'sent' || state === 'unsure') && all;
      },
      30_000,
    );
  return { mail, hook, here, environment, settled };
}

describe.concurrent('a Bellman that is killed', { timeout: 90_000 }, () => {
  test.each(['claimed', 'sent', 'recorded'])('when an update by mail, webhook or page is %s', async (step) => {
    const { mail, hook, here, environment, settled } = await unsaid();
    await killed(here.begin(`update ${step} 1`, environment));
    await here.begin(undefined, environment).ready();
    const states = new Map((await settled()).map(({ platform, state }) => [platform, state]));
    const copies = { email: mail.taken.length, webhook: hook.received.length };
    for (const way of ['email', 'webhook'] as const) {
      // Sent means that it arrived once; unsure, that it may have, and was not said again.
      if (states.get(way) === 'sent') expect(copies[way]).toBe(1);
      else expect(copies[way]).toBeLessThanOrEqual(1);
    }
    expect(states.get('status')).toBe('sent');
    const shown = await here.db.sql`select delivery from bellman.page_post`;
    expect(shown).toHaveLength(1);

    // A person decides, on a busy machine more than once; what is said again can be known for the same by its key.
    await eventually(
      'what was unsure to be said again',
      async () => {
        const unsure = (await settled()).filter(({ state }) => state === 'unsure').map(({ id }) => id);
        await sendAgain(here.db, unsure);
        return unsure.length === 0;
      },
      30_000,
    );
    expect(new Set(hook.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(mail.taken.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1])).size).toBe(1);
    await here.expectWholeChains();
  });
});
