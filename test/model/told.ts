/** What people really got on a day, read where they read it, beside what the journal says was released. */
import { slackChannel, slackUser } from '../story/slack-stage.ts';
import type { Bank, Run } from './bank.ts';
import { CHANNELS_OF, PEOPLE_OF_THE_DAY } from './day.ts';

/** One released update. */
export interface Told {
  readonly update: string;
  readonly line: string;
  readonly at: number;
  readonly by: readonly string[];
  readonly text: string;
  readonly places: readonly string[];
  /** How many copies there are at each place now. */
  readonly copies: ReadonlyMap<string, number>;
  /** Places of which somebody read that it did not arrive, or may not have. */
  readonly missed: ReadonlySet<string>;
}

/** An update whose time is over and that was neither released nor skipped. */
export interface Late {
  readonly update: string;
  readonly due: string;
  /** Who reads that it is overdue. */
  readonly toldTo: readonly string[];
}

const LABELS: Readonly<Record<string, string>> = {
  'senior-management': 'Senior management',
  customers: 'Customers and partners',
  'working-staff': 'Working staff',
  'all-staff': 'All staff',
};

/** Reads everything. */
export async function told(
  bank: Bank,
  run: Run,
): Promise<{ readonly releases: readonly Told[]; readonly open: readonly Late[]; readonly texts: readonly string[] }> {
  const { house, fake } = bank;
  const { sql } = house.db;
  const entries = await sql<
    {
      data: { update: string; line: string; by: string[]; number: number };
      at: Date;
      words: { text: string; places: string[] };
    }[]
  >`
    select (j.body::jsonb) -> 'data' as data, j.at, w.words from bellman.journal j
    join bellman.journal_words w on w.record_id = j.record_id and w.seq = j.seq
    where j.record_id = ${run.record} and j.type = 'plan.released' order by j.seq`;
  const deliveries = await sql<{ id: string; update: string; place: string }[]>`
    select id, update_id as "update", place from bellman.delivery where record_id = ${run.record} and update_id is not null`;

  const said = CHANNELS_OF.flatMap((name) => fake.visible(slackChannel(name))).flatMap(({ metadata }) => {
    const payload = metadata?.event_payload as { delivery?: string } | undefined;
    return payload?.delivery === undefined ? [] : [payload.delivery];
  });
  const mailed = bank.mails().flatMap((raw) => /^message-id: <([0-9a-z]+)@/imu.exec(raw)?.[1] ?? []);
  const arrived = [...said, ...mailed];
  const read = PEOPLE_OF_THE_DAY.map((handle) => ({
    handle,
    messages: [...fake.directMessages(slackUser(handle))].filter(({ deleted }) => !deleted).map((message) => fake.read(message)),
  }));

  const releases = entries.map(({ data, at, words }): Told => {
    const own = deliveries.filter(({ update }) => update === data.update);
    const copies = new Map(
      words.places.map((place) => [
        place,
        own.filter((one) => one.place === place).reduce((sum, { id }) => sum + arrived.filter((one) => one === id).length, 0),
      ]),
    );
    const label = LABELS[data.line] ?? data.line;
    const warned = read.some(({ messages }) =>
      messages.some(
        (text) =>
          text.includes(run.record) &&
          text.includes(label) &&
          /not delivered|unsure|stopped|did not leave/iu.test(text) &&
          new RegExp(`Update ${data.number}\\b`, 'u').test(text),
      ),
    );
    return {
      update: data.update,
      line: data.line,
      at: at.getTime(),
      by: data.by,
      text: words.text,
      places: words.places,
      copies,
      missed: new Set(warned ? words.places : []),
    };
  });

  const rows = await sql<{ id: string; audience: string; due: Date }[]>`
    select id, audience, due_at as due from bellman.comms_update where record_id = ${run.record}
      and outcome in ('upcoming', 'drafting', 'awaiting release', 'leaving') and due_at < bellman.now() - interval '1 minute'`;
  const open = rows.map(({ id, audience, due }): Late => {
    const heading = LABELS[audience] ?? audience;
    const toldTo = read.flatMap(({ handle, messages }) =>
      messages.some((text) => /overdue/iu.test(text) && text.includes(heading) && text.includes(run.record)) ? [handle] : [],
    );
    return { update: id, due: due.toISOString(), toldTo };
  });
  return { releases, open, texts: run.texts() };
}
