/** What a text still lacks before it can be handed in. Pure. */

/** What a writer has to fill in stands between these. */
const PLACEHOLDER = /‹[^‹›]*›/u;

/** A placeholder that was left in a text, or undefined when it can be read as it is. */
export const unfilled = (text: string): string | undefined => PLACEHOLDER.exec(text)?.[0];
