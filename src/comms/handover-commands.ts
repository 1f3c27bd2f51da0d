/** `/comms handover`, and the receiver's *Accept* and *Decline*. */
import { aPerson, button, command } from '../chat/registry.ts';
import { plan as planPart } from './part.ts';
import { change, done, record } from './showing.ts';

const handOver = command({
  name: 'comms handover',
  help: 'Pass what you have to do on a plan to somebody, who accepts it.',
  args: { record, to: aPerson('who takes over') },
  run: (c, values) =>
    change(c, values.record, { type: 'hand-over', to: values.to }, ({ events }) =>
      done(
        events.length === 0 ? 'Asked already' : 'Asked',
        { person: values.to },
        ' gets it on one card, and it is theirs once they accept. Until then it stays yours.',
      ),
    ),
});

const answer = (name: string, takes: boolean) =>
  button({
    name,
    run: (c, { record: id, value: from }) =>
      change(c, id, { type: 'answer-handover', from, takes }, ({ view }) =>
        takes
          ? done(
              'It is yours',
              `The plan of ${view.id}, ${view.state(planPart).title}: its texts, questions and clocks come to you now.`,
            )
          : done('Declined', { person: from }, ' keeps it and is told.'),
      ),
  });

export const handingOver = [handOver, answer('comms.accept-handover', true), answer('comms.decline-handover', false)];
