/** Measuring side by side: work and baseline take turns, so that whatever else the machine does hits both. */
import { setTimeout as pause } from 'node:timers/promises';

/** What one kind of work came to, over all its turns. */
export interface Pace {
  /** How many a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** One turn: how many, in how many milliseconds, and how long each took. */
export interface Turn {
  readonly took: number;
  readonly times: readonly number[];
}

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  /** Ours through the baseline, or nothing where there is none. */
  readonly ratio: string;
  readonly target: string;
}

/** The value below which a share of them lies, in a list of any order. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The pace of several turns: the middle one's rate, and the percentiles over everything. */
export function paceOf(turns: readonly Turn[]): Pace {
  const times = turns.flatMap((turn) => turn.times);
  return {
    rate: median(turns.map((turn) => (turn.times.length / turn.took) * 1000)),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

/** Keeps so many under way for so long; each is given a number of its own. */
export async function keepBusy(
  atOnce: number,
  ms: number,
  work: (number: number) => Promise<unknown>,
  from: number,
): Promise<Turn> {
  const times: number[] = [];
  let next = from;
  const began = performance.now();
  const end = began + ms;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      await work(next++);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { took: performance.now() - began, times };
}

export interface Race {
  readonly ours: Pace;
  readonly baseline: Pace;
  /** The middle of the ratios of the turns. */
  readonly ratio: number;
  /** The smallest and the largest of them: the noise. */
  readonly least: number;
  readonly most: number;
}

const REST_MS = 20;

/** Lets both take turns, the first turn of each not counted. */
export async function race(rounds: number, ours: () => Promise<Turn>, baseline: () => Promise<Turn>): Promise<Race> {
  await baseline();
  await ours();
  const turns: { ours: Turn; baseline: Turn }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0;
    const a = await (first ? baseline() : ours());
    await pause(REST_MS);
    const b = await (first ? ours() : baseline());
    await pause(REST_MS);
    turns.push(first ? { baseline: a, ours: b } : { baseline: b, ours: a });
  }
  const rate = (turn: Turn): number => turn.times.length / turn.took;
  const ratios = turns.map((turn) => rate(turn.ours) / rate(turn.baseline));
  return {
    ours: paceOf(turns.map((turn) => turn.ours)),
    baseline: paceOf(turns.map((turn) => turn.baseline)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : whole(value)} ms`;

const paced = ({ rate, p50, p99 }: Pace): string => `${whole(rate)}/s, p50 ${ms(p50)}, p99 ${ms(p99)}`;

/** A race as a line of the table. */
export const raced = (what: string, { ours, baseline, ratio, least, most }: Race, target: string): Figure => ({
  what,
  ours: paced(ours),
  baseline: paced(baseline),
  ratio: `${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`,
  target,
});

/** A figure without a baseline. */
export const alone = (what: string, ours: string, target: string): Figure => ({ what, ours, baseline: '', ratio: '', target });

export const milliseconds = ms;
export const number = whole;
