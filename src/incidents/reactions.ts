/** What follows from an incident's events. */
import type { Card } from '../chat/card.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import { isPrivate } from '../core/reading.ts';
import { BELLMAN, type Context, holdersOf, type PersonId } from '../core/record.ts';
import { newCard, noticeCard, workaroundCard } from './cards.ts';
import { invitedOf } from './channel.ts';
import { channelWanted } from './channel-store.ts';
import { type IncidentCommand, type IncidentEvent, incident } from './incident.ts';
import { shown } from './shown.ts';
import { standingReactions } from './standing-reactions.ts';
import { workersOf } from './work.ts';
import { assignedCard, crewCard, mergedCard, noChannelCard, noteCard, welcomeCard } from './work-card.ts';

const on = <T extends IncidentEvent['type']>(
  type: T,
  react: (event: EventOf<IncidentEvent, T>, view: RecordView, context: Context) => readonly Ask[],
): Reaction => when<IncidentEvent, T>(incident.name, type, react);

/** Said in the channel of its own, where it has one. */
const inChannel = (view: RecordView, content: Card): readonly Ask[] => {
  const place = view.state(incident).channel?.place;
  return place === undefined ? [] : [{ ask: 'say', to: { place }, content }];
};

const wantChannel = (at: string): Ask => {
  const command: IncidentCommand = { type: 'want-channel', at };
  return { ask: 'command', part: incident.name, command };
};

/** Asks the worker for the channel that it wants, with its people in it: made, or found and joined. */
function channelAsked(view: RecordView): readonly Ask[] {
  const state = view.state(incident);
  const { channel, raised } = state;
  if (!channel || !raised) return [];
  const { name, platform, private: guarded } = channel;
  return [channelWanted({ recordId: view.id, platform, name, guarded, people: invitedOf({ ...state, raised }) })];
}

export const reactions: readonly Reaction[] = [
  when<IncidentEvent, 'raised'>(incident.name, 'raised', (event, view, { org }) => {
    // The service desk takes it; where there is none, the incident managers do, and a private one is theirs and security's.
    const desk = isPrivate(view.class) ? [] : holdersOf(org, 'service-desk');
    const managers = holdersOf(org, 'incident-manager', ...(isPrivate(view.class) ? (['security'] as const) : []));
    const told = desk.length > 0 ? desk : managers;
    return tell(
      told.filter((person) => person !== event.by),
      newCard(shown(view)),
    );
  }),
  when<IncidentEvent, 'workaround-offered'>(incident.name, 'workaround-offered', ({ problem, words }, view) => {
    const { raised, standing } = view.state(incident);
    const people = [raised?.by, standing.owner].filter((person) => person !== undefined);
    return tell(people, workaroundCard(shown(view), problem, words.workaround));
  }),
  on('noted', ({ by, words }, view) => inChannel(view, noteCard(view, by, words.text))),
  on('joined', (_event, view) => channelAsked(view)),
  on('crew-set', ({ role, person }, view, { actor }) => [
    ...(person === actor.person ? [] : tell([person], crewCard(view, role))),
    ...channelAsked(view),
  ]),
  on('assigned', ({ group, members }, view, { actor }) => [
    ...tell(
      members.filter((person) => person !== actor.person),
      assignedCard(view, group),
    ),
    ...channelAsked(view),
  ]),
  on('closed', ({ into, category }, view, { actor }) => {
    const state = view.state(incident);
    const people = [...new Set([state.raised?.by, state.standing.owner, ...workersOf(state)])].filter(
      (person): person is PersonId => person !== undefined && person !== BELLMAN,
    );
    const others = people.filter((person) => person !== actor.person);
    if (into === undefined)
      return tell(others, noticeCard(shown(view), 'is closed', `It came to: ${category.replaceAll('-', ' ')}.`));
    const command: IncidentCommand = { type: 'absorb', incident: view.id, people };
    return [
      ...tell(others, mergedCard(view, into)),
      ...inChannel(view, mergedCard(view, into)),
      { ask: 'link', to: into },
      { ask: 'elsewhere', record: into, part: incident.name, command },
    ];
  }),
  on('declared', ({ words }) => (words.place === undefined ? [] : [wantChannel(words.place)])),
  on('channel-wanted', (_event, view) => channelAsked(view)),
  on('absorbed', ({ incident: other, people }, view) => {
    const { into } = view.state(incident);
    // It was merged itself meanwhile: its new people go on with it.
    const command: IncidentCommand = { type: 'absorb', incident: other, people };
    return into === undefined || into === other
      ? channelAsked(view)
      : [{ ask: 'elsewhere', record: into, part: incident.name, command }];
  }),
  on('resolved', ({ into, words }, view, { actor }) => {
    const state = view.state(incident);
    const others = workersOf(state).filter(
      (person) => person !== actor.person && person !== state.standing.owner && person !== state.raised?.by,
    );
    return into === undefined ? tell(others, noticeCard(shown(view), 'is resolved', words.resolution)) : [];
  }),
  on('channel-made', (_event, view) => inChannel(view, welcomeCard(view))),
  on('channel-failed', ({ by, words }, view) => tell([by], noChannelCard(view, words.why))),
  ...standingReactions({ root: 'incident', shown }),
];
