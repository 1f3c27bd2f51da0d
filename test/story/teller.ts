/** How the story is told: people act, and what they read is checked word for word where it matters. */
import assert from 'node:assert/strict';
import type { Database } from '../../src/db/database.ts';
import { type Filled, type Seen, type Stage, sees, timeless, type Where } from './stage.ts';

/** Where the story is played. */
export interface World {
  readonly stage: Stage;
  readonly db: Database;
  /** Lets so much of Bellman's time pass. */
  readonly advance: (ms: number) => Promise<void>;
  /** The mails that the bank's customers got: each the whole text, times as on the stage. */
  readonly mails: () => readonly string[];
  /** Hears what goes on, for somebody who watches. */
  readonly watch?: Watcher;
}

export interface Watcher {
  /** A new chapter begins. */
  readonly chapter: (title: string) => void;
  /** So many milliseconds of the bank's time went by. */
  readonly passed: (ms: number) => void;
  /** Somebody did something. */
  readonly did: (who: string, what: string) => void;
  /** Somebody, or everybody in a channel, read this. */
  readonly read: (reader: string, text: string) => void;
}

export interface Teller extends World {
  readonly chapter: (title: string) => void;
  /** Says a command; in #general unless said otherwise. */
  readonly say: (who: string, words: string, where?: `#${string}`) => Promise<void>;
  /** Says a command that opens a dialog, fills it in and sends it off. */
  readonly sayAndFill: (who: string, words: string, filled: Filled, where?: `#${string}`) => Promise<void>;
  /** Presses a button on the newest card there that reads so. */
  readonly press: (who: string, where: Where, reading: string | RegExp, label: string) => Promise<void>;
  /** The same with a button that opens a dialog. */
  readonly pressAndFill: (who: string, where: Where, reading: string | RegExp, label: string, filled: Filled) => Promise<void>;
  /** Waits until somebody reads it there; it is worth showing to whoever watches. */
  readonly reads: (who: string, where: Where, reading: string | RegExp) => Promise<Seen>;
  /** Waits until the customers have a mail that reads so. */
  readonly mailed: (reading: string) => Promise<string>;
  /** Waits until the newest card there that reads so has no buttons any more. */
  readonly settled: (who: string, where: Where, reading: string | RegExp) => Promise<Seen>;
  /** Waits until something is so. */
  readonly until: (what: string, look: () => boolean) => Promise<void>;
  /** How often somebody reads it there now. */
  readonly times: (who: string, where: Where, reading: string) => number;
  /** Fails unless somebody read it there exactly once. */
  readonly once: (who: string, where: Where, reading: string) => void;
}

const PATIENCE = 60_000;

const soon = async <T>(what: string, look: () => T | undefined | false): Promise<T> => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Everything that the story needs, over a stage. */
export function teller(world: World): Teller {
  const { stage, watch } = world;

  const fill = async (who: string, filled: Filled): Promise<void> => {
    const [[label, said] = ['', '']] = Object.entries(filled);
    watch?.did(who, `fills in ${label}: ${said.split('\n')[0]}${Object.keys(filled).length > 1 ? ' ...' : ''}`);
    const mend = await stage.fill(who, filled);
    assert.deepEqual(mend, {}, `${who} filled it in, and it was not taken`);
  };
  const say: Teller['say'] = async (who, words, where = '#general') => {
    watch?.did(who, words);
    await stage.say(who, where, words);
  };
  const press: Teller['press'] = async (who, where, reading, label) => {
    const card = await soonWith(who, where, reading, label);
    watch?.did(who, `presses ${label}`);
    await stage.press(who, card, label);
  };
  const soonWith = async (who: string, where: Where, reading: string | RegExp, label: string): Promise<Seen> => {
    await sees(stage, who, where, reading);
    return soon(`a button ${label} for ${who} on ${reading} (${where})`, () =>
      stage
        .all(who, where)
        .findLast(
          ({ text, buttons }) =>
            buttons.includes(label) &&
            (typeof reading === 'string' ? timeless(text).includes(reading) : reading.test(timeless(text))),
        ),
    );
  };
  const times: Teller['times'] = (who, where, reading) =>
    stage.all(who, where).filter(({ text }) => timeless(text).includes(reading)).length;

  return {
    ...world,
    advance: async (ms) => {
      await world.advance(ms);
      watch?.passed(ms);
    },
    chapter: (title) => watch?.chapter(title),
    say,
    sayAndFill: async (who, words, filled, where) => {
      await say(who, words, where);
      await fill(who, filled);
    },
    press,
    pressAndFill: async (who, where, reading, label, filled) => {
      await press(who, where, reading, label);
      await fill(who, filled);
    },
    reads: async (who, where, reading) => {
      const seen = await sees(stage, who, where, reading);
      watch?.read(where.startsWith('#') ? where : who, seen.text);
      return seen;
    },
    mailed: async (reading) => {
      const mail = await soon(`a mail that reads: ${reading}\nThere is:\n${world.mails().join('\n---\n')}`, () =>
        world.mails().findLast((one) => timeless(one).includes(reading)),
      );
      watch?.read('customers@woodgrovebank.example', mail);
      return mail;
    },
    settled: async (who, where, reading) => {
      const found = await soon(`no button for ${who} on ${reading} (${where})`, () => {
        const newest = stage
          .all(who, where)
          .findLast(({ text }) =>
            typeof reading === 'string' ? timeless(text).includes(reading) : reading.test(timeless(text)),
          );
        return newest && newest.buttons.length === 0 ? newest : undefined;
      });
      return found;
    },
    until: async (what, look) => {
      await soon(what, look);
    },
    times,
    once: (who, where, reading) =>
      assert.equal(times(who, where, reading), 1, `${who} should read this once (${where}): ${reading}`),
  };
}
