/** Who lives in the house: the parts with their rules, and what follows from their events. `main.ts` fills it. */
import type { Ask, Reaction, RecordView } from './ask.ts';
import type { Context, Part, PartName, Typed } from './record.ts';
import type { Projection } from './statement.ts';

export type AnyPart = Part<unknown, Typed, Typed>;

/** What a reaction names that follows from every event of its part. */
export const ANYTHING = '*';

export interface House {
  readonly part: (name: string) => AnyPart;
  readonly react: (part: string, event: Typed, view: RecordView, context: Context) => readonly Ask[];
  readonly projection: (name: string) => Projection;
}

/** A house of these parts, reactions and projections. Throws when a name stands twice or a reaction names no part. */
export function house(parts: readonly AnyPart[], reactions: readonly Reaction[], projections: readonly Projection[] = []): House {
  const byName = new Map<string, AnyPart>();
  for (const part of parts) {
    if (byName.has(part.name)) throw new Error(`Two parts are named ${part.name}`);
    byName.set(part.name, part);
  }
  const byEvent = new Map<string, Reaction[]>();
  for (const reaction of reactions) {
    if (!byName.has(reaction.part)) throw new Error(`A reaction names the unknown part ${reaction.part}`);
    const key = `${reaction.part}.${reaction.on}`;
    byEvent.set(key, [...(byEvent.get(key) ?? []), reaction]);
  }
  return {
    part: (name) => {
      const part = byName.get(name);
      if (!part) throw new Error(`There is no part ${name}`);
      return part;
    },
    projection: (name) => {
      const projection = projections.find((one) => one.name === name);
      if (!projection) throw new Error(`There is no projection ${name}`);
      return projection;
    },
    react: (part, event, view, context) =>
      [event.type, ANYTHING]
        .flatMap((on) => byEvent.get(`${part}.${on}`) ?? [])
        .flatMap((reaction) => reaction.react(event, view, context)),
  };
}

/** The states of one record's parts, by name. */
export type States = Readonly<Record<string, unknown>>;

/** Reads states by part; a part that has none yet is in its initial state. */
export const stateOf =
  (states: States) =>
  <S>(part: PartName<S>): S =>
    // A part's stored state was made by the same part's evolve.
    (states[part.name] as S | undefined) ?? part.initial;
