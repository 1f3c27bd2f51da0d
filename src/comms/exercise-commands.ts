/** How an exercise is begun and ended. */
import { aRecord, command } from '../chat/registry.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { plan as planPart } from './part.ts';
import { change, done } from './showing.ts';

const run = command({
  name: 'comms exercise',
  help: 'Run a plan as an exercise, marked and only where exercises may be seen; said again, it ends.',
  args: { record: aRecord('the problem or incident, for example PRB-1', 'PRB', 'INC') },
  run: async (c, { record: id }) => {
    const [view, titles] = await Promise.all([c.view(id), titlesOf(c.db, [id], c.me)]);
    if (!view) return c.refused(refuse('unknown-record', { record: id }));
    const kind = id.startsWith('INC') ? 'incident' : 'problem';
    const wanted = { type: 'exercise', kind, title: titles.get(id) ?? id, class: view.class } as const;
    return change(c, id, wanted, ({ view: after }) =>
      after.state(planPart).status === 'none'
        ? done('The exercise is over', `Nothing of ${id} is due any more. What was said in it stays where exercises are seen.`)
        : done(
            'The exercise runs',
            `The plan of ${id} runs as in earnest. Every message is marked and stands only where exercises may be seen. To end it: `,
            { code: `/comms exercise ${id}` },
            '.',
          ),
    );
  },
});

export const exerciseDoings = [run];
