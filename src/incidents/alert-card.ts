/** What people see of the alerts of an incident. */
import { type Block, facts } from '../chat/card.ts';
import { type Alerts, alertCount } from './alert.ts';

/** How often alerts fired, and whose they are; nothing where none did. */
export function alertBlocks(alerts: Alerts): readonly Block[] {
  const { count, sources } = alertCount(alerts);
  return count === 0 ? [] : [facts(['Alert fired', `${count} ${count === 1 ? 'time' : 'times'}, from ${sources.join(', ')}`])];
}
