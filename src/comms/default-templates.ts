/** The text that each update begins with as long as an organisation wrote none of its own. */
import { allStaff } from './defaults/all-staff.ts';
import { customers } from './defaults/customers.ts';
import { emergencyServices } from './defaults/emergency-services.ts';
import { plain } from './defaults/plain.ts';
import { press } from './defaults/press.ts';
import { seniorManagement } from './defaults/senior-management.ts';
import { type Texts, textFor } from './defaults/shared.ts';
import { workingStaff } from './defaults/working-staff.ts';
import type { TemplateFor } from './template-name.ts';

const DEFAULTS: Readonly<Record<string, Texts>> = {
  'senior-management': seniorManagement,
  'all-staff': allStaff,
  customers,
  'working-staff': workingStaff,
  press,
  'emergency-services': emergencyServices,
};

/** Ours, in LiquidJS; every audience, kind and phase has one. */
export function defaultTemplate({ audience, kind, phase }: TemplateFor): string {
  return textFor(DEFAULTS[audience] ?? plain, kind, phase);
}
