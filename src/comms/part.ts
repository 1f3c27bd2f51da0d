/** The part `plan` of a problem or an incident. */
import type { Part } from '../core/record.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { noPlan, type Plan } from './plan.ts';
import type { PlanCommand } from './plan-command.ts';
import type { PlanEvent } from './plan-event.ts';
import { readersOf } from './readers.ts';

/** Commands by which an update may leave: it takes its number then. */
const TAKING: readonly PlanCommand['type'][] = ['release', 'leave', 'hold'];

export const plan: Part<Plan, PlanCommand, PlanEvent> = {
  name: 'plan',
  initial: noPlan,
  decide,
  evolve,
  needs: ({ type }) => (TAKING.includes(type) ? ['UPD'] : []),
  people: readersOf,
};
