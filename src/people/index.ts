/** What higher rooms may read or ask of the people room. */

export { audienceClockCommands } from './audience-clock-commands.ts';
export { audienceCommands } from './audience-commands.ts';
export { type AudienceKey, audiencesOf, listSize } from './audiences.ts';
export { boardCommands } from './board-commands.ts';
export { delegatedCard } from './cards.ts';
export { peopleCommands } from './commands.ts';
export { detailsCommands } from './details-commands.ts';
export { personDetails } from './details-store.ts';
export { exercisePlaces } from './exercise-commands.ts';
export { insteadOf } from './fallback-store.ts';
export { firstAdmins } from './first-admins.ts';
export { listCommands } from './list-commands.ts';
export { unsubscribe } from './list-store.ts';
export { emptyLists, isList, listMark, recipientsOf, startPlaces } from './lists.ts';
export { alarmAbout, type OrgCommand, type OrgEvent, org } from './org.ts';
export { placeCommands } from './place-commands.ts';
export { reactions } from './reactions.ts';
export { readerAt } from './reader-store.ts';
export { resolver } from './resolve.ts';
export { type PeopleStore, peopleStore } from './store.ts';
