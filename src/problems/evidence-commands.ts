/** What people can say about evidence; only those who may see it get more than a refusal (P9). */
import { line, maybe, paragraph } from '../chat/form.ts';
import { aRecord, aWord, type Conversation, command, privately } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { incident } from '../incidents/index.ts';
import { evidence, mayTouch } from './evidence.ts';
import { evidenceCard, itemCard } from './evidence-card.ts';
import { problem } from './problem.ts';

const record = aRecord('the incident or problem, for example INC-1', 'INC', 'PRB');

/** The record with its evidence, for somebody who may see it. */
async function opened(c: Conversation, id: RecordId): Promise<RecordView | Refusal> {
  const view = await c.view(id);
  if (!view) return refuse('unknown-record', { record: id });
  const of = id.startsWith('PRB-') ? view.state(problem) : view.state(incident);
  return mayTouch(of.standing.owner, { actor: await c.actor(), org: await c.org() }) ?? view;
}

const add = command({
  name: 'evidence add',
  help: 'Keep an item of evidence with its checksum; nobody can change it afterwards.',
  args: { record },
  form: {
    title: 'Evidence',
    submit: 'Keep',
    fields: {
      what: line('What it is', { hint: 'Access log of the gateway, 9 January' }),
      kept: line('Kept at', { hint: 'Safe of the security manager, shelf 2' }),
      content: maybe(paragraph('Text to keep', { hint: 'Kept as it is; its checksum is made here' })),
      sha256: maybe(line('SHA-256', { hint: 'Of a file that is kept elsewhere: 64 characters of 0-9a-f' })),
    },
    initial: async (c, { record: id }) => {
      const found = await opened(c, id);
      return isRefusal(found) ? found : {};
    },
  },
  run: (c, { record: id }, item) =>
    c.change({
      record: id,
      part: evidence,
      command: { type: 'add', item },
      reply: ({ view }) => privately(evidenceCard(id, view.state(evidence))),
    }),
});

const listed = command({
  name: 'evidence list',
  help: 'List the evidence that was kept.',
  args: { record },
  run: async (c, { record: id }) => {
    const found = await opened(c, id);
    return isRefusal(found) ? c.refused(found) : privately(evidenceCard(id, found.state(evidence)));
  },
});

const show = command({
  name: 'evidence show',
  help: 'Show one item of evidence.',
  args: { record, number: aWord('the number of the item, for example 1') },
  run: async (c, { record: id, number }) => {
    const found = await opened(c, id);
    if (isRefusal(found)) return c.refused(found);
    const item = found.state(evidence).items.find((one) => String(one.number) === number);
    return item ? privately(itemCard(id, item)) : c.refused(refuse('unknown-item', { record: id, said: number }));
  },
});

export const evidenceDoings = [add, listed, show];
