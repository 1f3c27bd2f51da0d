/** How the events of an incident or a problem read in its history. */
import { shortened, type Words } from '../chat/card.ts';
import { eventWords as planWords } from '../comms/index.ts';
import type { HistoryEntry } from '../core/history.ts';

const PHRASES: Readonly<Record<string, string>> = {
  raised: 'raised',
  added: 'wrote',
  'message-kept': 'message kept',
  'message-edited': 'kept message edited',
  'message-deleted': 'kept message deleted',
  'raised-incident': 'alert fired',
  'fired-again': 'alert fired again',
  cleared: 'alert is over',
  edited: 'edited',
  linked: 'linked',
  'problem-linked': 'linked to a problem',
  kept: 'evidence kept',
  filled: 'analysis filled in',
  suspected: 'possible cause named',
  branched: 'cause added to the fishbone',
  'branch-given': 'branch of the fishbone given to a resolver group',
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
  noted: 'noted',
  joined: 'joined',
  'crew-set': 'part given',
  assigned: 'assigned',
  closed: 'closed',
  absorbed: 'another incident goes on here',
  'channel-wanted': 'channel asked for',
  'channel-made': 'channel made',
  'channel-failed': 'no channel could be made',
  moved: 'moved on',
  detailed: 'details changed',
  unlinked: 'unlinked',
  'problem-unlinked': 'unlinked from a problem',
  deferred: 'left open on purpose',
  'deferral-chased': 'reminded of the review',
  'change-judged': 'decided about a change',
  aimed: 'target response time set',
  warned: 'target response time is near',
  breached: 'target response time missed',
  met: 'work on it has begun',
  sent: 'escalated to the vendor',
  invited: 'virtual team invited',
  arbitrated: 'arbitrated',
};

/** What happened, after the name of who did it; undefined for what nobody needs to read. */
export function eventWords(entry: HistoryEntry): Words | undefined {
  if (/^(plan|answers|calls|contacts|sheet)\./u.test(entry.type)) return planWords(entry);
  const phrase = PHRASES[entry.type.slice(entry.type.indexOf('.') + 1)] ?? entry.type;
  const { data, words } = entry;
  const whom = data.to ?? data.owner ?? data.person;
  const linked = Array.isArray(data.records) ? data.records.join(', ') : (data.problem ?? data.rfc ?? data.incident ?? data.into);
  const people = Array.isArray(data.people) ? data.people.flatMap((person): Words => [' ', { person: String(person) }]) : [];
  const said =
    words?.reason ?? words?.resolution ?? words?.workaround ?? words?.cause ?? words?.decision ?? words?.text ?? words?.why;
  return [
    phrase,
    ...(typeof whom === 'string' ? [': ', { person: whom }] : []),
    ...(typeof data.source === 'string' && entry.type.startsWith('alert.') ? [`: ${data.source}`] : []),
    ...(typeof data.count === 'number' && data.count > 1 ? [`, ${data.count} times`] : []),
    ...(typeof data.role === 'string' ? [`, ${data.role}`] : []),
    ...(typeof data.group === 'string' ? [moved(data)] : []),
    ...(typeof data.category === 'string' && entry.type.endsWith('.closed') ? [`: ${data.category.replaceAll('-', ' ')}`] : []),
    ...(typeof data.class === 'string' ? [` to ${data.class}`] : []),
    ...(typeof data.stage === 'string' ? [`: ${data.stage.replaceAll('-', ' ')}`] : []),
    ...people,
    ...(typeof linked === 'string' ? [`: ${linked}`] : []),
    ...(typeof data.outcome === 'string' ? [`, ${data.outcome.replaceAll('-', ' ')}`] : []),
    ...(typeof said === 'string' ? [`: ${shortened(said, 100)}`] : []),
  ];
}

/** From which resolvers to which, with their tiers. */
const moved = ({ group, tier, from, fromTier }: HistoryEntry['data']): string =>
  `${typeof from === 'string' ? ` from ${from} (tier ${fromTier})` : ''} to ${group} (tier ${tier})`;
