/** Whom and what the console offers at first: the bank of the sample story. */
import type { ConsolePerson } from './store.ts';

export const SAMPLE_PEOPLE: readonly ConsolePerson[] = [
  { handle: 'admin', name: 'Admin', title: 'Sets Bellman up' },
  { handle: 'charles', name: 'Charles', title: 'CIO' },
  { handle: 'kevin', name: 'Kevin', title: 'Security Manager' },
  { handle: 'neil', name: 'Neil', title: 'IT Manager' },
  { handle: 'kate', name: 'Kate', title: 'Customer service' },
  { handle: 'jerry', name: 'Jerry', title: 'Problem management' },
  { handle: 'janet', name: 'Janet', title: 'CEO' },
  { handle: 'ray', name: 'Ray', title: 'Infrastructure Manager' },
  { handle: 'linda', name: 'Linda', title: 'Development Manager' },
  { handle: 'jamie', name: 'Jamie', title: 'Operations Manager' },
];

export const SAMPLE_CHANNELS: readonly string[] = [
  'general',
  'cab',
  'ecab',
  'management',
  'staff',
  'customers',
  'working-staff',
  'press',
  'emergency-services',
];
