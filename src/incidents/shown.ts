/** An incident as its cards need it. */
import type { RecordView } from '../core/ask.ts';
import type { Shown } from './cards.ts';
import { incident } from './incident.ts';

/** The incident of a view. */
export function shown(view: RecordView): Shown {
  const { raised, intake, standing, problems, workaround } = view.state(incident);
  return { id: view.id, noun: 'incident', intake, standing, class: view.class, links: problems, workaround, ...(raised ? { raised } : {}) };
}
