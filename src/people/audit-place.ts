/** The audit channel: where signed checkpoints of the journal are posted, out of reach of the database's owner (S5). */
import { accept, type Context, type Decision, requireRole } from '../core/record.ts';

export type AuditPlaceCommand = { readonly type: 'set-audit-place'; readonly place: string };
export type AuditPlaceEvent = { readonly type: 'audit-place-set'; readonly place: string };

/** Refuses `role-needed`. */
export function decideAuditPlace(command: AuditPlaceCommand, context: Context): Decision<AuditPlaceEvent> {
  return requireRole(context, 'admin') ?? accept({ type: 'audit-place-set', place: command.place });
}
