/** `/comms due`: everything that waits for whoever asks, over all plans; and the button that shows one draft of it. */
import { button, command, privately } from '../chat/registry.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { myQuestions } from './answers-commands.ts';
import { draftCard } from './draft-card.ts';
import { mayRelease } from './rights.ts';
import { contactsOf, knowing, lineOf } from './showing.ts';
import { updatesOf } from './update.ts';
import { waitedForAs } from './worklist.ts';
import { LOOKED_FOR, worklistCard } from './worklist-card.ts';
import { waitingForThem } from './worklist-store.ts';

const due = command({
  name: 'comms due',
  help: 'Show what waits for you: texts to write, drafts to release, what is overdue, open questions.',
  args: {},
  run: async (c) => {
    const [org, now] = await Promise.all([c.org(), c.now()]);
    const who = { person: c.me, as: waitedForAs(org, c.me, now) };
    const [waiting, asked] = await Promise.all([waitingForThem(c.db, who, LOOKED_FOR), myQuestions(c)]);
    return privately(worklistCard(waiting, asked, now));
  },
});

/** The draft of a line with its buttons, for a releaser: what was not released yet is shown to nobody else. */
const look = button({
  name: 'comms.look',
  run: async (c, { record, value }) => {
    const found = await lineOf(c, record, value);
    if (isRefusal(found)) return c.refused(found);
    const { plan, line } = found;
    const context = await knowing(c);
    const refused = mayRelease(line, context);
    if (refused) return c.refused(refused);
    const waits = updatesOf(line).find(({ status }) => status === 'awaiting release');
    return waits
      ? privately(draftCard(record, plan, waits.id, context.now, await contactsOf(c, record)))
      : c.refused(refuse('nothing-to-release', { line: value }));
  },
});

export const worklist = [due, look];
