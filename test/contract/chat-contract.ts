/**
 * What every chat platform must do, whole: `chatContract('Slack over HTTP', makeSetup)`. A setup is made for each test. What a
 * platform cannot do at all is named with its reason in `without`, and its tests are listed as skipped with it.
 */
import { afterEach, beforeEach } from 'vitest';
import { conversation } from './conversation.ts';
import { deliveries } from './deliveries.ts';
import { memory } from './memory.ts';
import { notes } from './notes.ts';
import { type Play, testing, type Without } from './play.ts';
import type { ContractParts, ContractSetup } from './stage.ts';

type MakeSetup = (parts: ContractParts) => Promise<ContractSetup>;

export function chatContract(name: string, makeSetup: MakeSetup, without: Without = {}): void {
  // Setup and mind are put in before each test, and nobody reads them outside one.
  const play = { intents: [], testWith: testing(without), names: () => play.mind.names([]) } as unknown as Play;

  beforeEach(async () => {
    play.runs = { said: [], formed: [], asked: [] };
    play.intents.length = 0;
    const registry = notes(play.runs);
    play.mind = memory(registry, () => play.setup.platform);
    play.setup = await makeSetup({ registry, names: play.mind.names });
    await play.setup.platform.start((intent) => {
      play.intents.push(intent);
      return play.mind.dispatch(intent);
    });
  });

  afterEach(async () => {
    await play.setup.platform.stop();
    await play.setup.stop();
  });

  conversation(name, play);
  deliveries(name, play);
}
