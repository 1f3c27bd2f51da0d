/** Lists of RFCs and of open ballots, read without locks: for showing only. */

import { LISTED } from '../chat/list-card.ts';
import type { Instant } from '../core/instant.ts';
import type { Actor, Org, PersonId, RecordId } from '../core/record.ts';
import { type Listed, readable } from '../core/records.ts';
import { isRefusal } from '../core/refusal.ts';
import type { Database } from '../db/database.ts';
import { ballot } from './ballot.ts';
import { REVIEWED } from './change.ts';
import { standsFor } from './electorate.ts';
import { type Ballot, present, type Round } from './round.ts';
import type { Choice } from './tally.ts';

export const LISTS = ['open', 'mine', 'review', 'voting', 'approved', 'progress', 'closed', 'all'] as const;
export type List = (typeof LISTS)[number];

const CLOSED = ['withdrawn', 'cancelled', 'done', 'backed out'];

/** The statuses that a list has; absent: all. */
const STATUSES: Readonly<Partial<Record<List, readonly string[]>>> = {
  review: REVIEWED,
  voting: ['voting'],
  approved: ['approved'],
  progress: ['in progress'],
  closed: CLOSED,
};

/** The newest RFCs of a list of which somebody may know, one more than a list shows. */
export async function listRfcs({ sql }: Database, which: List, me: PersonId): Promise<readonly Listed[]> {
  const statuses = STATUSES[which];
  return sql<Listed[]>`
    select r.id, r.title, r.status, r.owner from bellman.record r where r.kind = 'RFC' and ${readable({ sql }, me)}
      ${statuses ? sql`and r.status = any(${[...statuses]})` : sql``}
      ${which === 'open' || which === 'mine' ? sql`and r.status <> all(${CLOSED})` : sql``}
      ${which === 'mine' ? sql`and r.owner = ${me}` : sql``}
    order by r.number desc limit ${LISTED + 1}`;
}

/** An open ballot in which somebody may vote, and how they did. */
export interface MyVote {
  readonly record: RecordId;
  readonly title: string;
  readonly round: Round;
  /** Whose vote it is: their own, or that of the member who delegated to them. */
  readonly person: PersonId;
  readonly vote?: Choice;
}

/** The open ballots of a person, those not voted in first, each group by deadline. */
export async function openBallots(
  { sql }: Database,
  actor: Pick<Actor, 'person' | 'guest'>,
  org: Org,
  now: Instant,
): Promise<readonly MyVote[]> {
  const rows = await sql<{ id: RecordId; title: string; state: Ballot }[]>`
    select r.id, r.title, p.state from bellman.record r join bellman.part p on p.record_id = r.id and p.name = ${ballot.name}
    where r.kind = 'RFC' and r.status = 'voting' and ${readable({ sql }, actor.person)} order by r.number`;
  const mine = rows.flatMap(({ id, title, state }): MyVote[] => {
    const round = present(state);
    if (!round || round.end || round.deadline <= now) return [];
    const person = standsFor(round, actor, org, now);
    if (isRefusal(person)) return [];
    const vote = round.votes[person]?.choice;
    return [{ record: id, title, round, person, ...(vote === undefined ? {} : { vote }) }];
  });
  return mine.sort((a, b) => Number(a.vote !== undefined) - Number(b.vote !== undefined) || a.round.deadline - b.round.deadline);
}
