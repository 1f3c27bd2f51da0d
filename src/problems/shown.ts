/** A problem as its cards need it. */
import type { RecordView } from '../core/ask.ts';
import type { Shown } from '../incidents/index.ts';
import { problem } from './problem.ts';

/** The problem of a view. */
export function shown(view: RecordView): Shown {
  const { priority, raised, intake, standing, links, workaround, again } = view.state(problem);
  return {
    id: view.id,
    noun: 'problem',
    intake,
    standing,
    priority,
    class: view.class,
    links,
    workaround,
    again,
    ...(raised ? { raised } : {}),
  };
}
