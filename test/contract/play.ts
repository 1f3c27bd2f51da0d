/** One run of the contract: the platform on its stage, the dispatch behind it, and what was seen of both. */
import { expect, test } from 'vitest';
import { type Intent, type Names, PlatformError, type Post } from '../../src/chat/port.ts';
import type { Memory } from './memory.ts';
import { NOTE, pinned, type Runs } from './notes.ts';
import type { Ability, ContractSetup } from './stage.ts';

/** Made anew for each test; read its parts inside a test only. */
export interface Play {
  setup: ContractSetup;
  mind: Memory;
  runs: Runs;
  readonly intents: Intent[];
  /** Everybody's names as they are known by now: somebody is known by name once they have said something. */
  names(): Promise<Names>;
  /** A test that needs something which not every platform can do. */
  testWith(ability: Ability, title: string, run: () => Promise<void>): void;
}

/** What a platform cannot do at all, and why; its tests are listed as skipped with that reason. */
export type Without = Readonly<Partial<Record<Ability, string>>>;

export const testing =
  (without: Without): Play['testWith'] =>
  (ability, title, run) => {
    const reason = without[ability];
    if (reason === undefined) test(title, run);
    else test.skip(`${title} (${reason})`);
  };

export const post = (delivery: string, shown = pinned(0)): Post => ({ delivery, record: NOTE, card: shown });

export const since = () => new Date(Date.now() - 60_000);

/** The error with which it fails; every way of a platform fails with a `PlatformError`. */
export async function failing(doing: Promise<unknown>): Promise<PlatformError> {
  const error = await doing.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}
