import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { auditKey, fingerprint, isSigned, knownKey } from '../../src/core/audit-key.ts';
import { type Checkpoint, checkpointsIn, checkpointText, makeCheckpoint } from '../../src/core/checkpoint.ts';
import type { Head } from '../../src/core/journal.ts';
import { merkleRoot } from '../../src/core/merkle.ts';
import { audit, type Kept } from '../../src/core/verify-checkpoints.ts';
import { folder, type Journal, journal, undone } from '../operator/journal.ts';

const undo: (() => unknown)[] = [];
afterEach(() => undone(undo));

async function setting() {
  const dir = folder(undo);
  const key = auditKey(join(dir, 'audit-key.pem'));
  const at = await journal(undo);
  const checkpoint = async (more: object = {}): Promise<Checkpoint> => {
    const made = await makeCheckpoint({ db: at.db, key, every: 0, ...more });
    if (!made) throw new Error('No checkpoint was made');
    return made;
  };
  const bad = async (kept: readonly Kept[] = []) => (await audit(at.db, [key.publicKey], kept)).bad;
  return { ...at, dir, key, checkpoint, bad };
}

const cutTail = ({ tamper }: Journal, record: string, from: number) =>
  tamper(`delete from bellman.journal where record_id = '${record}' and seq >= ${from};
    delete from bellman.journal_words where record_id = '${record}' and seq >= ${from};
    update bellman.record set seq = ${from - 1}, hash = (select hash from bellman.journal where record_id = '${record}' and seq = ${from - 1})
    where id = '${record}'`);

describe('the audit key', () => {
  test('is made once, for its owner only, and said once', () => {
    const file = join(folder(undo), 'new', 'audit-key.pem');
    const said: string[] = [];
    expect(knownKey(file)).toBeUndefined();
    const first = auditKey(file, (line) => said.push(line));
    const second = auditKey(file, (line) => said.push(line));
    expect(second.publicKey).toBe(first.publicKey);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(said).toEqual([expect.stringContaining(`${first.publicKey} (${fingerprint(first.publicKey)})`)]);
    expect(isSigned('text', second.sign('text'), first.publicKey)).toBe(true);
    expect(isSigned('texts', second.sign('text'), first.publicKey)).toBe(false);
  });

  test('that cannot be read is named in one line', () => {
    const file = join(folder(undo), 'audit-key.pem');
    writeFileSync(file, 'no key');
    expect(() => auditKey(file)).toThrow(`The audit key in ${file} cannot be read`);
  });
});

test('the root depends on every head and on nothing else', () => {
  const heads = [1, 2, 3].map((at) => [`RFC-${at}`, { seq: at, hash: `h${at}` }] as const);
  const root = merkleRoot(new Map(heads));
  expect(merkleRoot(new Map([...heads].reverse()))).toBe(root);
  const one = ['PRB-1', { seq: 1, hash: 'p' }] as const;
  for (const other of [heads.slice(0, 2), heads.slice(1), [...heads, one]])
    expect(merkleRoot(new Map<string, Head>(other))).not.toBe(root);
  expect(merkleRoot(new Map(heads.map(([id, head]) => [id, { ...head, seq: 9 }])))).not.toBe(root);
});

describe('a checkpoint', () => {
  test('sums up all heads, is linked to the one before, and reads the same from a chat', async () => {
    const { raise, note, checkpoint, bad, db } = await setting();
    const record = await raise(3);
    await raise(1);
    const first = await checkpoint();
    expect(first).toMatchObject({ number: 1, entries: 4, records: 2, previous: '0'.repeat(64) });
    await note(record, 'one more');
    const second = await checkpoint();
    expect(second).toMatchObject({ number: 2, entries: 5, records: 2, previous: first.root });
    const pasted = checkpointText(second)
      .split('\n')
      .map((line) => `> \`${line}\``)
      .join('\r\n');
    expect(checkpointsIn(`before\n${pasted}\nafter`)).toEqual([second]);
    expect(await db.sql`select number, record_id, seq from bellman.checkpoint_head order by 1, 2`).toHaveLength(3);
    expect(await bad([{ from: 'the channel', checkpoints: [first, second] }])).toEqual([]);
  });

  test('is made once an hour, only when something changed, and once a day anyway', async () => {
    const { db, key, raise } = await setting();
    await db.sql`insert into bellman.clock (base, started_at, rate) values ('2027-01-01T00:00Z', clock_timestamp(), 0)`;
    const forward = (hours: number) => db.sql`update bellman.clock set base = base + ${hours} * interval '1 hour'`;
    const made = async () => (await makeCheckpoint({ db, key }))?.number;
    await raise(1);
    expect(await made()).toBe(1);
    await raise(1);
    expect(await made()).toBeUndefined();
    await forward(1);
    expect(await made()).toBe(2);
    await forward(23);
    expect(await made()).toBeUndefined();
    await forward(1);
    expect(await made()).toBe(3);
  });

  test('is made by one of many processes', async () => {
    const { db, key, raise, bad } = await setting();
    await raise(1);
    const made = await Promise.all([1, 2, 3, 4].map(() => makeCheckpoint({ db, key })));
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await bad()).toEqual([]);
  });

  test('is left to the process whose key signed the last one, while that goes on', async () => {
    const { db, key, raise, checkpoint, dir } = await setting();
    await checkpoint();
    await db.sql`insert into bellman.clock (base, started_at, rate) values (clock_timestamp() + interval '70 minutes', clock_timestamp(), 0)`;
    await raise(1);
    const other = auditKey(join(dir, 'other.pem'));
    expect(await makeCheckpoint({ db, key: other })).toBeUndefined();
    expect(await makeCheckpoint({ db, key })).toMatchObject({ number: 2 });
    await db.sql`update bellman.clock set base = base + interval '3 hours'`;
    await raise(1);
    expect(await makeCheckpoint({ db, key: other })).toMatchObject({ number: 3 });
    expect(await audit(db, [key.publicKey])).toMatchObject({
      bad: [{ checkpoint: 3, why: expect.stringContaining(`--key ${other.publicKey}`) }],
    });
    expect((await audit(db, [key.publicKey, other.publicKey])).bad).toEqual([]);
  });

  test('goes to the audit file, those that a crash kept from it too, and to the channel', async () => {
    const { db, raise, checkpoint, dir } = await setting();
    const auditFile = join(dir, 'logs', 'audit.log');
    await raise(1);
    const first = await checkpoint({ auditFile });
    await raise(1);
    const second = await checkpoint();
    await raise(1);
    const announce = (text: string) => [{ place: 'slack/channel/C9', content: { text } }];
    const third = await checkpoint({ auditFile, announce });
    expect(checkpointsIn(readFileSync(auditFile, 'utf8'))).toEqual([first, second, third]);
    expect(statSync(auditFile).mode & 0o777).toBe(0o600);
    const said = await db.sql`select platform, state, content from bellman.delivery where place = 'slack/channel/C9'`;
    expect(said).toEqual([{ platform: 'slack', state: 'waiting', content: { text: checkpointText(third) } }]);
  });
});

describe('what was tampered with', () => {
  test.each([
    ['its text', `body = replace(body, 'noted', 'nated')`, 'its text is not what was written'],
    ['its actor', `actor = 'p1'`, 'its columns are not what was written'],
    ['its time', `at = at + interval '1 second'`, 'its columns are not what was written'],
    ['its number', 'seq = 9', 'an entry is missing'],
  ])('is named: %s', async (_, change, why) => {
    const { raise, tamper, bad } = await setting();
    const record = await raise(3);
    await tamper(`update bellman.journal set ${change} where record_id = '${record}' and seq = 2`);
    expect(await bad()).toEqual([{ record, seq: 2, why }]);
  });

  test('is named: its words; but erased words are no fault', async () => {
    const { raise, tamper, bad } = await setting();
    const record = await raise(3);
    await tamper(`update bellman.journal_words set words = null where record_id = '${record}' and seq = 1`);
    expect(await bad()).toEqual([]);
    await tamper(`update bellman.journal_words set words = '{"text": "other"}' where record_id = '${record}' and seq = 2`);
    expect(await bad()).toEqual([{ record, seq: 2, why: 'its words are not what was written' }]);
  });

  test('is named: a text that is no longer Bellman’s, with its hashes made right', async () => {
    const { raise, tamper, bad } = await setting();
    const record = await raise(1);
    await tamper(`update bellman.journal set body = '-', hash = encode(sha256('\n1\n-'), 'hex') where record_id = '${record}'`);
    expect(await bad()).toEqual([{ record, seq: 1, why: 'its text was never written by Bellman' }]);
  });

  test('is named: a cut tail, by the record, and by the checkpoint where the record was made to fit', async () => {
    const at = await setting();
    const [one, two] = [await at.raise(5), await at.raise(5)];
    await at.tamper(`delete from bellman.journal where record_id = '${one}' and seq >= 4`);
    expect(await at.bad()).toEqual([{ record: one, seq: 4, why: 'the last entries are missing' }]);
    await cutTail(at, one, 4);
    expect(await at.bad()).toEqual([]);
    await at.checkpoint();
    await cutTail(at, two, 5);
    expect(await at.bad()).toEqual([{ record: two, seq: 5, why: 'it was there at checkpoint 1 and was taken away' }]);
  });

  test('is named closely when more than one checkpoint saw the record', async () => {
    const at = await setting();
    const record = await at.raise(3);
    await at.checkpoint();
    await at.note(record, 'four');
    await at.note(record, 'five');
    await at.checkpoint();
    await at.rewrite(record, 5);
    expect(await at.bad()).toEqual([{ record, seq: 4, why: 'it, or one of those up to 5, was rewritten after checkpoint 2' }]);
  });

  test('is named: a record of which nothing is left, and one whose row alone is gone', async () => {
    const { raise, checkpoint, tamper, bad } = await setting();
    const [one, two] = [await raise(2), await raise(2)];
    await checkpoint();
    await tamper(`delete from bellman.record where id = '${two}'`);
    expect(await bad()).toEqual([{ record: two, seq: 1, why: 'the record itself is missing' }]);
    for (const [table, id] of [
      ['journal', 'record_id'],
      ['journal_words', 'record_id'],
      ['part', 'record_id'],
      ['record', 'id'],
    ])
      await tamper(`delete from bellman.${table} where ${id} in ('${one}', '${two}')`);
    expect(await bad()).toMatchObject([
      { record: one, seq: 1 },
      { record: two, seq: 1 },
    ]);
  });

  test('is found by the checkpoint alone when all hashes were made right', async () => {
    const { raise, note, checkpoint, rewrite, bad } = await setting();
    const record = await raise(4);
    await rewrite(record, 2);
    expect(await bad()).toEqual([]);
    await checkpoint();
    await note(record, 'five');
    await checkpoint();
    await rewrite(record, 5);
    expect(await bad()).toEqual([{ record, seq: 5, why: 'it was rewritten after checkpoint 2' }]);
  });

  test('is found when the list of heads was made to fit as well', async () => {
    const { raise, checkpoint, rewrite, tamper, bad } = await setting();
    const record = await raise(2);
    await checkpoint();
    await rewrite(record, 2);
    await tamper(
      `update bellman.checkpoint_head h set hash = j.hash from bellman.journal j where j.record_id = h.record_id and j.seq = h.seq`,
    );
    expect(await bad()).toEqual([{ checkpoint: 1, why: expect.stringContaining(record) }]);
  });

  test('is found: a checkpoint signed anew by the database’s owner, changed, or taken out', async () => {
    const at = await setting();
    const record = await at.raise(2);
    const first = await at.checkpoint();
    await at.note(record, 'three');
    const second = await at.checkpoint();
    await at.tamper(`update bellman.checkpoint set entries = 99 where number = 2`);
    expect(await at.bad()).toEqual([{ checkpoint: 2, why: 'its text and its columns differ' }]);
    await at.tamper('delete from bellman.checkpoint where number = 2; delete from bellman.checkpoint_head where number = 2');
    await cutTail(at, record, 3);
    // Without the owner's trace in the database, only what was kept outside tells.
    expect(await at.bad()).toEqual([]);
    const kept = [{ from: 'the channel', checkpoints: [first, second] }];
    expect(await at.bad(kept)).toEqual([{ checkpoint: 2, why: expect.stringContaining('ends with checkpoint 1') }]);
    await at.note(record, 'another three');
    const forged = await makeCheckpoint({ db: at.db, key: auditKey(join(at.dir, 'owner.pem')), every: 0 });
    expect(forged?.number).toBe(2);
    expect(await at.bad(kept)).toEqual([
      { checkpoint: 2, why: expect.stringContaining('not known here') },
      { checkpoint: 2, why: expect.stringContaining('another one of this number') },
    ]);
  });

  test('is found: a posted text that was changed', async () => {
    const { raise, checkpoint, bad } = await setting();
    await raise(1);
    const posted = checkpointText(await checkpoint()).replace('1 entries', '2 entries');
    expect(await bad([{ from: 'the channel', checkpoints: checkpointsIn(posted) }])).toEqual([
      { checkpoint: 1, why: 'the channel: its signature does not fit its text' },
    ]);
  });
});
