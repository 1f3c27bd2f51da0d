/** From an alert to its incident: raised, counted where it is known, or nothing. Asking again changes nothing. */

import { loadView } from '../chat/store.ts';
import { viewOf } from '../core/apply.ts';
import { contentHash } from '../core/journal.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import { type AlertCommand, alert, type Intake, incident, isOver, type Signal } from '../incidents/index.ts';
import { alike, type Found, knownError } from '../knowledge/index.ts';
import type { Sent } from './formats.ts';
import { weightOf } from './severity.ts';
import { recordOf } from './store.ts';

/** What became of an alert; `nothing`: it is known, or something ended that was never heard of. */
export interface Taken {
  readonly key: string;
  readonly is: 'raised' | 'updated' | 'nothing';
  readonly incident?: RecordId;
}

interface Parts {
  readonly db: Database;
  readonly transact: Transact;
}

/** Incidents were merged into one another at most so often. */
const LONGEST_WAY = 10;

/** So alike that a person would not be asked: they read nearly the same, or share much. */
const isSure = ({ likeness, score, shared }: Found): boolean => likeness >= 0.75 || (score >= 1 && shared >= 3);

/** Takes in one alert, in a transaction of its own. Rejects when it could not be stored. */
export async function takeAlert(parts: Parts, source: string, sent: Sent): Promise<Taken> {
  const { key, status, occurrence, url } = sent;
  const id = contentHash([source, key]);
  const signal: Signal = { id, source, key, status, ...(occurrence ? { occurrence } : {}), ...(url ? { url } : {}) };
  let after = await recordOf(parts.db, id);
  for (let way = 0; after !== undefined && way < LONGEST_WAY; way += 1) {
    const heard = await hear(parts, after, signal);
    if (heard.is !== 'over') return { key, is: heard.is, incident: after };
    if (heard.into === undefined) break;
    after = heard.into;
  }
  if (status === 'resolved') return { key, is: 'nothing' };
  const raised = await raise(parts, signal, sent, after);
  if (raised !== undefined) return { key, is: 'raised', incident: raised };
  // Another request raised it meanwhile.
  const record = await recordOf(parts.db, id);
  const heard = record === undefined ? undefined : await hear(parts, record, signal);
  return { key, is: heard?.is === 'updated' ? 'updated' : 'nothing', ...(record ? { incident: record } : {}) };
}

type HeardAs = { readonly is: 'updated' | 'nothing' } | { readonly is: 'over'; readonly into?: RecordId | undefined };

async function hear({ transact }: Parts, record: RecordId, signal: Signal): Promise<HeardAs> {
  const command: AlertCommand = { type: 'hear', signal };
  const [outcome] = await transact([{ record, part: alert.name, command, by: BELLMAN }]);
  if (!outcome || 'repeated' in outcome || 'superseded' in outcome) return { is: 'nothing' };
  if (isRefusal(outcome)) throw new Error(`An alert of ${signal.source} was refused by ${record}: ${outcome.refused}`);
  if (outcome.events.length > 0) return { is: 'updated' };
  const found = outcome.view.state(incident);
  return signal.status === 'firing' && isOver(found, outcome.now) ? { is: 'over', into: found.into } : { is: 'nothing' };
}

/** The new incident; undefined when the same was raised by another request. `after`: the one that it follows. */
async function raise(
  { db, transact }: Parts,
  signal: Signal,
  { title, details, items, site, severity, url }: Sent,
  after: RecordId | undefined,
): Promise<RecordId | undefined> {
  const told = [details, url ?? '', `Alert of ${signal.source}: ${signal.key}`].filter((part) => part !== '').join('\n');
  const intake: Intake = { title, details: told, items, ...weightOf(severity), ...(site ? { site } : {}) };
  const command: AlertCommand = { type: 'raise', signal, intake, problem: await knownAs(db, { title, details, items }) };
  const inbound = { key: `alert ${signal.id} after ${after ?? 'none'}`, reply: () => ({}) };
  const [outcome] = await transact([{ record: { raise: 'INC' }, part: alert.name, command, by: BELLMAN, inbound }]);
  if (!outcome || 'repeated' in outcome || 'superseded' in outcome) return undefined;
  if (isRefusal(outcome)) throw new Error(`An alert of ${signal.source} was refused: ${outcome.refused}`);
  return outcome.record;
}

/** The open problem that it surely is a sign of, of those that everybody may know. */
async function knownAs(db: Database, sought: Pick<Sent, 'title' | 'details' | 'items'>): Promise<RecordId | undefined> {
  const [best] = await alike(db, sought, BELLMAN, 1);
  if (!best || !isSure(best)) return undefined;
  if (!best.id.startsWith('KER-')) return best.id;
  const found = await loadView(db, best.id, BELLMAN);
  return found && viewOf(found).state(knownError).problem;
}
