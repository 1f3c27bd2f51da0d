/** What follows when a delivery ends otherwise than sent: the plan knows, and somebody is told (design sections 5 and 8). */
import { ORG, type Typed } from '../core/record.ts';
import type { Ending, Follow } from '../delivery/index.ts';
import { plan } from './part.ts';

interface Ended {
  readonly record: string;
  readonly place: string;
  readonly update: string | null;
}

const alarm = (about: string, detail: string): Follow => {
  const command: Typed & { alarm: string; about: string; detail: string } = {
    type: 'raise-alarm',
    alarm: 'delivery-failed',
    about,
    detail,
  };
  return { do: 'command', record: ORG, part: 'org', command };
};

/** Nothing that fails does so in silence: a stopped update is told to its plan's owner, everything else to the admins. */
export function whatFollows({ record, place, update }: Ended, ending: Ending): readonly Follow[] {
  switch (ending.is) {
    case 'sent':
    case 'unknown':
      return [];
    case 'cancelled': {
      if (update === null) return [];
      const command: Typed & { update: string; why: string } = { type: 'stopped', update, why: ending.why };
      return [{ do: 'command', record, part: plan.name, command }];
    }
    case 'failed':
      return [alarm(record, `${place} was not reached: ${ending.why}`)];
    case 'unsure':
      return [alarm(record, `${place} may or may not have been reached: ${ending.why}`)];
    case 'twins removed':
      return [alarm(record, `${ending.count} repeated at ${place} and removed`)];
    default:
      return ending satisfies never;
  }
}
