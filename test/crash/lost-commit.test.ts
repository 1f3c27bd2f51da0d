/** A connection that is lost in COMMIT: nobody is told that nothing was changed when that is not known. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BallotCommand, ballot, parts, reactions } from '../../src/changes/index.ts';
import { silentDoorbell } from '../../src/core/doorbell.ts';
import { house } from '../../src/core/house.ts';
import { type Change, transactor } from '../../src/core/transact.ts';
import { type Database, OutcomeUnknown } from '../../src/db/database.ts';
import { org } from '../../src/people/index.ts';
import { type Installation, install } from './support/installation.ts';
import { userOf } from './support/workspace.ts';

const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const busy = () => Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
const lost = () => new OutcomeUnknown(new Error('The connection was lost'));

let here: Installation;
beforeAll(async () => {
  here = await install({
    handles: ['ray', 'neil', 'kevin', 'linda', 'olga'],
    channels: ['cab'],
    organisation: { roles: { 'change-manager': ['neil'] }, cab: ['kevin', 'linda', 'olga'] },
  });
  await here.openBallot('Move the database', 'ray', 'neil');
});
afterAll(() => here.close());

/** Kevin's vote under this key, on a database that fails so, attempt by attempt, after it has done what was asked or before. */
function vote(key: string, failures: (() => Error)[], stored: boolean): Promise<unknown> {
  const failing: Database = {
    ...here.db,
    transaction: async (work) => {
      const failure = failures.shift()?.();
      if (!failure) return here.db.transaction(work);
      if (stored && failure instanceof OutcomeUnknown) await here.db.transaction(work);
      throw failure;
    },
  };
  const transact = transactor({ db: failing, house: house([org, ...parts], reactions), doorbell: silentDoorbell });
  const command: BallotCommand = { type: 'vote', round: 1, choice: 'approve', reason: '' };
  const by = { platform: 'slack', user: userOf('kevin') };
  const inbound = { key, reply: () => ({ said: 'counted' }) };
  const asked: Change = { record: 'RFC-1', part: ballot.name, command, by, inbound };
  return transact([asked]);
}

describe('a vote whose COMMIT is not answered', () => {
  test('and that was stored is answered from what was stored', async () => {
    expect(await vote('k1', [lost], true)).toEqual([{ repeated: { said: 'counted' } }]);
    expect(await here.happened('ballot.voted')).toHaveLength(1);
  });

  test('and that was not stored is done', async () => {
    expect(await vote('k2', [lost], false)).toMatchObject([{ record: 'RFC-1' }]);
  });

  test.each([
    ['Postgres stays away', [lost, away]],
    ['it happens again and again', [lost, lost, lost, lost]],
    ['then something else fails', [lost, () => new Error('surprise')]],
  ])('is not known to be done when %s', async (_case, failures) => {
    await expect(vote('k3', [...failures], true)).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  test('waits its turn when its record is busy meanwhile', async () => {
    await expect(vote('k4', [lost, busy], false)).rejects.toMatchObject({ code: '55P03' });
  });

  test('is known not to be done when Postgres was away before', async () => {
    await expect(vote('k5', [away], false)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await here.happened('ballot.ended')).toEqual([]);
  });
});
