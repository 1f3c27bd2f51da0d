/** What people can say about the end of an incident: close and merge. */
import { card, text, type Words } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { choice } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aRecord, command, privately } from '../chat/registry.ts';
import { refuse } from '../core/refusal.ts';
import { CLOSURES } from './closing.ts';
import { incident } from './incident.ts';

const said = (title: string, ...words: Words): Reply => privately(card(title, [text(...words)]));

const close = command({
  name: 'incident close',
  help: 'Close a resolved incident, with what it came to.',
  args: { record: aRecord('the incident, for example INC-1', 'INC') },
  form: {
    title: 'Close incident',
    submit: 'Close',
    fields: { category: choice('Closure category', CLOSURES, { hint: 'What it came to' }) },
    initial: async (c, { record }) => (await foreseen(c, record, incident, { type: 'close', category: 'fixed' })) ?? {},
  },
  run: (c, { record }, { category }) =>
    c.change({
      record,
      part: incident,
      command: { type: 'close', category },
      reply: () => said(`${record} is closed`, `It came to: ${category.replaceAll('-', ' ')}. Whoever raised it is told.`),
    }),
});

const merge = command({
  name: 'incident merge',
  help: 'Merge an incident into another that is the same; it is closed as a duplicate.',
  args: {
    record: aRecord('the one that is closed, for example INC-2', 'INC'),
    into: aRecord('the one that goes on, for example INC-1', 'INC'),
  },
  run: async (c, { record, into }) => {
    const other = await c.view(into);
    if (!other) return c.refused(refuse('unknown-record', { record: into }));
    const { into: further, closed, standing } = other.state(incident);
    if (further !== undefined) return c.refused(refuse('merged-into', { record: into, into: further, merged: record }));
    if (closed) return c.refused(refuse('is-closed', { record: into, at: closed.at }));
    if (standing.status === 'resolved') return c.refused(refuse('is-resolved', { record: into, at: standing.resolvedAt ?? 0 }));
    return c.change({
      record,
      part: incident,
      command: { type: 'merge', into },
      reply: () =>
        said(
          `${record} is merged`,
          `It is closed as a duplicate and goes on as ${into}, with its people and links. They are told.`,
        ),
    });
  },
});

export const closingDoings = [close, merge];
