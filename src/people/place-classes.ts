/** How guarded a place is, where that is not as its kind usually is: an administrator or security says so (S3). */

import { classOfPlace } from '../core/place-class.ts';
import { accept, type Context, type DataClass, type Decision, type Org, requireRole } from '../core/record.ts';

export type PlaceClassCommand = { readonly type: 'set-place-class'; readonly place: string; readonly class: DataClass };
/** A place may be somebody's address: it can be erased. */
export type PlaceClassEvent = {
  readonly type: 'place-class-set';
  readonly class: DataClass;
  readonly words: { readonly place: string };
};

type State = Pick<Org, 'placeClasses'>;

/** Refuses `role-needed`. A class that the place has already changes nothing. */
export function decidePlaceClass(org: State, command: PlaceClassCommand, context: Context): Decision<PlaceClassEvent> {
  const lacking = requireRole(context, 'admin', 'security');
  if (lacking || classOfPlace(command.place, org) === command.class) return lacking ?? accept();
  return accept({ type: 'place-class-set', class: command.class, words: { place: command.place } });
}

/** The classes of places after an event. */
export const evolvePlaceClass = (before: Org['placeClasses'], event: PlaceClassEvent): NonNullable<Org['placeClasses']> => ({
  ...before,
  [event.words.place]: event.class,
});
