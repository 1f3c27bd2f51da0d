/** What a command would be refused for, asked before a form is filled in: it spares the work and decides nothing. */
import type { Context, Part, RecordId, Typed } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Conversation } from './registry.ts';

/** The refusal that the rules would give now, without a lock; the deciding transaction asks them again. Refuses `unknown-record` too. */
export async function foreseen<S, C extends Typed, E extends Typed>(
  c: Conversation,
  record: RecordId,
  part: Part<S, C, E>,
  command: C,
): Promise<Refusal | undefined> {
  const [view, org, actor, now] = await Promise.all([c.view(record), c.org(), c.actor(), c.now()]);
  if (!view) return refuse('unknown-record', { record });
  const context: Context = { record, org, actor, now, other: (sibling) => view.state(sibling), take: () => 0 };
  const decision = part.decide(view.state(part), command, context);
  return isRefusal(decision) ? decision : undefined;
}
