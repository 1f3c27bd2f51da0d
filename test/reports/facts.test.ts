/** What is counted of incidents and problems, as it stands in the table after what people did and said; and for those raised before. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, startHouse } from '../support/bellman.ts';
import { consoleUser } from '../support/console.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-03-10T09:00:00Z' });
});
afterAll(() => house.stop());

const rowOf = async (id: string) => {
  const [row] = await house.db.sql`select * from bellman.record_fact where id = ${id}`;
  return row;
};

test('an incident’s row follows it, and keeps its highest priority and that it was major', async () => {
  const admin = consoleUser(house.bellman.consoleUrl ?? house.bellman.url, 'admin');
  await admin.say('/bellman role grant @admin incident-manager');
  const form = await admin.say('/incident new');
  const raised = await admin.submit(form, {
    title: 'VPN drops',
    details: 'Since this morning',
    category: 'network',
    site: 'Leeds',
    subCategory: 'VPN',
    impact: 'high',
    urgency: 'high',
    items: 'VPN',
  });
  expect(JSON.stringify(raised)).toContain('INC-1');
  expect(await rowOf('INC-1')).toMatchObject({
    kind: 'INC',
    category: 'network',
    priority: 0,
    highest: 0,
    items: 'VPN',
    status: 'open',
    raised_month: 2027 * 12 + 2,
  });
  await admin.submit(await admin.say('/incident edit INC-1'), {
    title: 'VPN drops',
    details: 'Since this morning',
    category: 'network',
    site: 'Leeds',
    subCategory: 'VPN',
    impact: 'low',
    urgency: 'low',
    items: 'VPN',
  });
  expect(await rowOf('INC-1')).toMatchObject({ priority: 4, highest: 0, major_ever: false });
  await admin.submit(await admin.say('/incident major INC-1'), { owner: '@admin' });
  await admin.say('/incident normal INC-1 "was small"');
  expect(await rowOf('INC-1')).toMatchObject({ major: false, major_ever: true, guarded: false });
  await admin.say('/bellman group create desk tier 1');
  await admin.say('/bellman group create network-team tier 3');
  for (const group of ['desk', 'network-team']) await admin.say(`/incident assign INC-1 ${group}`);
  await admin.say('/incident class INC-1 private');
  await admin.submit(await admin.say('/incident resolve INC-1'), { resolution: 'restarted' });
  expect(await rowOf('INC-1')).toMatchObject({ status: 'resolved', guarded: true, resolved_month: 2027 * 12 + 2 });
  await admin.submit(await admin.say('/incident close INC-1'), { category: 'fixed' });
  expect(await rowOf('INC-1')).toMatchObject({
    status: 'closed',
    tier: 3,
    first_tier: 1,
    moves: 1,
    resolver_group: 'network-team',
    closure: 'fixed',
    site: 'Leeds',
    sub_category: 'VPN',
  });
}, 20_000);

test('what was raised before there was a table is counted from state and journal alone', async () => {
  const admin = consoleUser(house.bellman.consoleUrl ?? house.bellman.url, 'admin');
  await admin.submit(await admin.say('/incident new'), {
    title: 'Printer jams',
    category: 'hardware',
    impact: 'high',
    urgency: 'high',
    items: 'Printer',
  });
  await admin.submit(await admin.say('/incident edit INC-2'), {
    title: 'Printer jams',
    category: 'hardware',
    impact: 'low',
    urgency: 'low',
    items: 'Printer',
  });
  await admin.submit(await admin.say('/incident resolve INC-2'), { resolution: 'Paper removed' });
  const before = await rowOf('INC-2');
  expect(before).toMatchObject({ highest: 0, priority: 4 });
  const backfill = readFileSync('migrations/0011_record_facts.sql', 'utf8').split('--> statement-breakpoint').at(-1) ?? '';
  await house.db.sql`delete from bellman.record_fact`;
  await house.db.sql.unsafe(backfill);
  expect(await rowOf('INC-2')).toEqual(before);
});
