/** A problem's whole card for somebody: with the titles of what it is linked with, and how whoever raised it is reached (P1). */
import type { Card } from '../chat/card.ts';
import type { Conversation } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import { requireRole } from '../core/record.ts';
import { titlesOf } from '../core/records.ts';
import { mayManage, recordCard } from '../incidents/index.ts';
import { accountsOf, detailsOf } from '../people/index.ts';
import { contactBlock } from './details-card.ts';
import { PROBLEM_ROLES, problem } from './problem.ts';
import { shown } from './shown.ts';

/** Everybody may read where the originator chats; phone and e-mail only who works on the problem, or may see such details anyway. */
async function waysTo(c: Conversation, view: RecordView): Promise<readonly string[]> {
  const { raised, standing } = view.state(problem);
  if (!raised) return [];
  const context = { actor: await c.actor(), org: await c.org(), record: view.id };
  const works = mayManage(standing, PROBLEM_ROLES, context) === undefined || c.me === raised.by;
  const may = works || requireRole(context, 'admin', 'communications') === undefined;
  const { email, phone } = may ? await detailsOf(c.db, raised.by) : { email: '', phone: '' };
  return [...(await accountsOf(c.db, raised.by)), email, phone].filter((way) => way !== '');
}

/** The card that `/problem show` answers with. */
export async function look(c: Conversation, view: RecordView): Promise<Card> {
  const seen = shown(view);
  const contact = contactBlock(await waysTo(c, view));
  return recordCard({ ...seen, more: [...(seen.more ?? []), ...contact] }, await titlesOf(c.db, seen.links, c.me));
}
