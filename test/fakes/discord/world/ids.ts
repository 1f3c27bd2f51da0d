const DISCORD_EPOCH = 1_420_070_400_000;

/** Makes ids that rise with time, as Discord's snowflakes do. */
export class Ids {
  private last = 0n;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** The next id, greater than all before. */
  next(): string {
    const fromTime = BigInt(Math.floor(this.now()) - DISCORD_EPOCH) << 22n;
    this.last = fromTime > this.last ? fromTime : this.last + 1n;
    return this.last.toString();
  }
}

/** Orders two ids by age. */
export function compareIds(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
