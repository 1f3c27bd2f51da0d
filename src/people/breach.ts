/** What an organisation prepares for a security breach: by when each audience must be notified, by whom and how (M8). Pure. */
import { accept, type BreachLine, type Context, type Decision, type Org } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { audiencesOf } from './audiences.ts';

/** What is absent stays as it is. */
export type BreachCommand = { readonly type: 'prepare-breach'; readonly audience: string } & BreachLine;

/** Places are `words`: they may name people outside. */
export type BreachEvent = {
  readonly type: 'breach-prepared';
  readonly audience: string;
  readonly words?: { readonly places: readonly string[] };
} & Omit<BreachLine, 'places'>;

/** Refuses `unknown-audience`. */
export function decideBreach(
  org: Pick<Org, 'audiences'>,
  { type: _type, audience, places, ...wanted }: BreachCommand,
  _context: Context,
): Decision<BreachEvent> {
  const known = audiencesOf(org);
  if (!known.includes(audience)) return refuse('unknown-audience', { audience, audiences: known });
  return accept({ type: 'breach-prepared', audience, ...wanted, ...(places === undefined ? {} : { words: { places } }) });
}

/** What is prepared after an event. */
export function evolveBreach(breach: NonNullable<Org['breach']>, event: BreachEvent): NonNullable<Org['breach']> {
  const { type: _type, audience, words, ...wanted } = event;
  const said = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return { ...breach, [audience]: { ...breach[audience], ...said, ...(words ? { places: words.places } : {}) } };
}
