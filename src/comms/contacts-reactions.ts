/** What follows when contacts and subscribers change: whoever is named hears of it, and the drafts show whom they reach. */
import { card, text } from '../chat/card.ts';
import { type Ask, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import type { Context } from '../core/record.ts';
import { type ContactsEvent, contacts as contactsPart } from './contacts.ts';
import { plan as planPart } from './part.ts';
import { notify } from './telling.ts';
import { audienceLabel } from './template.ts';

function namedCard(record: string, view: RecordView, event: Extract<ContactsEvent, { type: 'contact-added' }>, by: string) {
  const plan = view.state(planPart);
  const line = audienceLabel(event.line, plan.lines);
  const what = event.kind === 'key' ? 'a key contact' : 'a primary contact';
  return card(
    `You are ${what} of ${record}`,
    [
      text(
        { person: by },
        ` named you for ${record}: ${plan.title}. You get each update to ${line} directly`,
        event.kind === 'key' ? '' : `, and are asked to pass it on to ${event.words?.group ?? 'your group'}`,
        '. To be taken off: ',
        { code: `/comms contact remove ${record}` },
        '.',
      ),
    ],
    { summary: `You are ${what} of ${record}` },
  );
}

const reaction = <T extends ContactsEvent['type']>(
  on: T,
  more: (event: Extract<ContactsEvent, { type: T }>, view: RecordView, context: Context) => readonly Ask[] = () => [],
): Reaction =>
  when<ContactsEvent, T>(contactsPart.name, on, (event, view, context) => [
    { ask: 'refresh' },
    // The event of type T of this part is the one that the union has under T.
    ...more(event as unknown as Extract<ContactsEvent, { type: T }>, view, context),
  ]);

export const contactsReactions: readonly Reaction[] = [
  reaction('contact-added', (event, view, { actor }) =>
    event.person === actor.person ? [] : notify([event.person], namedCard(view.id, view, event, actor.person)),
  ),
  reaction('contact-removed', (event, view, { actor }) =>
    event.person === actor.person
      ? []
      : tell(
          [event.person],
          card('Taken off the contacts', [text(`You do not get the updates of ${view.id} as a contact any more.`)]),
        ),
  ),
  reaction('subscribed'),
  reaction('unsubscribed'),
];
