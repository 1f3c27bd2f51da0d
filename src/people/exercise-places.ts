/** Where exercises are told: these places only, so that nobody else takes one for the real thing. */
import { accept, type Context, type Decision, requireRole } from '../core/record.ts';

export type ExercisePlacesCommand = { readonly type: 'set-exercise-places'; readonly places: readonly string[] };
/** A place may be somebody's address, so it can be erased. */
export type ExercisePlacesEvent = {
  readonly type: 'exercise-places-set';
  readonly words: { readonly places: readonly string[] };
};

/** Refuses `role-needed`. */
export const decideExercisePlaces = (command: ExercisePlacesCommand, context: Context): Decision<ExercisePlacesEvent> =>
  requireRole(context, 'admin', 'communications') ??
  accept({ type: 'exercise-places-set', words: { places: [...new Set(command.places)] } });
