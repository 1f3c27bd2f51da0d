/** What people can say to look at RFCs, follow them, link them and hand them over (C1, C12). */
import { type Card, card, controls, text } from '../chat/card.ts';
import { classCommand } from '../chat/class-command.ts';
import { listCard } from '../chat/list-card.ts';
import type { Reply } from '../chat/port.ts';
import { aPerson, aRecord, button, type Conversation, command, oneOf, perhaps, privately } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import { history } from '../core/history.ts';
import type { RecordId } from '../core/record.ts';
import { unknownAmong } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { change } from './change.ts';
import { rfcHistory } from './history.ts';
import { rfc } from './raise.ts';
import type { ChangeCommand } from './rfc.ts';
import { fieldCard, LONG_FIELDS, showCard } from './rfc-card.ts';
import { LISTS, listRfcs } from './store.ts';
import { titled } from './words.ts';

const show = command({
  name: 'rfc show',
  help: 'Show an RFC: where it stands, who is waited for, what can be done.',
  args: { rfc, field: perhaps(oneOf('one field, whole', ...LONG_FIELDS)) },
  run: async (c, { rfc: record, field }) => {
    const view = await c.view(record);
    if (!view || view.state(change).revision === 0) return c.refused(refuse('unknown-record', { record }));
    return privately(field ? fieldCard(view, field) : showCard(view, await c.actor()));
  },
});

const past = command({
  name: 'rfc history',
  help: 'Show what happened to an RFC: every step, vote and name.',
  args: { rfc },
  run: async (c, { rfc: record }) => {
    const entries = await history(c.db, record, c.me);
    return entries.length === 0 ? c.refused(refuse('unknown-record', { record })) : privately(rfcHistory(record, entries));
  },
});

const rfcList = command({
  name: 'rfc list',
  help: 'List RFCs, newest first; at first those that are not over.',
  args: { which: perhaps(oneOf('which ones', ...LISTS)) },
  run: async (c, { which = 'open' }) => {
    const none = [which === 'open' ? 'None is open. ' : 'There are none. ', { code: '/rfc new' }, ' raises one.'];
    return privately(listCard(`RFCs (${which})`, await listRfcs(c.db, which, c.me), none));
  },
});

/** A small change, and one sentence about it. */
const follow = (c: Conversation, record: RecordId, wanted: ChangeCommand, shown: (view: RecordView) => Card): Promise<Reply> =>
  c.change({ record, part: change, command: wanted, reply: ({ view }) => privately(shown(view)) });

const watching = (view: RecordView): Card =>
  card(`You watch ${titled(view.id, view.state(change))}`, [
    text('You are told of its decision and of what happens to it.'),
    controls({ label: 'Stop watching', action: 'rfc.unwatch', record: view.id }),
  ]);

const notWatching = (view: RecordView): Card => card(`You no longer watch ${titled(view.id, view.state(change))}`);

const watch = command({
  name: 'rfc watch',
  help: 'Be told of the decision on an RFC and of what happens to it.',
  args: { rfc },
  run: (c, values) => follow(c, values.rfc, { type: 'watch' }, watching),
});

const link = command({
  name: 'rfc link',
  help: 'Link an RFC with an incident, a problem or another record.',
  args: { rfc, to: aRecord('the other record, for example INC-1') },
  run: async (c, { rfc: record, to }) => {
    const unknown = await unknownAmong(c.db, [to], c.me);
    if (unknown) return c.refused(unknown);
    return follow(c, record, { type: 'link', to }, (view) => card(`${titled(view.id, view.state(change))} is linked with ${to}`));
  },
});

const assign = command({
  name: 'rfc assign',
  help: 'Make somebody the change owner of an RFC, or its implementer.',
  args: { rfc, person: aPerson('who it is'), as: perhaps(oneOf('as what', 'owner', 'implementer')) },
  run: (c, { rfc: record, person, as = 'owner' }) =>
    follow(c, record, { type: 'assign', as, person }, (view) =>
      card(`Assigned: ${titled(view.id, view.state(change))}`, [
        text({ person }, ` is its ${as === 'owner' ? 'change owner' : 'implementer'} now. It is ${view.state(change).status}.`),
      ]),
    ),
});

export const lookDoings = [
  show,
  past,
  rfcList,
  watch,
  link,
  assign,
  classCommand({ root: 'rfc', one: 'an RFC', kind: 'RFC', part: change }),
  button({ name: 'rfc.watch', run: (c, { record }) => follow(c, record, { type: 'watch' }, watching) }),
  button({ name: 'rfc.unwatch', run: (c, { record }) => follow(c, record, { type: 'unwatch' }, notWatching) }),
];
