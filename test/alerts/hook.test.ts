/** Alerts from the sender's side: over HTTP as monitoring systems send them, read back on the console. */
import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/database.ts';
import { alertHook } from '../../src/web/alert-hook.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, wordsOf } from '../support/console.ts';

let house: House;
let admin: ConsoleUser;
const secrets: Record<string, string> = {};

const secretIn = (said: unknown): string => /Secret ([\w-]{43})/u.exec(wordsOf(said))?.[1] ?? '';

beforeAll(async () => {
  house = await startHouse();
  admin = consoleUser(house.bellman.consoleUrl ?? '', 'admin');
  for (const [source, format] of [
    ['prometheus', 'alertmanager'],
    ['own', 'generic'],
    ['pager', 'pagerduty'],
    ['dash', 'grafana'],
  ] as const)
    secrets[source] = secretIn(await admin.say(`/bellman alerts add ${source} ${format}`));
});
afterAll(() => house.stop());

const post = async (source: string, body: unknown, headers: Record<string, string> = bearer(source)) => {
  const answer = await fetch(`${house.bellman.url}/hooks/alerts/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    alerts: answer.ok ? (JSON.parse(text).alerts as { is: string; incident?: string }[]) : [],
  };
};
const bearer = (source: string): Record<string, string> => ({ authorization: `Bearer ${secrets[source]}` });
const said = async (words: string) => wordsOf(await admin.say(words));

/** An alert as Alertmanager sends it. */
const firing = (fingerprint: string, summary: string, more: object = {}) => ({
  status: 'firing',
  labels: { alertname: 'Down', severity: 'critical', service: 'ledger', instance: 'db-3' },
  annotations: { summary, description: 'No answer since five minutes.' },
  startsAt: '2027-01-15T09:00:00Z',
  generatorURL: 'https://prometheus.example/graph',
  fingerprint,
  ...more,
});
const sent = (...alerts: object[]) => ({ version: '4', groupKey: '{}', status: 'firing', receiver: 'bellman', alerts });

describe('an alert', () => {
  test('raises one incident, is counted there when it fires again, and repeats nothing that is sent twice', async () => {
    const first = await post('prometheus', sent(firing('f1', 'The ledger answers nobody')));
    expect(first).toMatchObject({ status: 200, alerts: [{ is: 'raised', incident: 'INC-1' }] });
    expect(await said('/incident show INC-1')).toMatch(/The ledger answers nobody[\s\S]*critical/u);
    expect((await post('prometheus', sent(firing('f1', 'The ledger answers nobody')))).alerts).toMatchObject([{ is: 'nothing' }]);
    const later = firing('f1', 'The ledger answers nobody', { startsAt: '2027-01-15T10:00:00Z' });
    expect((await post('prometheus', sent(later))).alerts).toMatchObject([{ is: 'updated', incident: 'INC-1' }]);
    expect(await said('/incident history INC-1')).toMatch(/Bellman: alert fired again: prometheus, 2 times/u);
    expect(await said('/incident show INC-1')).toContain('2 times, from prometheus');
  });

  test('that is over resolves an incident that nobody took up, and opens it again when it comes back', async () => {
    const over = firing('f1', 'The ledger answers nobody', { status: 'resolved', startsAt: '2027-01-15T10:00:00Z' });
    expect((await post('prometheus', sent(over))).alerts).toMatchObject([{ is: 'updated' }]);
    expect(await said('/incident list resolved')).toContain('INC-1');
    expect((await post('prometheus', sent(over))).alerts).toMatchObject([{ is: 'nothing' }]);
    const back = firing('f1', 'The ledger answers nobody', { startsAt: '2027-01-15T11:00:00Z' });
    expect((await post('prometheus', sent(back))).alerts).toMatchObject([{ is: 'updated', incident: 'INC-1' }]);
    expect(await said('/incident list')).toContain('INC-1');
  });

  test('raises another incident where the one before was resolved more than a day ago', async () => {
    await post('prometheus', sent(firing('f1', '', { status: 'resolved', startsAt: '2027-01-15T11:00:00Z' })));
    await house.advance(25 * 3_600_000);
    const next = firing('f1', 'The ledger answers nobody', { startsAt: '2027-01-17T09:00:00Z' });
    expect((await post('prometheus', sent(next))).alerts).toMatchObject([{ is: 'raised', incident: 'INC-2' }]);
  });

  test('is counted in one incident although it is sent ten times at once', async () => {
    const one = { key: 'disk', title: 'Backups fill the disk', severity: 'warning', occurrence: 7 };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('own', one)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const raised = answers.flatMap(({ alerts }) => alerts).filter(({ is }) => is === 'raised');
    expect(raised).toHaveLength(1);
  });

  test('comes from Grafana and PagerDuty too; what PagerDuty says besides is nothing to do', async () => {
    const grafana = { ...sent(firing('g1', 'Queue grows without end')), title: 'x', state: 'alerting', orgId: 1 };
    expect((await post('dash', grafana)).alerts).toMatchObject([{ is: 'raised' }]);
    const paged = (type: string, id: string) => ({
      event: {
        id,
        event_type: type,
        occurred_at: 'x',
        data: { id: 'PD1', title: 'Elevator stuck', urgency: 'high', service: { summary: 'Lift' } },
      },
    });
    expect((await post('pager', paged('incident.triggered', 'e1'))).alerts).toMatchObject([{ is: 'raised' }]);
    expect((await post('pager', paged('incident.triggered', 'e1'))).alerts).toMatchObject([{ is: 'nothing' }]);
    expect((await post('pager', paged('incident.acknowledged', 'e2'))).alerts).toEqual([]);
    expect((await post('pager', paged('incident.resolved', 'e3'))).alerts).toMatchObject([{ is: 'updated' }]);
  });

  test('that reads like a known problem is linked with it, and counted there when it fires again', async () => {
    const form = await admin.say('/problem new');
    await admin.submit(form, {
      title: 'Certificate of the mail gateway expires',
      details: 'The mail gateway refuses TLS, its certificate expired.',
    });
    const one = { key: 'cert', title: 'Certificate of the mail gateway expires', occurrence: 'a' };
    const { alerts } = await post('own', one);
    const incident = alerts[0]?.incident ?? '';
    expect(await said(`/incident show ${incident}`)).toContain('PRB-1');
    await post('own', { ...one, occurrence: 'b' });
    await eventually('the problem counts it', async () => (await said('/problem history PRB-1')).includes('met again'));
  });

  test('may come with a hundred others', async () => {
    const many = Array.from({ length: 100 }, (_, at) => ({
      key: `many-${at}`,
      title: `Probe ${at} of station ${at * 7} is silent`,
    }));
    const { status, alerts } = await post('own', { alerts: many });
    expect(status).toBe(200);
    expect(new Set(alerts.map(({ incident }) => incident)).size).toBe(100);
  }, 60_000);
});

describe('somebody who sends alerts', () => {
  test.each([
    ['without a secret', 'own', {}],
    ['with a wrong secret', 'own', { authorization: 'Bearer nonsense' }],
    ['with the secret of another source', 'prometheus', { authorization: 'other' }],
    ['as a source that there is not', 'nobody', {}],
  ])('%s is refused', async (_who, source, headers: Record<string, string>) => {
    const shown = headers.authorization === 'other' ? bearer('own') : headers;
    expect(await post(source, { key: 'x', title: 'x' }, shown)).toMatchObject({ status: 401 });
  });

  test('signs instead; a signature that is old, of another body, or used before is refused', async () => {
    const body = JSON.stringify({ key: 'signed', title: 'Gate of the car park is jammed' });
    const key = createHash('sha256')
      .update(secrets.own ?? '')
      .digest('hex');
    const stamp = (time: number, of = body) => ({
      'x-bellman-signature': `t=${time},v1=${createHmac('sha256', key).update(`${time}.${of}`).digest('hex')}`,
    });
    const now = Math.floor(Date.now() / 1000);
    expect(await post('own', body, stamp(now - 400))).toMatchObject({ status: 401 });
    expect(await post('own', body, stamp(now, '{}'))).toMatchObject({ status: 401 });
    expect(await post('own', body, stamp(now))).toMatchObject({ status: 200, alerts: [{ is: 'raised' }] });
    expect(await post('own', body, stamp(now))).toMatchObject({ status: 409 });
  });

  test('reads in a sentence what is wrong with the body', async () => {
    expect(await post('own', '{')).toMatchObject({ status: 400, text: expect.stringContaining('no JSON') });
    expect(await post('own', { title: 'x' })).toMatchObject({ status: 400, text: expect.stringContaining('key and title') });
    expect(await post('prometheus', { key: 'x', title: 'x' })).toMatchObject({ status: 400 });
  });

  test('is asked to send it again while the records cannot be reached', async () => {
    const db = connect('postgres://nobody@127.0.0.1:1/none', { pool: 1, name: 'test' });
    const hook = alertHook({
      db,
      transact: house.bellman.transact,
      onTrouble: (what, error) => expect.fail(`${what}: ${error}`),
    });
    const answer = await hook.request('/hooks/alerts/own', { method: 'POST', body: '{}', headers: bearer('own') });
    expect(answer.status).toBe(503);
    await db.close();
  });

  test('is refused once the source is removed, and its secret stands nowhere', async () => {
    const rows = await house.db.sql<{ all: string }[]>`
      select coalesce((select string_agg(reply::text, '') from bellman.inbound), '') || (select string_agg(body, '') from bellman.journal) as all`;
    expect(rows[0]?.all).not.toContain(secrets.own);
    expect(await said('/bellman alerts list')).toContain('/hooks/alerts/own');
    await admin.say('/bellman alerts remove own');
    expect(await post('own', { key: 'x', title: 'x' })).toMatchObject({ status: 401 });
    expect(await said('/bellman alerts remove own')).toContain('No source is called own');
  });

  // Last, because the connection ends with it.
  test('cannot send more than a megabyte', async () => {
    expect(await post('dash', `{"key":"${'x'.repeat(1_000_001)}"}`)).toMatchObject({ status: 413 });
  });
});
