/** Trends as pictures, a report, and a review with its invitation, timeline and action, by the words that people say on Slack. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BANK, type Office, openOffice } from './stage.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice([...BANK, '/bellman role grant @kate incident-manager']);
  await office.fill('kate', '/incident new', { Title: 'VPN drops', Category: 'Network', Impact: 'High' });
});
afterAll(() => office.stop());

test('trends are one picture described in words, and each question one of its own', async () => {
  const { say, press, reads } = office;
  await say('ray', '/report show trends');
  const all = await reads('ray', 'direct', 'Trends, ');
  expect(all.pictures?.[0]).toContain('Incidents by category, month by month: network: 2027-01 1.');
  await press('ray', 'direct', 'Trends, ', 'Unresolved by category and sub-category');
  const one = await reads('ray', 'direct', 'Unresolved incidents by category and sub-category, now: network 1.');
  expect(one.pictures).toHaveLength(1);
  await say('ray', '/report show management');
  expect((await reads('ray', 'answer', 'Management report')).pictures).toHaveLength(1);
});

test('who is invited to a review gets its agenda, its timeline and what they have to do', async () => {
  const { fill, press, reads } = office;
  await fill('kate', '/review schedule INC-1', { When: 'in 2h', People: ['linda', 'ray'] });
  await reads(
    'linda',
    'direct',
    /You are invited: incident review of INC-1 VPN drops[\s\S]*With: @linda and @ray[\s\S]*6\. Actions/u,
  );
  await reads('linda', 'direct', /Timeline for the incident review of INC-1 VPN drops[\s\S]*@kate: raised/u);
  await fill('kate', '/review action REV-1', { Action: 'Watch the certificate', Owner: 'linda', Due: 'in 3d' });
  await press('linda', 'direct', 'To do: action 1', 'Done');
  await reads('linda', 'direct', /Done: action 1 of REV-1[\s\S]*@linda said so/u);
});
