/** What an update is about, for ways that say more of it than its card does: threads of mails, events, pages. */
import type { RecordId } from '../core/record.ts';

export interface UpdateAbout {
  /** `PRB-1.3`. */
  readonly id: string;
  /** `UPD-7`, once it has its number. */
  readonly number?: string | undefined;
  readonly record: RecordId;
  /** What the record is called. */
  readonly title: string;
  /** The key of the audience that it is for. */
  readonly audience: string;
  /** The keys of the lists that its line goes to, the audience's own first. */
  readonly lists?: readonly string[];
  /** first, progress, resolved, ... */
  readonly phase: string;
}

/** Finds it by the update's id; undefined when there is no such update. */
export type About = (update: string) => Promise<UpdateAbout | undefined>;
