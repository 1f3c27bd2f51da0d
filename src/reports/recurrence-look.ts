/** Looking at new incidents every so often: whether they come again. */
import { DAY, type Instant } from '../core/instant.ts';
import { BELLMAN, ORG } from '../core/record.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import { RECURS, type RecurrencesCommand, recurrences } from './recurrence.ts';
import { incidentsLike, raisedAfter } from './recurrence-store.ts';
import { nowOf } from './report-store.ts';

/** Looks at what was raised since the last look; after a start, at the last day, because what was told already is not told again. */
export function recurrenceLook(db: Database, transact: Transact): () => Promise<void> {
  let seen: Instant | undefined;
  return async () => {
    const after = seen ?? (await nowOf(db)) - DAY;
    const found = await raisedAfter(db, after);
    const looked = new Set<string>();
    for (const one of found.toReversed()) {
      const words = `${one.category} ${one.title.toLowerCase()}`;
      if (looked.has(words)) continue;
      looked.add(words);
      const incidents = await incidentsLike(db, one);
      for (const { title } of incidents) looked.add(`${one.category} ${title.toLowerCase()}`);
      if (incidents.length < RECURS) continue;
      const command: RecurrencesCommand = {
        type: 'tell',
        incidents,
        ...(one.category === null ? {} : { category: one.category }),
      };
      await transact([{ record: ORG, part: recurrences.name, command, by: BELLMAN }]);
    }
    seen = found.at(-1)?.raised ?? after;
  };
}
