/**
 * Calls by hand as a way out: what goes to a number is asked of whoever is to call it. Asked again for the same delivery nothing
 * changes, so nobody is asked twice.
 */
import { type Mechanism, PlatformError } from '../chat/port.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { callAt } from '../chat/ways.ts';
import { BELLMAN } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import type { Transact } from '../core/transact.ts';
import { type CallsCommand, calls } from './calls.ts';

const AGAIN_MS = 2000;

/** Makes the way out. */
export const callWay = (transact: Transact): Mechanism => ({
  platform: 'call',
  canLook: false,
  canRepeat: true,
  rate: () => ({ key: 'call', perSecond: Number.POSITIVE_INFINITY, burst: 1 }),
  async post(place, { delivery, record, update, card }) {
    const call = callAt(place);
    if (!call || update === undefined) throw new PlatformError('refused', 'This is no update to a telephone number');
    const script = card.blocks.filter(({ kind }) => kind !== 'controls');
    const command: CallsCommand = { type: 'ask-call', delivery, update, place, ...call, title: card.title, script };
    const outcome = await transact([{ record, part: calls.name, command, by: BELLMAN }]).then(
      ([first]) => first,
      (error: unknown) => {
        throw new PlatformError('limited', error instanceof Error ? error.message : String(error), AGAIN_MS);
      },
    );
    if (outcome && isRefusal(outcome)) throw new PlatformError('refused', plainWords(refusalWords(outcome)));
    return { externalId: delivery };
  },
});
