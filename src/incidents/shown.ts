/** An incident as its cards need it. */
import type { RecordView } from '../core/ask.ts';
import { alert } from './alert.ts';
import { alertBlocks } from './alert-card.ts';
import type { Shown } from './cards.ts';
import { incident } from './incident.ts';
import { workBlocks } from './work-card.ts';

/** The incident of a view. */
export function shown(view: RecordView): Shown {
  const state = view.state(incident);
  const { raised, intake, standing, priority, problems, workaround, closed, into, merged = [], channel } = state;
  return {
    id: view.id,
    noun: 'incident',
    intake,
    standing,
    priority,
    closed,
    channel: channel?.place,
    more: [...alertBlocks(view.state(alert)), ...workBlocks(state)],
    class: view.class,
    links: [...problems, ...(into === undefined ? [] : [into]), ...merged],
    workaround,
    ...(raised ? { raised } : {}),
  };
}
