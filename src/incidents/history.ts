/** How the events of an incident or a problem read in its history. */
import { shortened, type Words } from '../chat/card.ts';
import { eventWords as planWords } from '../comms/index.ts';
import type { HistoryEntry } from '../core/history.ts';

const PHRASES: Readonly<Record<string, string>> = {
  raised: 'raised',
  edited: 'edited',
  linked: 'linked',
  'problem-linked': 'linked to a problem',
  kept: 'evidence kept',
  filled: 'analysis filled in',
  suspected: 'possible cause named',
  branched: 'cause added to the fishbone',
  'cause-found': 'true cause named',
  'reported-again': 'met again',
  'workaround-found': 'workaround found',
  'workaround-offered': 'workaround offered',
  declared: 'declared major',
  'owner-proposed': 'another owner asked for',
  'owner-changed': 'owner changed',
  'owner-declined': 'ownership declined',
  'made-normal': 'no longer major',
  resolved: 'resolved',
  reopened: 'reopened',
  classified: 'class changed',
};

/** What happened, after the name of who did it; undefined for what nobody needs to read. */
export function eventWords(entry: HistoryEntry): Words | undefined {
  if (/^(plan|answers|calls|contacts|sheet)\./u.test(entry.type)) return planWords(entry);
  const phrase = PHRASES[entry.type.slice(entry.type.indexOf('.') + 1)] ?? entry.type;
  const { data, words } = entry;
  const whom = data.to ?? data.owner;
  const linked = Array.isArray(data.records) ? data.records.join(', ') : data.problem;
  const said = words?.reason ?? words?.resolution ?? words?.workaround ?? words?.cause ?? words?.text;
  return [
    phrase,
    ...(typeof whom === 'string' ? [': ', { person: whom }] : []),
    ...(typeof data.class === 'string' ? [` to ${data.class}`] : []),
    ...(typeof linked === 'string' ? [`: ${linked}`] : []),
    ...(typeof said === 'string' ? [`: ${shortened(said, 100)}`] : []),
  ];
}
