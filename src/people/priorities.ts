/** The priority that follows from impact and urgency, where the organisation set another one than is usual (P2). Pure. */
import { accept, type Context, type Decision, type PriorityCell, requireRole } from '../core/record.ts';

export interface PriorityCommand {
  readonly type: 'set-priority';
  readonly cell: PriorityCell;
  readonly priority: string;
}

export interface PriorityEvent {
  readonly type: 'priority-set';
  readonly cell: PriorityCell;
  readonly priority: string;
}

type Matrix = Readonly<Record<PriorityCell, string>>;

/** Who may say how records are weighed. */
export const PRIORITY_ROLES = ['admin', 'incident-manager', 'problem-manager'] as const;

/** Refuses `role-needed`. What is set already changes nothing. */
export function decidePriority(matrix: Matrix, { cell, priority }: PriorityCommand, context: Context): Decision<PriorityEvent> {
  const lacking = requireRole(context, ...PRIORITY_ROLES);
  if (lacking) return lacking;
  return matrix[cell] === priority ? accept() : accept({ type: 'priority-set', cell, priority });
}
