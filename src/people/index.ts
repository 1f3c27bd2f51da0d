/** What higher rooms may read or ask of the people room. */

export { countsOf, wrongRows } from './audience-cards.ts';
export { audienceClockCommands } from './audience-clock-commands.ts';
export { audienceCommands } from './audience-commands.ts';
export { type AudienceKey, audiencesOf, listSize } from './audiences.ts';
export { boardCommands } from './board-commands.ts';
export { delegatedCard } from './cards.ts';
export { peopleCommands } from './commands.ts';
export { readList } from './csv.ts';
export { detailsCommands } from './details-commands.ts';
export { accountsOf, detailsOf, personDetails } from './details-store.ts';
export { exercisePlaces } from './exercise-commands.ts';
export { insteadOf } from './fallback-store.ts';
export { firstAdmins } from './first-admins.ts';
export { listCommands, listImport } from './list-commands.ts';
export { storeList, unsubscribe } from './list-store.ts';
export { emptyLists, isList, listMark, recipientsOf, startPlaces } from './lists.ts';
export { alarmAbout, type OrgCommand, type OrgEvent, org } from './org.ts';
export { placeCommands } from './place-commands.ts';
export { PRIORITY_ROLES } from './priorities.ts';
export { reactions } from './reactions.ts';
export { readerAt } from './reader-store.ts';
export { lookAgain } from './refresh.ts';
export { resolver } from './resolve.ts';
export { resolverCommands } from './resolver-commands.ts';
export { resolverKey } from './resolvers.ts';
export { ANY_CATEGORY, SERVICE_LEVEL_ROLES, serviceLevelOf } from './service-levels.ts';
export { type PeopleStore, peopleStore } from './store.ts';
