/** What can be done next with an RFC, as buttons: the way on from each status, and for whom it is. */
import type { Control } from '../chat/card.ts';
import type { PersonId, RecordId, Role } from '../core/record.ts';
import { missing } from './fields.ts';
import { TURNED_DOWN } from './review.ts';
import { type Change, isTheirs } from './rfc.ts';
import { canBeBackedOut } from './work.ts';

/** Who looks at a card, for the buttons that are for them. */
export interface Viewer {
  readonly person: PersonId;
  readonly roles: ReadonlySet<Role>;
}

/** Steps of the work: for the implementer and the change managers too. */
const OF_THE_WORK: ReadonlySet<string> = new Set(['rfc.start', 'rfc.done', 'rfc.failed', 'rfc.extend', 'rfc.back-out']);

/** The next steps that this viewer may take; the rules decide when one is taken. */
export function stepsFor(record: RecordId, rfc: Change, { person, roles }: Viewer): readonly Control[] {
  const own = isTheirs(rfc, person);
  const manages = roles.has('change-manager');
  const mayTake = ({ action }: Control): boolean => {
    if (action === 'rfc.made-review') return manages && !own;
    if (action === 'rfc.cancel') return own || manages;
    return own || (OF_THE_WORK.has(action) && (manages || person === rfc.fields.implementer));
  };
  const again = manages && !own && TURNED_DOWN.has(rfc.status) ? [openAgain(record)] : [];
  return [...nextSteps(record, rfc).filter(mayTake), ...again];
}

/** The change manager's way on from a ballot that did not approve. */
export const openAgain = (record: RecordId): Control => ({ label: 'Open again', action: 'rfc.open-again', record });

/** The way on from each status; a status without one is an end. */
export function nextSteps(record: RecordId, rfc: Change): readonly Control[] {
  const button = (label: string, action: string, style?: Control['style']): Control => ({
    label,
    action: `rfc.${action}`,
    record,
    ...(style ? { style } : {}),
  });
  const backOut = canBeBackedOut(rfc) ? [button('Back out', 'back-out', 'danger')] : [];
  const made = rfc.way === 'already';
  switch (rfc.status) {
    case 'draft':
      return [button('Submit', 'submit', 'primary'), button('Edit', 'edit'), button('Withdraw', 'withdraw', 'danger')];
    case 'in review':
    case 'voting':
      return made ? [button('Edit', 'edit'), ...backOut] : [button('Edit', 'edit'), button('Withdraw', 'withdraw', 'danger')];
    case 'approved':
      return made
        ? [button('Reviewed', 'made-review', 'primary'), button('Edit', 'edit'), button('Done', 'done'), ...backOut]
        : startSteps(record);
    case 'rejected':
    case 'expired':
    case 'void':
      return [
        button('Edit and resubmit', 'resubmit', 'primary'),
        ...(made ? backOut : [button('Withdraw', 'withdraw', 'danger')]),
      ];
    case 'in progress':
      return [...endSteps(record), ...(missing(rfc).length > 0 ? [button('Edit', 'edit')] : []), ...backOut];
    case 'done':
    case 'failed':
    case 'withdrawn':
    case 'cancelled':
    case 'backed out':
      return backOut;
    default:
      return rfc.status satisfies never;
  }
}

/** What an approved change whose start has come can do. */
export const startSteps = (record: RecordId): readonly Control[] => [
  { label: 'Start now', action: 'rfc.start', record, style: 'primary' },
  { label: 'Move window', action: 'rfc.move', record },
  { label: 'Cancel', action: 'rfc.cancel', record, style: 'danger' },
];

/** What a change in progress whose end has come can do. */
export const endSteps = (record: RecordId): readonly Control[] => [
  { label: 'Done', action: 'rfc.done', record, style: 'primary' },
  { label: 'Failed', action: 'rfc.failed', record, style: 'danger' },
  { label: 'Need longer', action: 'rfc.extend', record },
];
