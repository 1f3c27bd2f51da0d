/** What follows when an RFC may be known further, or less far: its own people hear it, and a ballot leaves a channel that may not have it. */
import { liveName } from '../chat/live.ts';
import { type Reaction, tell, when } from '../core/ask.ts';
import type { Classified } from '../core/classify.ts';
import { maySayAt } from '../core/reading.ts';
import { LIVE } from './asks.ts';
import { ballot } from './ballot.ts';
import { ballotCard } from './ballot-card.ts';
import { change } from './change.ts';
import { classifiedCard } from './notice-cards.ts';
import { present } from './round.ts';

export const classReactions: readonly Reaction[] = [
  when<Classified, 'classified'>(change.name, 'classified', (event, view, { org }) => {
    const { requester, fields } = view.state(change);
    const open = present(view.state(ballot));
    const moved = open && !open.end && maySayAt(event.before, open.place, org) && !maySayAt(event.class, open.place, org);
    const people = [requester, fields.owner].filter((person) => person !== event.by);
    return [
      ...tell(people, classifiedCard(view, event.by)),
      ...(moved
        ? tell(open.electorate, ballotCard(view, open.number), { live: liveName(LIVE.ballot, String(open.number)) })
        : []),
    ];
  }),
];
