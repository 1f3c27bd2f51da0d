/** What people see of contacts and subscribers. */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import type { Contact, Contacts } from './contacts.ts';
import type { Plan } from './plan.ts';
import { audienceLabel } from './template.ts';

const contactWords = ({ person, kind, line, group }: Contact, plan: Plan): Words => [
  { person },
  kind === 'key' ? ', key contact: ' : ', primary contact: ',
  `gets each update to ${audienceLabel(line, plan.lines)}`,
  kind === 'key' ? '' : `, and passes it on to ${group ?? 'their group'}`,
];

/** Who gets a record's updates directly, and why. */
export function contactsCard(record: RecordId, plan: Plan, { contacts, subscribers }: Contacts): Card {
  const followed = Object.entries(subscribers).filter(([, people]) => people.length > 0);
  const items: readonly Words[] = [
    ...contacts.map((contact) => contactWords(contact, plan)),
    ...followed.map(
      ([line, people]): Words => [
        `${people.length} ${people.length === 1 ? 'person follows' : 'people follow'} `,
        { bold: audienceLabel(line, plan.lines) },
      ],
    ),
  ];
  return card(`Contacts of ${record}`, [
    items.length > 0 ? list(...items) : text('Nobody yet. Name one: ', { code: `/comms contact add ${record} @x key` }, '.'),
  ]);
}

/** An update for somebody who passes it on: asked for last, before the buttons. */
export function toPassOn(update: Card, group: string): Card {
  const at = update.blocks.findIndex(({ kind }) => kind === 'controls');
  const blocks = [...update.blocks];
  blocks.splice(at < 0 ? blocks.length : at, 0, text({ bold: 'Please pass this on to: ' }, group, '.'));
  return { ...update, blocks };
}
