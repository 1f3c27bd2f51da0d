/** The decision on places of which nobody can tell whether an update arrived there: *Send again*, *Leave*. */
import { button } from '../chat/registry.ts';
import { isRefusal } from '../core/refusal.ts';
import { leave, sendAgain, unsureOf } from '../delivery/index.ts';
import { change, done, planOf } from './showing.ts';

/** The decision is journaled first; after a crash in between, the next press carries out what was decided. */
const settle = (name: string, again: boolean) =>
  button({
    name,
    run: async (c, { record: id, value: update }) => {
      const unsure = (await unsureOf(c.db, update)).map((one) => one.id);
      const reply = await change(c, id, { type: 'settle', update, again }, () =>
        again
          ? done('Sent again', 'It goes once more to the places that were unsure.')
          : done('Left', 'It stays as it is at the places that were unsure.'),
      );
      const plan = await planOf(c, id);
      const outcome = isRefusal(plan) ? undefined : plan.outcomes[update];
      if (outcome?.unsure?.length === 0) await (outcome.again ? sendAgain : leave)(c.db, unsure);
      return reply;
    },
  });

export const settling = [settle('comms.send-again', true), settle('comms.leave', false)];
