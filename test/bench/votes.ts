/** Votes a second, through everything that a vote is, against a transaction that only inserts the vote, tallies, and fills an outbox. */
import postgres from 'postgres';
import { connect } from '../../src/db/database.ts';
import { freshDatabase } from '../support/database.ts';
import { bareTables, bareVote } from './bare-vote.ts';
import { type Figure, keepBusy, race, raced } from './figures.ts';
import { MEMBERS, openHall, voteCommand, votingTransact } from './hall.ts';

const RFCS = 200;
const POOL = 10;
const TURN_MS = 500;
const ROUNDS = 9;
const TARGET = '0.8 or better';
/** The baseline's vote. */
const bareVotes = (sql: postgres.Sql, records: readonly string[], locks: boolean) => (number: number) => {
  const record = records[number % records.length] ?? '';
  const { by, command } = voteCommand(Math.floor(number / records.length));
  return bareVote(sql, record, by.user, command.type === 'vote' ? command.choice : '', locks);
};

/** Measures on a database of its own. */
export async function votes(): Promise<readonly Figure[]> {
  const database = await freshDatabase();
  const db = connect(database.url, { pool: POOL });
  const bare = postgres(database.url, { max: POOL, onnotice: () => {}, fetch_types: false });
  try {
    const transact = votingTransact(db);
    const records = await openHall(db, transact, RFCS);
    await bareTables(bare, records, MEMBERS);

    const reply = () => ({
      kind: 'card',
      to: 'private',
      card: { title: 'Counted', tone: 'neutral', blocks: [], summary: 'Your vote counts.' },
    });
    const vote =
      (among: readonly string[]) =>
      async (number: number): Promise<void> => {
        const record = among[number % among.length] ?? '';
        const { by, command } = voteCommand(Math.floor(number / among.length));
        const [outcome] = await transact([{ record, part: 'ballot', command, by, inbound: { key: `bench ${number}`, reply } }]);
        if (!outcome || !('record' in outcome)) throw new Error(`A vote was not counted: ${JSON.stringify(outcome)}`);
      };
    let next = 0;
    const turn = (work: (number: number) => Promise<unknown>, atOnce: number) => async () => {
      const done = await keepBusy(atOnce, TURN_MS, work, next);
      next += done.times.length;
      return done;
    };
    // Plans are made, and tables have the size at which Postgres looks at them again, as in a house that has been at work for a day.
    for (const atOnce of [32, 32, 32, 32]) await turn(vote(records), atOnce)();
    await bare`analyze`;

    const figures: Figure[] = [];
    for (const atOnce of [1, 32, 128]) {
      const spread = await race(ROUNDS, turn(vote(records), atOnce), turn(bareVotes(bare, records, false), atOnce));
      figures.push(raced(`votes over ${RFCS} RFCs, ${atOnce} at once`, spread, TARGET));
    }
    const one = records.slice(0, 1);
    const same = await race(ROUNDS, turn(vote(one), 32), turn(bareVotes(bare, one, true), 32));
    figures.push(raced('votes on one RFC, 32 at once (the baseline locks it too)', same, ''));
    return figures;
  } finally {
    await bare.end({ timeout: 5 });
    await db.close();
    await database.drop();
  }
}
