/** A Bellman on a Slack workspace, for tests that say, press and read by the very words of the issue. */

import type { FakeSlack, Value } from '../fakes/slack/fake-slack.ts';
import { slackEnvironment, slackStage, slackUser, slackWorkspace } from '../story/slack-stage.ts';
import { type Seen, sees, type Where } from '../story/stage.ts';

/** What is filled into a dialog, by label: text, a choice's label, one handle or several. */
type Filled = Readonly<Record<string, Value>>;

import { type House, startHouse } from '../support/bellman.ts';

/** What people do there, and what they then read. */
export interface Office {
  readonly house: House;
  readonly fake: FakeSlack;
  /** Says a command in #general. */
  readonly say: (who: string, words: string) => Promise<void>;
  /** Says it in another channel. */
  readonly sayIn: (who: string, where: `#${string}`, words: string) => Promise<void>;
  /** Says a command that opens a dialog, and sends it filled in; the answer is what is to be mended, by label. */
  readonly fill: (who: string, words: string, filled: Filled) => Promise<Readonly<Record<string, string>>>;
  /** What stands in the fields of the dialog that is open, by label. */
  readonly dialog: (who: string) => Promise<Readonly<Record<string, string>>>;
  /** Sends the dialog that is open, with these fields changed. */
  readonly mend: (who: string, filled: Filled) => Promise<Readonly<Record<string, string>>>;
  /** Presses a button on the newest card there that reads so and has it; a dialog that it opens is sent filled in. */
  readonly press: (who: string, where: Where, reading: string, label: string, filled?: Filled) => Promise<void>;
  readonly reads: (who: string, where: Where, reading: string | RegExp) => Promise<Seen>;
  /** Everything that somebody can read there now. */
  readonly all: (who: string, where: Where) => readonly Seen[];
  readonly stop: () => Promise<void>;
}

/** Opens an office in which these commands were said by the admin; `more`: what else is in its environment. */
export async function openOffice(
  setup: readonly string[],
  startsAt = '2027-01-11T09:00:00Z',
  more: Readonly<Record<string, string>> = {},
): Promise<Office> {
  const fake = await slackWorkspace();
  const house = await startHouse({ environment: { ...slackEnvironment(fake), ...more }, queue: 'postgres', startsAt });
  fake.sendTo(`${house.bellman.url}/slack/events`);
  const stage = slackStage(fake);
  const say = (who: string, words: string) => stage.say(who, '#general', words);
  const send = async (who: string, filled: Filled) => {
    const dialog = await fake.waitFor(() => fake.lastView(slackUser(who)), 5000, `a dialog in front of ${who}`);
    const { errors, trouble } = await fake.submit(dialog, filled);
    if (trouble !== undefined) throw new Error(trouble);
    return errors;
  };
  for (const words of setup) await say('admin', words);
  return {
    house,
    fake,
    say,
    sayIn: (who, where, words) => stage.say(who, where, words),
    fill: async (who, words, filled) => {
      await say(who, words);
      return send(who, filled);
    },
    dialog: async (who) => (await stage.dialog(who)).fields,
    mend: send,
    press: async (who, where, reading, label, filled) => {
      const withButton = () =>
        stage.all(who, where).findLast((seen) => seen.text.includes(reading) && seen.buttons.includes(label));
      await sees(stage, who, where, reading);
      await fake.waitFor(withButton, 10_000, `${label} on ${reading} before ${who}`);
      await stage.press(who, withButton() as Seen, label);
      if (filled) await send(who, filled);
    },
    reads: (who, where, reading) => sees(stage, who, where, reading),
    all: stage.all,
    stop: async () => {
      await house.stop();
      await fake.close();
    },
  };
}

/** The bank's boards and managers: neil reviews, jerry manages problems, jamie communicates. */
export const BANK = [
  '/bellman role grant @neil change-manager',
  '/bellman role grant @jerry problem-manager',
  '/bellman role grant @jamie communications',
  '/bellman board create CAB #cab',
  ...['charles', 'kevin', 'linda'].map((member) => `/bellman board add CAB @${member}`),
  '/bellman board create ECAB #ecab emergency',
  ...['charles', 'kevin'].map((member) => `/bellman board add ECAB @${member}`),
];

/** The fields that `/rfc new` needs, and no others. */
export const NEEDED = {
  Title: 'Encrypt everything',
  Description: 'All traffic is encrypted.',
  Type: 'Minor',
  Priority: 'Medium',
  Risk: 'Some servers refuse.',
  'Backout plan': 'Unassign the policy.',
  Start: '2027-01-20 22:00',
  End: '2027-01-21 02:00',
} as const;
