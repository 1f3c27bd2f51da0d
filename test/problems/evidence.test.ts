import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayTouch } from '../../src/problems/evidence.ts';
import { type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
let admin: ConsoleUser;
let kevin: ConsoleUser;
let kate: ConsoleUser;
const shown = (said: Said) => wordsOf(said.message);

beforeAll(async () => {
  house = await startHouse({ environment: { BELLMAN_ADMINS: 'console:admin' } });
  const url = house.bellman.consoleUrl ?? '';
  [admin, kevin, kate] = ['admin', 'kevin', 'kate'].map((name) => consoleUser(url, name)) as [
    ConsoleUser,
    ConsoleUser,
    ConsoleUser,
  ];
  await kevin.say('/bellman help');
  await admin.say('/bellman role grant @kevin security');
  await kate.submit(await kate.say('/incident new'), { title: 'Payments to an unknown account' });
});
afterAll(() => house.stop());

describe('evidence', () => {
  test('is kept with who, when, what and the checksum of what was handed in', async () => {
    const content = 'GET /transfer?to=4711 at 03:12 from 203.0.113.9';
    const sha256 = createHash('sha256').update(content).digest('hex');
    const kept = await kevin.submit(await kevin.say('/evidence add INC-1'), {
      what: 'Access log',
      kept: 'Safe, shelf 2',
      content,
    });
    expect(shown(kept)).toContain(sha256);
    const file = 'a'.repeat(64);
    await kevin.submit(await kevin.say('/evidence add INC-1'), {
      what: 'Disk image',
      kept: 'Safe, shelf 3',
      sha256: file.toUpperCase(),
    });
    const listed = shown(await kevin.say('/evidence list INC-1'));
    for (const part of ['1. Access log', '2. Disk image', 'Safe, shelf 3', file, 'Kevin']) expect(listed).toContain(part);
    expect(shown(await kevin.say('/evidence show INC-1 1'))).toContain('203.0.113.9');
  });

  test('is refused without a checksum, with a wrong one, and with one that is not that of the text', async () => {
    const add = async (answers: Record<string, string>) =>
      shown(await kevin.submit(await kevin.say('/evidence add INC-1'), { what: 'x', kept: 'y', ...answers }));
    expect(await add({})).toContain('neither a text nor a checksum');
    expect(await add({ sha256: 'abc' })).toContain('64 characters');
    expect(await add({ content: 'text', sha256: 'b'.repeat(64) })).toContain('another checksum');
  });

  test('is seen and added only by those allowed, and never shows in the history of others', async () => {
    for (const words of ['/evidence list INC-1', '/evidence show INC-1 1', '/evidence add INC-1']) {
      expect(shown(await kate.say(words))).toContain('Evidence is seen and added by');
    }
    const history = shown(await kate.say('/incident history INC-1'));
    expect(history).toContain('evidence kept');
    expect(history).not.toContain('Access log');
  });

  test('names each of those allowed once, also the owner who manages incidents', () => {
    const org = { version: 1, roles: { 'incident-manager': ['kate', 'jerry'] }, boards: {}, audiences: {}, delegations: {} };
    const refused = mayTouch('kate', { actor: { person: 'ray', roles: new Set() }, org } as unknown as Parameters<
      typeof mayTouch
    >[1]);
    expect(refused?.facts).toMatchObject({ people: ['kate', 'jerry'] });
  });

  test('cannot be changed by anybody, the owner of the database included, without being found', async () => {
    await expect(
      house.db.sql`update bellman.journal set body = '{}' where record_id = 'INC-1' and type = 'evidence.kept'`,
    ).rejects.toThrow(/append-only|refuse|not allowed/iu);
  });
});
