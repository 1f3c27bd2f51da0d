/** Announcing a change (M7): who may begin the communication plan of an RFC, and while there is still something to announce. Pure. */
import { plan } from '../comms/index.ts';
import { accept, type Context, type Decision, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { CLOSED } from './edit.ts';
import { type Change, type ChangeCommand, type ChangeEvent, isTheirs, type Status } from './rfc.ts';

/** Of these nobody waits to hear beforehand. */
const OVER: ReadonlySet<Status> = new Set([...CLOSED, 'failed', 'rejected']);

/** Its requester, its owner and the change managers. Refuses `role-needed`, `nothing-to-announce` (fact `status`); a plan that runs goes on. */
export function decideAnnounce(
  change: Change,
  { place, before }: Extract<ChangeCommand, { type: 'announce' }>,
  context: Context,
): Decision<ChangeEvent> {
  const { actor, now, record } = context;
  const lacking = isTheirs(change, actor.person) ? undefined : requireRole(context, 'change-manager');
  if (lacking) return lacking;
  if (context.other(plan)?.status === 'running') return accept();
  if (OVER.has(change.status)) return refuse('nothing-to-announce', { record, status: change.status });
  return accept({ type: 'announced', by: actor.person, at: now, ...(before ? { before } : {}), words: { place } });
}
