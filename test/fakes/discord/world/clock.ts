import { clearTimeout as clearReal, setTimeout as startReal } from 'node:timers';

/** Tests may replace the global timers and Date; the wire keeps the real ones. */
const RealDate = Date;

/** Milliseconds since 1970 by the real clock. */
export function realNow(): number {
  return RealDate.now();
}

/** Runs something later by the real clock. Returns what calls it off. */
export function later(ms: number, run: () => void): () => void {
  const timer = startReal(run, ms);
  return () => clearReal(timer);
}
