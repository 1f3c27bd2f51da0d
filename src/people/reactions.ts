/** What follows from changes of the organisation: the other admins are told; identities are joined where they are stored. */
import type { Card } from '../chat/card.ts';
import type { Ask, EventOf, Reaction } from '../core/ask.ts';
import { tell, when } from '../core/ask.ts';
import { BELLMAN, type Context, holdersOf } from '../core/record.ts';
import { emptyListCard } from './audience-cards.ts';
import {
  activatedCard,
  alarmCard,
  boardChangedCard,
  deactivatedCard,
  grantedCard,
  identityJoinedNotice,
  revokedCard,
  settingWords,
  setupCard,
} from './cards.ts';
import { personDetails } from './details-store.ts';
import type { OrgEvent } from './org.ts';
import { org } from './org.ts';
import { otherAdmins } from './roles.ts';
import { missingIn } from './setup.ts';

const tellAdmins = (context: Context, content: Card): readonly Ask[] => tell(otherAdmins(context), content);

const boardEvent = <T extends 'board-created' | 'member-added' | 'member-removed' | 'board-set'>(
  on: T,
  words: (event: EventOf<OrgEvent, T>) => Parameters<typeof boardChangedCard>[1],
): Reaction =>
  when<OrgEvent, T>(org.name, on, (event, _view, context) =>
    tellAdmins(context, boardChangedCard((event as { board: string }).board, words(event), context.actor.person)),
  );

export const reactions: readonly Reaction[] = [
  when<OrgEvent, 'granted'>(org.name, 'granted', (event, _view, context) => [
    ...tellAdmins(context, grantedCard(event.person, event.role, context.actor.person)),
    // The first admins come from the environment; they see at once what is still to do.
    ...(context.actor.person === BELLMAN && event.role === 'admin'
      ? tell([event.person], setupCard(missingIn(context.org)))
      : []),
  ]),
  when<OrgEvent, 'revoked'>(org.name, 'revoked', (event, _view, context) =>
    tellAdmins(context, revokedCard(event.person, event.role, context.actor.person)),
  ),
  when<OrgEvent, 'details-set'>(org.name, 'details-set', ({ person, words }) => [
    { ask: 'project', into: personDetails.name, row: { id: person, ...words } },
  ]),
  when<OrgEvent, 'list-set'>(org.name, 'list-set', ({ audience, list }, _view, context) =>
    list.version > 0 && list.count === 0 ? tell(holdersOf(context.org, 'admin', 'communications'), emptyListCard(audience)) : [],
  ),
  when<OrgEvent, 'deactivated'>(org.name, 'deactivated', (event, _view, context) =>
    tellAdmins(context, deactivatedCard(event.person)),
  ),
  when<OrgEvent, 'activated'>(org.name, 'activated', (event, _view, context) => tellAdmins(context, activatedCard(event.person))),
  boardEvent('board-created', ({ place }) => ['It was created and meets in ', { place }, '.']),
  boardEvent('member-added', ({ person }) => [{ person }, ' is a member now.']),
  boardEvent('member-removed', ({ person }) => [{ person }, ' is no longer a member.']),
  boardEvent('board-set', (event) => settingWords(event)),
  when<OrgEvent, 'identity-joined'>(org.name, 'identity-joined', (event, _view, context) => [
    { ask: 'join', platform: event.platform, user: event.words.user, person: event.person },
    ...tellAdmins(context, identityJoinedNotice(event.person, event.platform, event.before)),
  ]),
  when<OrgEvent, 'alarm-raised'>(org.name, 'alarm-raised', (event, _view, context) =>
    tellAdmins(context, alarmCard(event.alarm, event.about, event.words.detail)),
  ),
];
