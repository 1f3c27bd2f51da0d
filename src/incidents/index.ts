/** What higher rooms and `main.ts` may read or ask of incidents; problems share how a record is raised and stands. */
import type { LiveCards } from '../chat/live.ts';
import { alert } from './alert.ts';
import { proposalCard } from './cards.ts';
import { channels } from './channel-store.ts';
import { incident } from './incident.ts';
import { shown } from './shown.ts';
import { ownerCard } from './standing-reactions.ts';

export { type AlertCommand, type AlertEvent, alert, isOver, type Signal } from './alert.ts';
export { newCard, noticeCard, proposalCard, recordCard, type Shown } from './cards.ts';
export { type ChannelParts, openChannels } from './channel-worker.ts';
export { doings } from './commands.ts';
export { eventWords } from './history.ts';
export { type IncidentCommand, type IncidentEvent, incident } from './incident.ts';
export { CATEGORIES, type Intake, intakeFields, intakeInitial, intakeOf, noIntake, type Raising } from './intake.ts';
export { LEVELS, PRIORITIES, priorityOf } from './priority.ts';
export {
  decideRaised,
  evolveRaised,
  notRaised,
  type Raised,
  type RaisedCommand,
  type RaisedEvent,
  readersOf,
  weightOf,
} from './raised.ts';
export { raisedDoings } from './raised-commands.ts';
export { reactions } from './reactions.ts';
export { mayManage, type StandingRoles } from './standing.ts';
export { standingDoings } from './standing-commands.ts';
export { ownerCard, standingReactions } from './standing-reactions.ts';

export const parts = [incident, alert];

export const projections = [channels];

export const liveCards: LiveCards = {
  [ownerCard('incident')]: (view, _now, person) => proposalCard(shown(view), person, 'incident'),
};
