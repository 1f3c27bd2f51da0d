/** The hours in which an audience is not told (M3). Pure. */
import { dayIn, wallTime } from './cadence.ts';
import type { Instant } from './instant.ts';

export interface Quiet {
  /** `22:00`, on the wall clock of the zone. */
  readonly from: string;
  /** `07:00`; before `from` it is on the next day. */
  readonly to: string;
  /** IANA name. */
  readonly zone: string;
}

/** The time itself, or the end of the quiet hours in which it falls; their end is no longer quiet. */
export function afterQuiet(quiet: Quiet | undefined, at: Instant): Instant {
  if (!quiet) return at;
  const { from, to, zone } = quiet;
  const today = dayIn(zone, at);
  for (const back of [1, 0]) {
    const date = today.subtract({ days: back });
    const begins = wallTime(date, from, zone);
    const ends = wallTime(to > from ? date : date.add({ days: 1 }), to, zone);
    // Where daylight saving leaves out all that is not quiet, the next ones begin as these end.
    if (begins <= at && at < ends) return afterQuiet(quiet, ends);
  }
  return at;
}
