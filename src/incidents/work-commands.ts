/** What people can say about the work on an incident: notes, who takes part, which resolvers have it, and its own channel. */
import { card, text, type Words } from '../chat/card.ts';
import { placeParts, type Reply } from '../chat/port.ts';
import { aPerson, aRecord, aWord, command, oneOf, perhaps, privately, theRest } from '../chat/registry.ts';
import { titlesOf } from '../core/records.ts';
import { resolverKey } from '../people/index.ts';
import { recordCard } from './cards.ts';
import { incident } from './incident.ts';
import { shown } from './shown.ts';
import { CREW } from './work.ts';

const record = aRecord('the incident, for example INC-1', 'INC');

const said = (title: string, ...words: Words): Reply => privately(card(title, [text(...words)]));

const note = command({
  name: 'incident update',
  help: 'Note how an incident stands; the newest notes are on its card.',
  args: { record, words: theRest('how it stands') },
  run: async (c, values) => {
    const before = await c.view(values.record);
    const titles = await titlesOf(c.db, before ? shown(before).links : [], c.me);
    return c.change({
      record: values.record,
      part: incident,
      command: { type: 'note', text: values.words },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});

const join = command({
  name: 'incident join',
  help: 'Take part in an incident, or let somebody take part.',
  args: { record, person: perhaps(aPerson('who; left out: you')) },
  run: (c, values) => {
    const person = values.person ?? c.me;
    return c.change({
      record: values.record,
      part: incident,
      command: { type: 'join', person },
      reply: ({ events }) =>
        events.length === 0
          ? said('As it was', { person }, ` takes part in ${values.record} already.`)
          : said(`Joined ${values.record}`, { person }, ' takes part now, and reads it if it is private.'),
    });
  },
});

const role = command({
  name: 'incident role',
  help: 'Give somebody a part in an incident; whoever leads manages it as its owner does.',
  args: { record, role: oneOf('the part', ...CREW), person: aPerson('who has it from now on') },
  run: (c, values) =>
    c.change({
      record: values.record,
      part: incident,
      command: { type: 'crew', role: values.role, person: values.person },
      reply: ({ events }) =>
        events.length === 0
          ? said('As it was', { person: values.person }, ` has this part in ${values.record} already.`)
          : said(`Part in ${values.record}`, { person: values.person }, ` has it now: ${values.role}. They are told.`),
    }),
});

const assign = command({
  name: 'incident assign',
  help: 'Assign an incident to a resolver group.',
  args: { record, group: aWord('the group, for example network-team') },
  run: async (c, values) => {
    const group = resolverKey(values.group);
    const members = (await c.org()).resolvers?.[group]?.members ?? [];
    return c.change({
      record: values.record,
      part: incident,
      command: { type: 'assign', group },
      reply: ({ events }) => {
        if (events.length === 0) return said('As it was', { bold: group }, ` has ${values.record} already.`);
        return members.length === 0
          ? said(
              `${values.record} is assigned`,
              { bold: group },
              ' has it, but nobody is in this group, so nobody was told. Add somebody: ',
              { code: `/bellman group add ${group} @x` },
              '.',
            )
          : said(`${values.record} is assigned`, { bold: group }, ' has it. Its members are told.');
      },
    });
  },
});

const handover = command({
  name: 'incident handover',
  help: 'Hand an incident over: whoever you name is asked to own it, and finds on its card what you write for them.',
  args: { record, person: aPerson('who is to own it'), note: perhaps(theRest('what they need to know')) },
  run: (c, values) =>
    c.change({
      record: values.record,
      part: incident,
      command: { type: 'hand-over', to: values.person, note: values.note },
      reply: ({ view }) =>
        shown(view).standing.owner === values.person
          ? said(`Owner of ${values.record}`, 'It is yours.')
          : said(`Handover of ${values.record}`, { person: values.person }, ' is asked. It is theirs when they accept.'),
    }),
});

const channel = command({
  name: 'incident channel',
  help: 'Give an incident a channel of its own; of a private one the channel is private too.',
  args: { record },
  run: (c, values) =>
    c.change({
      record: values.record,
      part: incident,
      command: { type: 'want-channel', at: c.at },
      reply: ({ view, events }) => {
        const { channel: own } = view.state(incident);
        return events.length === 0 && own?.place !== undefined
          ? said('As it was', `${values.record} has its channel: `, { place: own.place }, '.')
          : said(
              'The channel is being made',
              'It is linked on the card in a moment: ',
              { code: `/incident show ${values.record}` },
              `. Its people on ${placeParts(c.at).platform} are invited.`,
            );
      },
    }),
});

export const workDoings = [note, join, role, assign, handover, channel];
