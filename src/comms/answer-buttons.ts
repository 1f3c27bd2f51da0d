/** What readers can press on an update: *Seen*, *Ask*, and the options of a decision that it asks for. */
import { type Block, type Control, controls, list, text } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import type { Wanted } from './wanted.ts';

/** Under an update, for those who can press. */
export const answerButtons = (record: RecordId, update: string): Block =>
  controls(
    { label: 'Seen', action: 'comms.seen', record, value: update },
    { label: 'Ask', action: 'comms.ask', record, value: update },
  );

/** What an update says of the decision that it asks for. */
export const decisionBlocks = ({ question, options, neededBy }: Wanted): readonly Block[] => [
  text({ bold: 'Decision needed from you by ' }, { time: neededBy }, `: ${question}`),
  list(...options.map((option) => [option])),
];

/** What the button of an option carries. */
export const optionValue = (update: string, option: number): string => `${update}:${option}`;

/** What the button of an option carried. */
export function optionIn(value: string): { readonly update: string; readonly option: number } {
  const [update = '', option = ''] = value.split(':');
  return { update, option: /^\d$/u.test(option) ? Number(option) : -1 };
}

/** The options as buttons. */
export const optionButtons = (record: RecordId, update: string, { options }: Wanted): Block =>
  controls(
    ...options.map((label, option): Control => ({ label, action: 'comms.decide', record, value: optionValue(update, option) })),
  );
