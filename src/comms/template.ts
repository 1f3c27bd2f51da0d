/** The template that every plan starts from: six audiences, their cadences, and how urgent their updates are (M2, M3). */
import { capital } from '../chat/card.ts';
import type { Cadence } from '../core/cadence.ts';
import { HOUR, MINUTE } from '../core/instant.ts';
import type { Audience, Org } from '../core/record.ts';
import { type AudienceKey, audiencesOf, startPlaces } from '../people/index.ts';
import type { Line } from './line.ts';
import { type Priority, paced } from './pace.ts';

interface Start {
  /** As people read it. */
  readonly label: string;
  /** Absent: on demand, and not needed until somebody starts it. */
  readonly cadence?: Cadence;
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

/** For audiences of which nobody said how urgent they are. */
const ORDINARY = 5;

const known = (audience: string): Start | undefined => (TEMPLATE as Readonly<Record<string, Start>>)[audience];

/** How people read an audience; `lines` are those of the plan that it is about, which remember what their audience was called. */
export const audienceLabel = (audience: string, lines: readonly Pick<Line, 'audience' | 'label'>[] = []): string =>
  lines.find((line) => line.audience === audience)?.label ?? known(audience)?.label ?? capital(audience.replaceAll('-', ' '));

/** How urgent a line's updates are; smaller goes first. */
export const urgencyOf = ({ audience, urgency }: Pick<Line, 'audience' | 'urgency'>): number =>
  urgency ?? known(audience)?.urgency ?? ORDINARY;

const startsAtOnce = (cadence: Cadence | undefined): boolean =>
  cadence !== undefined && (typeof cadence === 'number' || cadence.rule !== 'on demand');

/** An audience of the organisation's own: what it set, and on demand where it set no cadence. */
const own = ({ key, label = key, cadence, urgency = ORDINARY }: Audience): Start => ({
  label,
  urgency,
  ...(cadence === undefined ? {} : { cadence }),
});

/**
 * A plan's lines as they begin: what the organisation set for an audience, else the template at the pace of the record's priority;
 * its own audiences after the six.
 */
export const templateLines = (org: Pick<Org, 'audiences'>, priority?: Priority): readonly Line[] =>
  audiencesOf(org).map((audience): Line => {
    const set: Audience = org.audiences[audience] ?? { key: audience, places: [], releasers: [] };
    const start = known(audience) ?? own(set);
    const cadence = set.cadence ?? (typeof start.cadence === 'number' ? paced(start.cadence, priority) : start.cadence);
    return {
      audience,
      status: startsAtOnce(start.cadence) ? 'active' : 'not needed yet',
      ...(set.label === undefined ? {} : { label: set.label }),
      ...(set.urgency === undefined ? {} : { urgency: set.urgency }),
      ...(set.class === undefined ? {} : { class: set.class }),
      ...(cadence === undefined ? {} : { cadence }),
      ...(set.quiet === undefined ? {} : { quiet: set.quiet }),
      ...(set.author === undefined ? {} : { author: set.author }),
      ...(set.releasers.length === 0 ? {} : { releasers: set.releasers }),
      approvals: 1,
      places: startPlaces(set),
      released: 0,
      told: false,
    };
  });
