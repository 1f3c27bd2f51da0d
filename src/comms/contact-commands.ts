/** What people can say about whom a record's updates reach directly: contacts, and lines that they follow themselves (M1, M6). */
import { aPerson, type Conversation, command, oneOf, perhaps, privately, theRest } from '../chat/registry.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import { contactsCard } from './contact-cards.ts';
import { CONTACT_KINDS, type ContactsCommand, contacts as contactsPart } from './contacts.ts';
import { plan as planPart } from './part.ts';
import { audience, done, planOf, record } from './showing.ts';
import { audienceLabel } from './template.ts';

const change = (c: Conversation, id: RecordId, wanted: ContactsCommand) =>
  c.change({
    record: id,
    part: contactsPart,
    command: wanted,
    reply: ({ view, events }) => {
      const plan = view.state(planPart);
      switch (wanted.type) {
        case 'add-contact':
        case 'remove-contact':
          return privately(contactsCard(id, plan, view.state(contactsPart)));
        case 'subscribe':
          return done(
            events.length === 0 ? 'As it was' : 'You follow it',
            `You get each update of ${id} to ${audienceLabel(wanted.line, plan.lines)} directly. To end it: `,
            { code: `/comms subscribe ${id} ${wanted.line} end` },
            '.',
          );
        case 'unsubscribe':
          return done(
            events.length === 0 ? 'As it was' : 'Ended',
            `You do not get the updates of ${id} to ${audienceLabel(wanted.line, plan.lines)} as a follower.`,
          );
        default:
          return wanted satisfies never;
      }
    },
  });

const unquoted = (said: string): string => said.trim().replace(/^"(.*)"$/u, '$1');

/** What stands after the kind: a line of the plan, if its first word is one; the rest is the group. */
function lineAndGroup(said: string | undefined, lines: readonly string[]): { readonly line?: string; readonly group?: string } {
  if (said === undefined) return {};
  const [first = '', ...more] = said.trim().split(/\s+/u);
  const line = lines.find((one) => one === first.toLowerCase());
  const group = unquoted(line === undefined ? said : more.join(' '));
  return { ...(line === undefined ? {} : { line }), ...(group === '' ? {} : { group }) };
}

const add = command({
  name: 'comms contact add',
  help: 'Name somebody who gets each update directly: a key contact, or a primary one who passes it on to a group.',
  args: {
    record,
    person: aPerson('the person'),
    kind: oneOf('what kind of contact', ...CONTACT_KINDS),
    more: perhaps(
      theRest('the line, if another than usual; for a primary contact the group that it is passed on to, if it has a name'),
    ),
  },
  async run(c, { record: id, person, kind, more }) {
    const plan = await planOf(c, id);
    if (isRefusal(plan)) return c.refused(plan);
    const said = lineAndGroup(
      more,
      plan.lines.map((line) => line.audience),
    );
    // A key contact passes nothing on: a word there is meant as a line.
    const wanted = kind === 'key' && said.group !== undefined ? { line: said.group.toLowerCase() } : said;
    return change(c, id, { type: 'add-contact', person, kind, ...wanted });
  },
});

const remove = command({
  name: 'comms contact remove',
  help: 'Take somebody off the contacts of a record; yourself, if nobody is named.',
  args: { record, person: perhaps(aPerson('the person')) },
  run: (c, { record: id, person }) => change(c, id, { type: 'remove-contact', person: person ?? c.me }),
});

const list = command({
  name: 'comms contact list',
  help: 'Show the contacts of a record, and how many follow its lines.',
  args: { record },
  async run(c, { record: id }) {
    const plan = await planOf(c, id);
    if (isRefusal(plan)) return c.refused(plan);
    const view = await c.view(id);
    return privately(contactsCard(id, plan, view?.state(contactsPart) ?? contactsPart.initial));
  },
});

const subscribe = command({
  name: 'comms subscribe',
  help: 'Get each update to an audience of a record directly, where you may know it; with end, no longer.',
  args: { record, line: audience, end: perhaps(oneOf('to end it', 'end')) },
  run: (c, { record: id, line, end }) => change(c, id, { type: end === undefined ? 'subscribe' : 'unsubscribe', line }),
});

export const contactDoings = [add, remove, list, subscribe];
