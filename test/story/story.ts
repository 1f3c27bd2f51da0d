/** The story of Woodgrove Bank, told once; every platform plays this very script. */
import assert from 'node:assert/strict';
import { verifyChains } from '../../src/core/verify.ts';
import { certificates, encryption } from './change-half.ts';
import { declared, overdue, resolved, told } from './problem-half.ts';
import { settingUp } from './setting-up.ts';
import { teller, type World } from './teller.ts';

/** When it begins: a Monday morning, by Bellman's clock. */
export const STARTS = '2027-01-11T09:00:00Z';

/** Tells it from the first setting to the last update; throws where somebody does not read what they should. */
export async function tellStory(world: World): Promise<void> {
  const story = teller(world);
  await settingUp(story);
  await encryption(story);
  await certificates(story);
  await declared(story);
  await told(story);
  await overdue(story);
  await resolved(story);
  assert.deepEqual(await verifyChains(world.db), [], 'Every entry of the journal is as it was written');
}
