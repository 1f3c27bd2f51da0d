import { randomBytes } from 'node:crypto';

/** The names of test databases tell when the run began that they belong to: Postgres itself keeps no such time. */
const NAME = /^bellman_test_(?:template_)?r([0-9a-z]+)_[0-9a-f]{8}(?:_|$)/;
const DAY = 86_400_000;

/** A name for one run of the tests, different from all others. */
export function newRun(now: number = Date.now()): string {
  return `r${Math.floor(now / 1000).toString(36)}_${randomBytes(4).toString('hex')}`;
}

/** The name of a run's template database. */
export function templateName(run: string): string {
  return `bellman_test_template_${run}`;
}

/** The name of one of a run's databases. */
export function databaseName(run: string, suffix: string): string {
  return `bellman_test_${run}_${suffix}`;
}

/** Whether a database belongs to this run. */
export function isOf(run: string, name: string): boolean {
  return name === templateName(run) || name.startsWith(databaseName(run, ''));
}

/** Whether a database was left behind by a run that began more than a day ago. */
export function isLeftOver(name: string, now: number = Date.now()): boolean {
  const began = NAME.exec(name)?.[1];
  return began !== undefined && Number.parseInt(began, 36) * 1000 < now - DAY;
}
