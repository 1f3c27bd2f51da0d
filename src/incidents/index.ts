/** What higher rooms and `main.ts` may read or ask of incidents; problems share how a record is raised and stands. */
import type { LiveCards } from '../chat/live.ts';
import { proposalCard } from './cards.ts';
import { incident } from './incident.ts';
import { shown } from './shown.ts';
import { ownerCard } from './standing-reactions.ts';

export { listCard, newCard, proposalCard, raisedCard, recordCard, type Shown } from './cards.ts';
export { doings } from './commands.ts';
export { decideEdit, type Edited } from './edit.ts';
export { eventWords } from './history.ts';
export { type IncidentCommand, incident } from './incident.ts';
export { fromEvent, type Intake, type IntakeEvent, intakeFields, intakeInitial, intakeOf, noIntake, toEvent } from './intake.ts';
export { LEVELS, priorityOf } from './priority.ts';
export { reactions } from './reactions.ts';
export {
  decideStanding,
  evolveStanding,
  mayManage,
  newStanding,
  type Standing,
  type StandingCommand,
  type StandingEvent,
  type StandingRoles,
} from './standing.ts';
export { standingDoings } from './standing-commands.ts';
export { ownerCard, standingReactions } from './standing-reactions.ts';
export { recordList, titlesOf } from './store.ts';

export const parts = [incident];

export const liveCards: LiveCards = {
  [ownerCard('incident')]: (view, _now, person) => proposalCard(shown(view), person, 'incident'),
};
