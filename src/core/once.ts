/** One place hears an update once, by however many ways it is among those who are told. Pure. */
import type { Recipient } from './ask.ts';

/** Something to be said to many: to a list, or to everybody who was told. */
interface ToMany {
  readonly update?: string | undefined;
  readonly except: readonly string[];
}

interface ListRow {
  readonly list: string;
  readonly version: number;
}

/** What was said so far of each update, and where. */
export interface Heard {
  /** Whether this recipient is the first of this update at this place; a long update has several parts for the same recipient. */
  readonly isFirst: (update: string | undefined, place: string, to: Recipient) => boolean;
  /** The rows with the single places that the same update reaches; of several lists the statement itself takes the first. */
  readonly toLists: <R extends ToMany>(rows: readonly R[]) => readonly R[];
  /** The same, and with the lists that the same update reaches. */
  readonly toTold: <R extends ToMany>(
    rows: readonly R[],
    lists: readonly (ToMany & ListRow)[],
  ) => readonly (R & { readonly lists: readonly ListRow[] })[];
}

/** For one saving. */
export function heardOnce(): Heard {
  const places = new Map<string, Map<string, string>>();
  const except = ({ update, except: named }: ToMany): readonly string[] =>
    update === undefined ? named : [...new Set([...named, ...(places.get(update)?.keys() ?? [])])];
  const listsOf = (rows: readonly (ToMany & ListRow)[], update: string | undefined): readonly ListRow[] => {
    const all = new Map<string, ListRow>();
    for (const { list, version, update: of } of rows) {
      if (update !== undefined && of === update) all.set(`${list} ${version}`, { list, version });
    }
    return [...all.values()];
  };
  return {
    isFirst(update, place, to) {
      if (update === undefined) return true;
      const heard = places.get(update) ?? new Map<string, string>();
      places.set(update, heard);
      const who = JSON.stringify(to);
      const first = heard.get(place);
      if (first === undefined) heard.set(place, who);
      return first === undefined || first === who;
    },
    toLists: (rows) => rows.map((row) => ({ ...row, except: except(row) })),
    toTold: (rows, lists) => rows.map((row) => ({ ...row, except: except(row), lists: listsOf(lists, row.update) })),
  };
}
