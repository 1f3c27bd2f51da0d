/** The bank in which random days are spent: a whole Bellman on a fake Slack and a real mail server, and the model of who may release. */
import { mailServer } from '../adapters/email/mail-server.ts';
import type { FakeSlack } from '../fakes/slack/fake-slack.ts';
import {
  answered,
  type SlackStage,
  slackChannel,
  slackEnvironment,
  slackStage,
  slackUser,
  slackWorkspace,
} from '../story/slack-stage.ts';
import { answerTo } from '../story/tried.ts';
import { eventually, type House, type QueueBackend, startHouse } from '../support/bellman.ts';
import { CHANNELS_OF, type LineKey, PEOPLE_OF_THE_DAY, type Step } from './day.ts';

/** Long enough for a busy machine, short enough that a day is over soon. */
const TIMES = { timeout: 700, quiet: 200, lease: 1500, twins: 400 } as const;
const MINUTE = 60_000;
const STARTS = '2027-01-11T09:00:00Z';

export interface Bank {
  readonly house: House;
  readonly fake: FakeSlack;
  readonly stage: SlackStage;
  /** The mails that were taken, each the whole text. */
  readonly mails: () => readonly string[];
  /** Who is who: person ids by handle. */
  readonly person: (handle: string) => string;
  readonly begin: () => Promise<Run>;
  readonly close: () => Promise<void>;
}

/** One day: its record, and what the model knows. */
export interface Run {
  readonly record: string;
  readonly take: (step: Step) => Promise<void>;
  /** Sets everything right and waits until nothing is due any more. */
  readonly settle: () => Promise<void>;
  /** The ids of those who may release a line at a time. */
  readonly allowed: (line: string, at: number) => readonly string[];
  /** Every text that was handed in. */
  readonly texts: () => readonly string[];
  /** Ends the day: nothing of its record is due any more, so that the next one has the bank for itself. */
  readonly end: () => Promise<void>;
}

/** So unlike each other that none is taken for one that is known. */
const TITLES = [
  'Printers stay silent',
  'Payments fail in the north',
  'Mailboxes are locked',
  'Doors do not open',
  'Phones lose their line',
  'Backups take all day',
];

const SETUP = [
  '/bellman role grant @jerry problem-manager',
  '/bellman role grant @jamie communications',
  '/bellman audience set senior-management #management',
  '/bellman audience releasers senior-management @charles',
  '/bellman audience set customers customers@woodgrovebank.example',
  '/bellman audience set working-staff #working-staff',
  '/bellman audience releasers working-staff @jerry @ray',
];

export async function openBank(queue: QueueBackend): Promise<Bank> {
  let refusing = false;
  const [fake, mail] = await Promise.all([slackWorkspace(), mailServer({ message: () => (refusing ? 552 : undefined) })]);
  const environment = { ...slackEnvironment(fake), SMTP_URL: mail.url, MAIL_FROM: 'Bellman <bellman@woodgrovebank.example>' };
  const house = await startHouse({ environment, queue, startsAt: STARTS, rehearsal: { times: TIMES } });
  const listen = () => fake.sendTo(`${house.bellman.url}/slack/events`);
  listen();
  const stage = slackStage(fake);
  for (const handle of PEOPLE_OF_THE_DAY) await answerTo(stage, handle, () => stage.say(handle, '#general', '/bellman help'));
  for (const words of SETUP) await answerTo(stage, 'admin', () => stage.say('admin', '#general', words));
  const rows = await house.db.sql<{ handle: string; id: string }[]>`select handle, person_id as id from bellman.identity`;
  const person = (handle: string) => rows.find((row) => row.handle === handle)?.id ?? handle;

  /** Says something; a dialog that it opens is sent filled in. Ends when there is an answer. */
  async function say(who: string, words: string, filled: Readonly<Record<string, string>> = {}): Promise<void> {
    await answerTo(stage, who, async () => {
      const before = new Set([...stage.all(who, 'answer').map(({ id }) => id)]);
      const open = fake.lastView(slackUser(who))?.id;
      await stage.say(who, '#general', words);
      const dialog = await eventually(`${who} is answered or gets a dialog`, () => {
        const view = fake.lastView(slackUser(who));
        if (view && view.id !== open) return view;
        return stage.all(who, 'answer').some(({ id }) => !before.has(id)) ? 'answered' : undefined;
      });
      if (dialog === 'answered') return;
      const { errors } = await fake.submit(dialog, filled);
      // What is to be mended was not done: the dialog is closed as people do who think better of it.
      if (Object.keys(errors).length > 0) {
        await fake.closeView(dialog, true);
        await stage.say(who, '#general', '/bellman help');
      }
    });
  }

  /** Presses the newest button of this name, if there is one; the answer is waited for. */
  async function press(who: string, label: string, reading: string): Promise<void> {
    const card = [...stage.all(who, 'answer'), ...stage.all(who, 'direct')].findLast(
      ({ buttons, text }) => buttons.includes(label) && text.includes(reading),
    );
    if (card) await answerTo(stage, who, async () => answered(await fake.press(slackUser(who), card.message, label)));
  }

  async function begin(): Promise<Run> {
    const communications: { at: number; holders: ReadonlySet<string> }[] = [{ at: 0, holders: new Set(['jamie']) }];
    const texts: string[] = [];
    const [last] = await house.db.sql<
      { last: number }[]
    >`select coalesce(max(number), 0)::int as last from bellman.record where kind = 'PRB'`;
    const record = `PRB-${(last?.last ?? 0) + 1}`;
    const has = async (part: string) =>
      (await house.db.sql`select 1 from bellman.part where record_id = ${record} and name = ${part}`).length > 0;
    await stage.say('jerry', '#general', '/problem new');
    await stage.fill('jerry', { Title: TITLES[(last?.last ?? 0) % TITLES.length] ?? record });
    await eventually(`${record} is raised`, () => has('problem'));
    await stage.say('jerry', '#general', `/problem major ${record}`);
    await stage.fill('jerry', { Owner: 'jerry' });
    await eventually(`${record} has a plan`, () => has('plan'));

    const take = async (step: Step): Promise<void> => {
      switch (step.do) {
        case 'write':
          texts.push(step.text);
          return say(step.by, `/comms draft ${record} ${step.line}`, { Text: step.text });
        case 'release':
          if (!step.old) await say(step.by, `/comms release ${record} ${step.line}`);
          return press(step.by, 'Release', record);
        case 'tell':
          await take({ do: 'write', by: 'jerry', line: step.line, text: step.text });
          await take({ do: 'release', by: step.by, line: step.line, old: false });
          return house.advance(11_000);
        case 'undo':
          return press(step.by, 'Undo', '');
        case 'skip':
          return say(step.by, `/comms skip ${record} ${step.line}`, { Reason: 'Nothing to say' });
        case 'pass':
          return house.advance(step.seconds * 1000);
        case 'role': {
          await say('admin', `/bellman role ${step.grant ? 'grant' : 'revoke'} @${step.who} communications`);
          const holders = new Set(communications.at(-1)?.holders);
          if (step.grant) holders.add(step.who);
          else holders.delete(step.who);
          communications.push({ at: await house.now(), holders });
          return;
        }
        case 'slack fails':
          fake.fault({
            method: 'chat.postMessage',
            kind: step.kind,
            times: step.times,
            retryAfter: 1,
            match: ({ channel, metadata }) =>
              metadata !== undefined &&
              (typeof step.kind === 'string' || CHANNELS_OF.some((name) => channel === slackChannel(name))),
          });
          return;
        case 'mail refuses':
          refusing = step.on;
          return;
        case 'restart':
          await house.restart();
          return listen();
        default:
          step satisfies never;
      }
    };

    return {
      record,
      take,
      settle: async () => {
        fake.clearFaults();
        await house.advance(11_000);
        await quiet();
        // So that whatever is late now is late for everybody to see.
        await house.advance(2 * MINUTE);
        await quiet();
        refusing = false;
        await take({ do: 'role', who: 'jamie', grant: true });
        await take({ do: 'role', who: 'kate', grant: false });
      },
      allowed: (line, at) => {
        const fixed: Readonly<Partial<Record<LineKey, readonly string[]>>> = {
          'senior-management': ['charles'],
          'working-staff': ['jerry', 'ray'],
        };
        const holders = fixed[line as LineKey] ?? [...(communications.findLast((one) => one.at <= at)?.holders ?? [])];
        return holders.map(person);
      },
      texts: () => texts,
      end: async () => {
        await house.db.sql`delete from bellman.timer where record_id = ${record}`;
        await house.db.sql`update bellman.delivery set state = 'cancelled' where record_id = ${record} and state = 'waiting'`;
      },
    };
  }

  /** Nothing is due that was not done. */
  const quiet = () =>
    eventually(
      'nothing is due any more',
      async () => {
        await house.bellman.jobs.sweep();
        const [row] = await house.db.sql<[{ open: number }]>`
          select (select count(*) from bellman.timer where parked_at is null and due_at <= bellman.now())::int
            + (select count(*) from bellman.delivery where state in ('waiting', 'sending', 'unknown') and platform <> 'none')::int as open`;
        return row.open === 0;
      },
      60_000,
    );

  return {
    house,
    fake,
    stage,
    mails: () => mail.taken.map(({ raw }) => raw),
    person,
    begin,
    close: async () => {
      await house.stop();
      await fake.close();
      await mail.stop();
    },
  };
}
