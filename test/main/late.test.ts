import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, QUEUES, queueMissing, startHouse } from '../support/bellman.ts';
import { consoleUser, wordsOf } from '../support/console.ts';

describe.each(QUEUES)('with the queue on %s', (queue) => {
  const missing = queueMissing(queue);
  let house: House;
  beforeEach(async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    house = await startHouse({ queue });
  });
  afterEach(() => house?.stop());

  test('a command on a record that is busy is received, finished later, done once, and answered privately', async () => {
    const admin = consoleUser(house.bellman.url, 'admin');
    await admin.say('/bellman board create CAB #cab');
    // Somebody holds the organisation's lock for longer than a person can be kept waiting.
    const locked = Promise.withResolvers<void>();
    const freed = Promise.withResolvers<void>();
    const held = house.db.transaction(async ({ sql }) => {
      await sql`select pg_advisory_xact_lock(4170001)`;
      locked.resolve();
      await freed.promise;
    });
    await locked.promise;
    const key = crypto.randomUUID();
    const [answer, repeat] = [
      await admin.say('/bellman board set CAB quorum 2', key),
      await admin.say('/bellman board set CAB quorum 2', key),
    ];
    expect(wordsOf(answer.message?.content)).toContain('Received, the answer follows.');
    expect(wordsOf(repeat.message?.content)).toContain('Received, the answer follows.');
    freed.resolve();
    await held;
    expect(await admin.reads(/Board CAB .*Quorum 2/u)).toContain('Quorum 2');
    const [row] = await house.db.sql<[{ count: number }]>`
      select count(*)::int as count from bellman.journal where record_id = 'ORG-1' and type = 'org.board-set'`;
    expect(row.count).toBe(1);
  });
});
