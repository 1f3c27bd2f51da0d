/** What becomes of a change, as its communication plan hears it (M7): it begins, moves, closes. An RFC without a plan asks nothing. */
import { type PlanCommand, plan } from '../comms/index.ts';
import { type Ask, type EventOf, type Reaction, type RecordView, when } from '../core/ask.ts';
import { change } from './change.ts';
import type { ChangeEvent } from './rfc.ts';

const toPlan = (command: PlanCommand): Ask => ({ ask: 'command', part: plan.name, command });

const windowOf = (view: RecordView) => {
  const { start, end } = view.state(change).fields;
  return { start, ...(end === undefined ? {} : { end }) };
};

const on = <T extends ChangeEvent['type']>(
  type: T,
  react: (event: EventOf<ChangeEvent, T>, view: RecordView) => readonly PlanCommand[],
): Reaction =>
  when<ChangeEvent, T>(change.name, type, (event, view) =>
    type === 'announced' || view.state(plan).status !== 'none' ? react(event, view).map(toPlan) : [],
  );

export const announceReactions: readonly Reaction[] = [
  on('announced', ({ before, words }, view) => {
    const { title, owner } = view.state(change).fields;
    return [{ type: 'schedule', owner, title, place: words.place, class: view.class, window: windowOf(view), before }];
  }),
  on('edited', ({ changed }, view) => {
    const { title, owner } = view.state(change).fields;
    return [
      ...(changed.includes('title') ? [{ type: 'title', title } as const] : []),
      ...(changed.includes('owner') ? [{ type: 'owner', owner } as const] : []),
      ...(changed.includes('start') || changed.includes('end') ? [{ type: 'reschedule', window: windowOf(view) } as const] : []),
    ];
  }),
  on('extended', (_event, view) => [{ type: 'reschedule', window: windowOf(view) }]),
  on('started', () => [{ type: 'work-started' }]),
  on('done', () => [{ type: 'work-ended' }]),
  on('failed', () => [{ type: 'work-failed' }]),
  on('backed-out', () => [{ type: 'work-failed' }]),
  on('withdrawn', () => [{ type: 'call-off' }]),
  on('cancelled', () => [{ type: 'call-off' }]),
  on('decided', ({ outcome }) => (outcome === 'rejected' ? [{ type: 'call-off' }] : [])),
  on('classified', (event) => [{ type: 'class', class: event.class }]),
];
