/** What a problem is linked with: incidents, changes, known errors and other problems; both ends know (P1, P13). Pure. */
import { accept, BELLMAN, type Context, type Decision, type RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { mayManage } from '../incidents/index.ts';
import { PROBLEM_ROLES, type Problem, type ProblemEvent } from './record.ts';

/** Those who besides owner and reporter see that incidents belong together. */
const LINKING = { manage: [...PROBLEM_ROLES.manage, 'incident-manager', 'service-desk'] } as const;

const LINKED_KINDS = /^(INC|PRB|RFC|KER)-/u;

/** Another problem that links or unlinks this one asks for it as Bellman. */
const notTheirs = ({ raised, standing }: Problem, context: Context) => {
  const { person } = context.actor;
  return person === BELLMAN || person === raised?.by ? undefined : mayManage(standing, LINKING, context);
};

/** Links what is not linked yet. Refuses `not-yours`, `links-itself`, `cannot-link`. */
export function link(state: Problem, wanted: readonly RecordId[], context: Context): Decision<ProblemEvent> {
  const refused = notTheirs(state, context);
  if (refused) return refused;
  if (wanted.includes(context.record)) return refuse('links-itself', { record: context.record });
  const other = wanted.find((id) => !LINKED_KINDS.test(id));
  if (other !== undefined) return refuse('cannot-link', { record: other });
  const records = [...new Set(wanted)].filter((id) => !state.links.includes(id));
  return records.length === 0 ? accept() : accept({ type: 'linked', records });
}

/** Takes links away. Refuses `not-yours`, `not-linked`, `known-error-stays`; asked for again by Bellman, nothing changes. */
export function unlink(state: Problem, wanted: readonly RecordId[], context: Context): Decision<ProblemEvent> {
  const refused = notTheirs(state, context);
  if (refused) return refused;
  const { record, actor } = context;
  const records = [...new Set(wanted)].filter((id) => state.links.includes(id));
  const missing = wanted.find((id) => !state.links.includes(id));
  if (missing !== undefined && actor.person !== BELLMAN) return refuse('not-linked', { record, other: missing });
  const kept = records.find((id) => id.startsWith('KER-'));
  if (kept !== undefined) return refuse('known-error-stays', { record: kept });
  return records.length === 0 ? accept() : accept({ type: 'unlinked', records });
}
