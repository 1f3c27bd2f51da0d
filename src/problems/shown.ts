/** A problem as its cards need it. */
import type { RecordView } from '../core/ask.ts';
import type { Shown } from '../incidents/index.ts';
import { problemFacts } from './details-card.ts';
import { problem } from './problem.ts';
import { stageOf } from './stage.ts';

/** The problem of a view. */
export function shown(view: RecordView): Shown {
  const { priority, raised, intake, standing, links, workaround, again, closure, ...state } = view.state(problem);
  return {
    id: view.id,
    noun: 'problem',
    intake,
    standing,
    stage: stageOf({ ...state, standing }).replaceAll('-', ' '),
    priority,
    class: view.class,
    links,
    workaround,
    again,
    closed: closure,
    more: problemFacts(view),
    ...(raised ? { raised } : {}),
  };
}
