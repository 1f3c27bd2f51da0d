/** The feature rooms put together: what can be said, by which rules, what follows, and what is kept up to date on screens. */
import * as alerts from './alerts/index.ts';
import * as changes from './changes/index.ts';
import { helpCommands } from './chat/help.ts';
import type { LiveCards } from './chat/live.ts';
import { registry } from './chat/registry.ts';
import * as comms from './comms/index.ts';
import type { AnyPart } from './core/house.ts';
import type { Projection } from './core/statement.ts';
import * as incidents from './incidents/index.ts';
import * as knowledge from './knowledge/index.ts';
import * as people from './people/index.ts';
import * as problems from './problems/index.ts';
import * as reports from './reports/index.ts';
import * as reviews from './reviews/index.ts';
import * as timeline from './timeline/index.ts';

/** Everything that can be said and pressed: made once here, and by the tests of the documents. */
export function everything(store: people.PeopleStore, exportsAt: reports.ExportsAt) {
  const doings = [
    ...people.peopleCommands(store),
    ...people.boardCommands,
    ...people.audienceCommands,
    ...people.audienceClockCommands,
    ...people.listCommands,
    ...people.detailsCommands,
    people.exercisePlaces,
    ...people.placeCommands,
    ...people.resolverCommands,
    ...incidents.doings,
    ...changes.doings,
    ...comms.doings,
    ...knowledge.doings,
    ...problems.doings,
    ...timeline.doings(exportsAt),
    ...alerts.doings(() => exportsAt.url?.()),
    ...reports.auditCommands(exportsAt),
    ...reports.figureDoings(exportsAt),
    reports.vendorDocumentDoing(exportsAt),
    ...reports.reportDoings(exportsAt),
    ...reviews.reviewDoings((name, document, format) => reports.exportDocument(exportsAt, name, document, format)),
  ];
  return registry([...doings, ...helpCommands(doings)]);
}

/** The rules of every part of every record. */
export const parts: readonly AnyPart[] = [
  people.org,
  ...comms.parts,
  ...knowledge.parts,
  ...incidents.parts,
  ...changes.parts,
  ...problems.parts,
  ...reports.parts,
  ...reviews.parts,
  ...alerts.parts,
  ...timeline.parts,
];
/** What follows from the events of all rooms. */
export const reactions = [
  ...people.reactions,
  ...comms.reactions,
  ...comms.listsReactions,
  ...knowledge.reactions,
  ...incidents.reactions,
  ...changes.reactions,
  ...problems.reactions,
  ...alerts.reactions,
  ...timeline.reactions,
  ...reports.reactions,
  ...reviews.reactions,
];
/** What rooms keep for their lists and figures. */
export const projections: readonly Projection[] = [
  people.personDetails,
  ...comms.projections,
  ...knowledge.projections,
  ...incidents.projections,
  ...reports.projections,
  ...alerts.projections,
  ...timeline.projections,
];

/** The cards that are rendered anew when their record changes. */
export const liveCards: LiveCards = {
  ...comms.liveCards,
  ...incidents.liveCards,
  ...changes.liveCards,
  ...problems.liveCards,
  ...reports.liveCards,
  ...reviews.liveCards,
};
