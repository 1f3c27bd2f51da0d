/** What can be asked of a handover, and what can happen to it; its rules are in `handover.ts`. */
import type { PersonId } from '../core/record.ts';

export type HandoverCommand =
  | { readonly type: 'hand-over'; readonly to: PersonId }
  /** From the receiver; `from`: whose duties they are. */
  | { readonly type: 'answer-handover'; readonly from: PersonId; readonly takes: boolean };

export type HandoverEvent =
  | { readonly type: 'handover-asked'; readonly from: PersonId; readonly to: PersonId }
  | { readonly type: 'handed-over'; readonly from: PersonId; readonly to: PersonId }
  | { readonly type: 'handover-declined'; readonly from: PersonId; readonly to: PersonId };
