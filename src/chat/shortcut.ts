/** Commands that are begun from the menu of any message: what was written there stands in their dialog. */
import { shortened } from './card.ts';
import { LIMITS_OF_FIELDS, type RawAnswers } from './form.ts';

/** A message that somebody picked; `user`: who wrote it, as the platform knows them, and `message` its own id there. */
export interface Picked {
  readonly text: string;
  readonly user: string;
  readonly message: string;
}

/** How a command stands in the menu of messages. */
export interface Shortcut {
  /** As platforms know it: `raise_incident`. */
  readonly id: string;
  /** As people read it; at most 24 characters, Slack's limit. */
  readonly label: string;
  /** What it does, in a sentence. */
  readonly help: string;
  /** The field of the command's dialog in which the message stands. */
  readonly field: string;
}

/** What stands in the dialog at first: as much of the message as a field holds. */
export const filledFrom = ({ field }: Shortcut, { text }: Pick<Picked, 'text'>): RawAnswers => ({
  [field]: shortened(text, LIMITS_OF_FIELDS.paragraph),
});
