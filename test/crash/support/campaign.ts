/** Many people who vote at once, and press again, as people do, until they read that their vote counts. */
import type { FakeMessage } from '../../fakes/slack/fake-slack.ts';
import { eventually } from '../../support/bellman.ts';
import type { Installation } from './installation.ts';

/** Between two presses of somebody who was not helped, in milliseconds. */
const PATIENCE = 60;
/** Slack was answered, and yet nothing is read: after so long they press again. */
const NO_WORD = 4000;
const NOTHING_CHANGED = /nothing was changed/iu;
/** That the vote stands, or that the ballot is over because it stood. */
const COUNTED = /Counted: approve on|this click was not counted/u;

export interface Campaign {
  /** How many votes were read to count so far. */
  readonly counted: () => number;
  /** Every different thing that anybody read, with the names of the records taken out. */
  readonly read: () => readonly string[];
  /** Who read that nothing was changed, of which RFC, and when they pressed for it. */
  readonly denied: () => readonly { readonly voter: string; readonly rfc: string; readonly pressed: number }[];
  /** Presses to which there was no answer at all: nobody listened. */
  readonly unheard: () => number;
  /** How long each answer took, in milliseconds. */
  readonly times: () => readonly number[];
  /** When every vote counts. */
  readonly over: Promise<void>;
}

/** Each of these people approves all of these RFCs, one after the other; all people at once. */
export function campaign(here: Installation, voters: readonly string[], rfcs: readonly string[], limit = 60_000): Campaign {
  const end = Date.now() + limit;
  const read = new Set<string>();
  const denied: { voter: string; rfc: string; pressed: number }[] = [];
  let counted = 0;
  let unheard = 0;
  const times: number[] = [];

  async function press(voter: string, card: FakeMessage): Promise<string | undefined> {
    const before = here.answers(voter).length;
    const { status, ms } = await here.fake.press(voter, card, 'Approve');
    if (status !== 200) {
      unheard += 1;
      return undefined;
    }
    times.push(ms);
    const answer = () =>
      here
        .answers(voter)
        .slice(before)
        .find((words) => !words.includes('the answer follows'));
    return here.fake.waitFor(answer, NO_WORD).catch(() => undefined);
  }

  async function vote(voter: string, rfc: string, card: FakeMessage): Promise<void> {
    for (;;) {
      const pressed = Date.now();
      const answer = await press(voter, card);
      if (answer !== undefined) read.add((answer.split('\n')[0] ?? '').replaceAll(/RFC-\d+.*/gu, 'RFC'));
      if (answer !== undefined && NOTHING_CHANGED.test(answer)) denied.push({ voter, rfc, pressed });
      if (answer !== undefined && COUNTED.test(answer)) break;
      if (Date.now() > end) throw new Error(`${voter} pressed for ${limit} ms in vain; read at last: ${answer}`);
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
    counted += 1;
  }

  async function all(): Promise<void> {
    const cards = await Promise.all(rfcs.map((rfc) => here.fake.waitForMessage('cab', `Vote on ${rfc}`, { limitMs: 20_000 })));
    await Promise.all(
      voters.map(async (voter) => {
        for (const [at, card] of cards.entries()) await vote(voter, rfcs[at] ?? '', card);
      }),
    );
  }

  const over = all();
  // Heard by whoever awaits it, after what they do meanwhile.
  over.catch(() => undefined);
  return {
    counted: () => counted,
    read: () => [...read],
    denied: () => denied,
    unheard: () => unheard,
    times: () => times,
    over,
  };
}

/** When so many votes are read to count. */
export const underWay = (going: Campaign, votes: number): Promise<unknown> =>
  Promise.race([eventually(`${votes} votes`, () => going.counted() >= votes, 30_000), going.over.then(() => undefined)]);
