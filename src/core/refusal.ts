/** A rule that says no, as data. `chat/refusals.ts` words each code for people. */

/** What a refusal tells: names, record ids, instants (as numbers) and lists of them. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

export interface Refusal {
  readonly refused: string;
  readonly facts: Facts;
}

/** Says no: a code in kebab-case and the facts that its wording needs. */
export const refuse = (code: string, facts: Facts = {}): Refusal => ({ refused: code, facts });

/** Whether something decided or parsed is a refusal. */
export const isRefusal = (thing: unknown): thing is Refusal =>
  typeof thing === 'object' && thing !== null && typeof (thing as { refused?: unknown }).refused === 'string';
