/** The template that every plan starts from: six audiences, their cadences, and how urgent their updates are (M2, M3). */
import { HOUR, MINUTE, type Span } from '../core/instant.ts';
import type { Audience, Org } from '../core/record.ts';
import type { AudienceKey } from '../people/index.ts';
import type { Line } from './line.ts';

interface Start {
  /** As people read it. */
  readonly label: string;
  /** Absent: on demand, and not needed until somebody starts it. */
  readonly cadence?: Span;
  /** Smaller goes first when many updates wait. */
  readonly urgency: number;
}

const TEMPLATE: Readonly<Record<AudienceKey, Start>> = {
  'senior-management': { label: 'Senior management', cadence: HOUR, urgency: 3 },
  'all-staff': { label: 'All staff', cadence: 4 * HOUR, urgency: 5 },
  customers: { label: 'Customers and partners', cadence: HOUR, urgency: 2 },
  'working-staff': { label: 'Working staff', cadence: 30 * MINUTE, urgency: 4 },
  press: { label: 'Press and media', urgency: 1 },
  'emergency-services': { label: 'Emergency services and authorities', urgency: 0 },
};

const known = (audience: string): Start | undefined => (TEMPLATE as Readonly<Record<string, Start>>)[audience];

/** How people read an audience. */
export const audienceLabel = (audience: string): string => known(audience)?.label ?? audience;

/** How urgent an audience's updates are; smaller goes first. */
export const urgencyOf = (audience: string): number => known(audience)?.urgency ?? 5;

/** A plan's lines as they begin: what the organisation set for an audience, else the template. */
export const templateLines = (org: Pick<Org, 'audiences'>): readonly Line[] =>
  Object.entries(TEMPLATE).map(([audience, start]): Line => {
    const set: Audience | undefined = org.audiences[audience];
    const cadence = set?.cadence ?? start.cadence;
    return {
      audience,
      status: start.cadence === undefined ? 'not needed yet' : 'active',
      ...(cadence === undefined ? {} : { cadence }),
      ...(set?.author === undefined ? {} : { author: set.author }),
      ...(set === undefined || set.releasers.length === 0 ? {} : { releasers: set.releasers }),
      approvals: 1,
      places: set?.places ?? [],
      released: 0,
      told: false,
    };
  });
