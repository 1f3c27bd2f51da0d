/**
 * What the story is told on: people of the bank who say, press, fill in and read, on whichever platform. The story knows nothing
 * else of it, so that all platforms play the very same script.
 */

/** A channel (`#cab`), the direct messages between Bellman and the person, or what Bellman answered the person: privately, or directly where it has buttons. */
export type Where = `#${string}` | 'direct' | 'answer';

/** A message as its reader sees it: people read `@handle`, channels `#name`, times `{2027-01-11 09:30}` in UTC; mark-up is gone. */
export interface Seen {
  readonly text: string;
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
  /** Whom the platform calls because of it, where it can tell: handles, and words such as `everyone`. */
  readonly calls: readonly string[];
  /** The descriptions of its pictures, where the stage can see them. */
  readonly pictures?: readonly string[];
  readonly id: string;
}

/** A dialog in front of somebody: what stands in its fields, by label. A platform that asks in steps shows the present one. */
export interface Dialog {
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What is filled in, by label: text, a choice's label, a person's handle. A label that a step does not show belongs to another one. */
export type Filled = Readonly<Record<string, string>>;

export interface Stage {
  readonly platform: string;
  /** Says a command in a channel. `@kevin` and `#cab` are typed as the platform types people and channels. */
  say(who: string, where: `#${string}`, words: string): Promise<void>;
  /** Presses a button on a message, as it stood when it was read. */
  press(who: string, seen: Seen, label: string): Promise<void>;
  /** The dialog in front of somebody. */
  dialog(who: string): Promise<Dialog>;
  /** Fills in the dialog and sends it off, all steps of it. The answer: what is to be mended, by label; empty when it was sent. */
  fill(who: string, filled: Filled): Promise<Readonly<Record<string, string>>>;
  /** Everything that somebody sees there now, oldest first. */
  all(who: string, where: Where): readonly Seen[];
}

/** Somebody of the bank. */
export interface Person {
  readonly handle: string;
  readonly name: string;
  readonly title: string;
}

/** Woodgrove Bank, and who sets Bellman up for it. */
export const PEOPLE: readonly Person[] = [
  { handle: 'admin', name: 'Admin', title: 'Sets Bellman up' },
  { handle: 'charles', name: 'Charles', title: 'CIO' },
  { handle: 'kevin', name: 'Kevin', title: 'Security Manager' },
  { handle: 'neil', name: 'Neil', title: 'IT Manager' },
  { handle: 'kate', name: 'Kate', title: 'Customer service' },
  { handle: 'jerry', name: 'Jerry', title: 'Problem management' },
  { handle: 'janet', name: 'Janet', title: 'CEO' },
  { handle: 'ray', name: 'Ray', title: 'Infrastructure Manager' },
  { handle: 'linda', name: 'Linda', title: 'Development Manager' },
  { handle: 'jamie', name: 'Jamie', title: 'Operations Manager' },
];

/** The channels that the story uses. */
export const CHANNELS = ['general', 'cab', 'ecab', 'management', 'staff', 'working-staff', 'audit'] as const;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A text in which every time stands in one form, whichever way the platform writes it. */
export const withTimes = (text: string): string =>
  text
    .replaceAll(/\b(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z/gu, '{$1 $2}')
    .replaceAll(
      /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) (\w{3})\w* (\d{4}), (\d\d:\d\d) \(UTC\)/gu,
      (_all, day: string, month: string, year: string, clock: string) =>
        `{${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')} ${clock}}`,
    );

/** The same without the times themselves, for sentences whose time the story does not know. */
export const timeless = (text: string): string => text.replaceAll(/\{\d{4}-\d\d-\d\d \d\d:\d\d\}/gu, '{time}');

/** Slack permits 40 edits a minute, and the story asks for more in its last chapters. */
const PATIENCE = 60_000;
const LOOK_AGAIN = 20;

/** Waits for what somebody sees there and reads so (times as `{time}` or exact); the newest first. */
export async function sees(stage: Stage, who: string, where: Where, reading: string | RegExp, limit = PATIENCE): Promise<Seen> {
  const fits = ({ text }: Seen) =>
    typeof reading === 'string' ? text.includes(reading) || timeless(text).includes(reading) : reading.test(timeless(text));
  const end = Date.now() + limit;
  for (;;) {
    const found = stage.all(who, where).findLast(fits);
    if (found) return found;
    if (Date.now() > end) {
      const there = stage.all(who, where).map(({ text, buttons }) => `${text}\n[${buttons.join('] [')}]`);
      throw new Error(`${who} does not read ${reading} (${where}), but:\n${there.join('\n---\n') || 'nothing'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}
