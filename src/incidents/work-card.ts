/** What people see of the work on an incident: who does what, which resolvers have it, where it is talked about, and the notes. */
import { type Block, type Card, card, facts, list, shortened, text, type Words } from '../chat/card.ts';
import type { RecordView } from '../core/ask.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { type Incident, incident } from './incident.ts';
import { CREW, type CrewRole } from './work.ts';

/** As people read them. */
const CREW_WORDS: Readonly<Record<CrewRole, string>> = {
  lead: 'Lead',
  communications: 'Communications',
  scribe: 'Scribe',
  specialist: 'Specialists',
};

/** So many notes are shown, so long; the history has the others. */
const NOTES = 5;
const NOTE = 300;
const PEOPLE = 10;

const everybody = (people: readonly PersonId[]): Words => [
  ...people.slice(0, PEOPLE).flatMap((person, at): Words => (at === 0 ? [{ person }] : [', ', { person }])),
  ...(people.length > PEOPLE ? [` and ${people.length - PEOPLE} more`] : []),
];

/** The facts and notes that only incidents have. */
export function workBlocks({
  crew = {},
  joined = [],
  group,
  tier,
  channel,
  into,
  merged = [],
  notes = [],
}: Incident): readonly Block[] {
  const known: (readonly [string, ...Words])[] = [
    ...(into === undefined ? [] : [['Goes on as', { bold: into }] as const]),
    ...(merged.length === 0 ? [] : [['Same as', merged.join(', ')] as const]),
    ...(group === undefined ? [] : [['Resolvers', `${group}, tier ${tier}`] as const]),
    ...CREW.flatMap((role) => {
      const people = crew[role] ?? [];
      return people.length === 0 ? [] : [[CREW_WORDS[role], ...everybody(people)] as const];
    }),
    ...(joined.length === 0 ? [] : [['Joined', ...everybody(joined)] as const]),
    ...(channel === undefined
      ? []
      : [['Channel', channel.place === undefined ? 'is being made' : { place: channel.place }] as const]),
  ];
  return [
    ...(known.length === 0 ? [] : [facts(...known)]),
    ...(notes.length === 0
      ? []
      : [
          text({ bold: 'Notes' }),
          list(
            ...notes
              .slice(0, NOTES)
              .map(({ at, by, text: said }): Words => [{ time: at }, ' ', { person: by }, `: ${shortened(said, NOTE)}`]),
          ),
        ]),
  ];
}

const about = (view: RecordView, title: string, ...words: Words): Card =>
  card(title, [text({ bold: view.state(incident).intake.title }, '. ', ...words)], {
    summary: `${title}: ${view.state(incident).intake.title}`,
  });

const seeIt = (id: RecordId): Words => [' ', { code: `/incident show ${id}` }, ' has the rest.'];

/** To whoever was given a part. */
export const crewCard = (view: RecordView, role: CrewRole): Card =>
  about(view, `Your part in ${view.id}: ${role}`, 'You were given it now.', ...seeIt(view.id));

/** To everybody in the group that has it now. */
export const assignedCard = (view: RecordView, group: string): Card =>
  about(view, `${view.id} is yours: ${group}`, 'It is assigned to your group.', ...seeIt(view.id));

/** To the people of an incident that is the same as another one. */
export const mergedCard = (view: RecordView, into: RecordId): Card =>
  about(view, `${view.id} is the same as ${into}`, `It is closed as a duplicate. How it goes on you hear from ${into}.`);

/** In the channel of its own, when something is noted. */
export const noteCard = (view: RecordView, by: PersonId, said: string): Card =>
  about(view, `${view.id}: note`, { person: by }, `: ${said}`);

/** In the channel of its own, when it was made. */
export const welcomeCard = (view: RecordView): Card =>
  about(
    view,
    `This is the channel of ${view.id}`,
    'Notes and what is due for its communication plan come here. ',
    { code: `/incident update ${view.id} words` },
    ' notes how it stands.',
  );

/** To whoever owns it: there is no channel. */
export const noChannelCard = (view: RecordView, why: string): Card =>
  about(
    view,
    `${view.id} got no channel`,
    `It could not be made: ${why}. When that is mended: `,
    { code: `/incident channel ${view.id}` },
    '.',
  );
