/** What the commands of plans share: how they name a line, look at it, change it and answer. */
import { card, text, type Words } from '../chat/card.ts';
import type { Reply } from '../chat/port.ts';
import { anAudience, aRecord, type Conversation, perhaps, privately, theRest } from '../chat/registry.ts';
import type { Accepted } from '../core/apply.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { answers } from './answers.ts';
import { planCard } from './cards.ts';
import { type Contacts, contacts } from './contacts.ts';
import { lineIn } from './find.ts';
import type { Line } from './line.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';

/** A record with a plan, as commands name it. */
export const record = aRecord('the problem, incident or change, for example PRB-1', 'PRB', 'INC', 'RFC', 'REL');
/** A line of a plan, as commands name it. */
export const audience = anAudience('the line, for example senior-management');

/** A longer one does not fit in what a dialog carries along. */
const LONGEST_SAID = 300;
const said = theRest('the reason, which the dialog asks for otherwise');
/** A reason that is said with the command; it stands in the dialog then. */
export const why = perhaps({ ...said, schema: said.schema.refine((reason) => reason.length <= LONGEST_SAID) });

/** One sentence for whoever did something. */
export const done = (title: string, ...words: Words): Reply => privately(card(title, [text(...words)]));

/** Changes the plan of a record, and answers. */
export const change = (
  c: Conversation,
  id: RecordId,
  wanted: PlanCommand,
  reply: (accepted: Accepted) => Reply,
): Promise<Reply> => c.change({ record: id, part: planPart, command: wanted, reply });

/** The board after a change, for whoever made it. Without buttons and picture: only cards that are posted have them, and the live board does. */
export const changed = ({ view, now }: Pick<Accepted, 'view' | 'now'>): Reply => {
  const board = planCard(view.id, view.state(planPart), now, view.state(answers), view.state(contacts));
  return privately({ ...board, blocks: board.blocks.filter(({ kind }) => kind !== 'controls' && kind !== 'picture') });
};

/** The plan as it stands, for showing; refuses `unknown-record`, `no-plan`. */
export async function planOf(c: Conversation, id: RecordId): Promise<Plan | Refusal> {
  const view = await c.view(id);
  if (!view) return refuse('unknown-record', { record: id });
  const plan = view.state(planPart);
  return plan.status === 'none' ? refuse('no-plan', { record: id }) : plan;
}

/** Whom the updates of a record reach directly: for showing whom a draft reaches. */
export const contactsOf = async (c: Conversation, id: RecordId): Promise<Contacts> =>
  (await c.view(id))?.state(contacts) ?? contacts.initial;

/** One line of it; refuses `unknown-line` too. */
export async function lineOf(
  c: Conversation,
  id: RecordId,
  key: string,
): Promise<{ readonly plan: Plan; readonly line: Line } | Refusal> {
  const plan = await planOf(c, id);
  if (isRefusal(plan)) return plan;
  const line = lineIn(plan, key);
  return isRefusal(line) ? line : { plan, line };
}

/** Who asks, with the roles held now: for what is only shown. */
export const knowing = async (c: Conversation) => ({ actor: await c.actor(), org: await c.org(), now: await c.now() });

/** The same, with what else is known of a record. */
export const knowingOf = async (c: Conversation, id: RecordId) => {
  const view = await c.view(id);
  return { ...(await knowing(c)), ...(view ? { other: view.state } : {}) };
};
