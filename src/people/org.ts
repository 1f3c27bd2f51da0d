/** The organisation, ORG-1: who holds which role, the boards, the audiences, the delegations (P18, C7, M1, M4, S4). */
import { type Context, type Decision, ORG, type Org, type Part, type RecordId } from '../core/record.ts';
import { type ActivityCommand, type ActivityEvent, decideActivity, evolveActivity } from './activity.ts';
import { type Alarm, type AlarmCommand, type AlarmEvent, decideAlarm } from './alarms.ts';
import {
  type AudienceCommand,
  type AudienceEvent,
  decideAudience,
  decideRefresh,
  evolveAudience,
  type RefreshCommand,
} from './audiences.ts';
import { type AuditPlaceCommand, type AuditPlaceEvent, decideAuditPlace } from './audit-place.ts';
import { type BoardCommand, type BoardEvent, decideBoard, evolveBoard } from './boards.ts';
import { type BreachCommand, type BreachEvent, decideBreach, evolveBreach } from './breach.ts';
import { type DelegationCommand, type DelegationEvent, decideDelegation, evolveDelegation } from './delegations.ts';
import { type DetailsCommand, type DetailsEvent, decideDetails } from './details.ts';
import { decideExercisePlaces, type ExercisePlacesCommand, type ExercisePlacesEvent } from './exercise-places.ts';
import { decideIdentity, type IdentityCommand, type IdentityEvent } from './identities.ts';
import { decidePlaceClass, evolvePlaceClass, type PlaceClassCommand, type PlaceClassEvent } from './place-classes.ts';
import { decidePriority, type PriorityCommand, type PriorityEvent } from './priorities.ts';
import { decideResolvers, evolveResolvers, type ResolverCommand, type ResolverEvent } from './resolvers.ts';
import { decideRole, evolveRole, type RoleCommand, type RoleEvent } from './roles.ts';
import { decideServiceLevel, evolveServiceLevels, type ServiceLevelCommand, type ServiceLevelEvent } from './service-levels.ts';
import { decideWords, evolveWords, type WordsCommand, type WordsEvent } from './words.ts';

export type OrgState = Omit<Org, 'version'>;
export type OrgCommand =
  | RoleCommand
  | BoardCommand
  | BreachCommand
  | AudienceCommand
  | RefreshCommand
  | DetailsCommand
  | ExercisePlacesCommand
  | DelegationCommand
  | IdentityCommand
  | AlarmCommand
  | AuditPlaceCommand
  | PlaceClassCommand
  | ActivityCommand
  | PriorityCommand
  | ResolverCommand
  | ServiceLevelCommand
  | WordsCommand;
export type OrgEvent =
  | RoleEvent
  | BoardEvent
  | BreachEvent
  | AudienceEvent
  | DetailsEvent
  | ExercisePlacesEvent
  | DelegationEvent
  | IdentityEvent
  | AlarmEvent
  | AuditPlaceEvent
  | PlaceClassEvent
  | ActivityEvent
  | PriorityEvent
  | ResolverEvent
  | ServiceLevelEvent
  | WordsEvent;

/** The organisation's rules; each noun decides for itself. */
export const org: Part<OrgState, OrgCommand, OrgEvent> = {
  name: 'org',
  initial: { roles: {}, boards: {}, audiences: {}, delegations: {} },
  heading: () => ({ title: 'The organisation', status: 'in force' }),
  decide(state, command, context): Decision<OrgEvent> {
    // The state under this very lock, not the one that was read before it.
    const here: Context = { ...context, org: { ...state, version: context.org.version } };
    switch (command.type) {
      case 'grant':
      case 'revoke':
        return decideRole(state, command, here);
      case 'create-board':
      case 'add-member':
      case 'remove-member':
      case 'set-board':
        return decideBoard(state, command, here);
      case 'add-audience':
      case 'arrange-audience':
      case 'retire-audience':
      case 'set-list':
      case 'drop-list':
      case 'set-places':
      case 'set-releasers':
      case 'set-author':
      case 'set-cadence':
      case 'set-quiet':
        return decideAudience(state, command, here);
      case 'set-details':
        return decideDetails(command, here);
      case 'set-exercise-places':
        return decideExercisePlaces(command, here);
      case 'refresh-lists':
        return decideRefresh(command, here);
      case 'delegate':
        return decideDelegation(state, command, here);
      case 'join-identity':
        return decideIdentity(state, command, here);
      case 'raise-alarm':
        return decideAlarm(command, here);
      case 'deactivate':
      case 'activate':
        return decideActivity(state, command, here);
      case 'set-audit-place':
        return decideAuditPlace(command, here);
      case 'set-place-class':
        return decidePlaceClass(state, command, here);
      case 'add-word':
      case 'remove-word':
        return decideWords(state.words ?? [], command, here);
      case 'create-resolvers':
      case 'add-resolver':
      case 'remove-resolver':
        return decideResolvers(state.resolvers ?? {}, command, here);
      case 'set-priority':
        return decidePriority(state.priorities ?? {}, command, here);
      case 'set-service-level':
        return decideServiceLevel(state.serviceLevels ?? {}, command, here);
      case 'prepare-breach':
        return decideBreach(state, command, here);
      default:
        return command satisfies never;
    }
  },
  evolve(state, event): OrgState {
    switch (event.type) {
      case 'granted':
      case 'revoked':
        return { ...state, roles: evolveRole(state.roles, event) };
      case 'board-created':
      case 'member-added':
      case 'member-removed':
      case 'board-set':
        return { ...state, boards: evolveBoard(state.boards, event) };
      case 'audience-added':
      case 'audience-arranged':
      case 'audience-retired':
      case 'list-set':
      case 'list-dropped':
      case 'places-set':
      case 'releasers-set':
      case 'author-set':
      case 'cadence-set':
      case 'quiet-set':
        return { ...state, audiences: evolveAudience(state.audiences, event) };
      case 'delegated':
        return { ...state, delegations: evolveDelegation(state.delegations, event) };
      case 'deactivated':
      case 'activated':
        return { ...state, inactive: evolveActivity(state.inactive, event) };
      case 'breach-prepared':
        return { ...state, breach: evolveBreach(state.breach ?? {}, event) };
      case 'audit-place-set':
        return { ...state, auditPlace: event.place };
      case 'exercise-places-set':
        return { ...state, exercisePlaces: event.words.places };
      case 'place-class-set':
        return { ...state, placeClasses: evolvePlaceClass(state.placeClasses, event) };
      case 'details-set':
      case 'identity-joined':
      case 'alarm-raised':
        return state;
      case 'resolvers-created':
      case 'resolver-added':
      case 'resolver-removed':
        return { ...state, resolvers: evolveResolvers(state.resolvers ?? {}, event) };
      case 'priority-set':
        return { ...state, priorities: { ...state.priorities, [event.cell]: event.priority } };
      case 'service-level-set':
        return { ...state, serviceLevels: evolveServiceLevels(state.serviceLevels ?? {}, event) };
      case 'word-added':
      case 'word-removed':
        return { ...state, words: evolveWords(state.words ?? [], event) };
      default:
        return event satisfies never;
    }
  },
};

/** What raises an alarm about a record: a command on the organisation, which only Bellman itself may give. */
export function alarmAbout(about: RecordId, alarm: Alarm, detail: string) {
  const command: AlarmCommand = { type: 'raise-alarm', alarm, about, detail };
  return { record: ORG, part: org.name, command };
}
