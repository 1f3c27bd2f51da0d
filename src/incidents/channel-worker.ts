/** Makes the channels that incidents want, outside of any transaction; a repeat finds what was made by its name. */
import { type ChatPlatform, type Names, PlatformError } from '../chat/port.ts';
import { BELLMAN, ORG, type PersonId } from '../core/record.ts';
import type { Transact } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import { type OrgCommand, org } from '../people/index.ts';
import type { ChannelCommand } from './channel.ts';
import { channelDone, channelLater, dueChannels, type WantedChannel } from './channel-store.ts';
import { incident } from './incident.ts';

export interface ChannelParts {
  readonly db: Pick<Database, 'sql'>;
  readonly transact: Transact;
  readonly platforms: ReadonlyMap<string, ChatPlatform>;
  /** Who people are on a platform. */
  readonly names: (platform: string, people: readonly PersonId[]) => Promise<Names>;
}

/** A platform that does not answer is tried again after 5 s, 10 s, ... at most 5 minutes. */
const FIRST_WAIT_S = 5;
const LONGEST_WAIT_S = 300;

/** Makes what is due. What a platform refuses for good is told to the incident; anything else is tried again. */
export async function openChannels(parts: ChannelParts): Promise<void> {
  for (const wanted of await dueChannels(parts.db)) {
    const outcome = await made(parts, wanted);
    if (outcome === undefined) {
      await channelLater(parts.db, wanted.recordId, Math.min(FIRST_WAIT_S * 2 ** Math.min(wanted.tries, 10), LONGEST_WAIT_S));
      continue;
    }
    // Before anything is said there: a place that is for its members only may hear of what is private.
    if (outcome.type === 'channel-made' && wanted.guarded) {
      const command: OrgCommand = { type: 'set-place-class', place: outcome.place, class: 'private' };
      await parts.transact([{ record: ORG, part: org.name, command, by: BELLMAN }]);
    }
    await parts.transact([{ record: wanted.recordId, part: incident.name, command: outcome, by: BELLMAN }]);
    await channelDone(parts.db, wanted.recordId, wanted.asked);
  }
}

/** What the incident is told; undefined: it is not known yet. */
async function made({ platforms, names }: ChannelParts, wanted: WantedChannel): Promise<ChannelCommand | undefined> {
  const { platform, name, guarded, people } = wanted;
  const chat = platforms.get(platform);
  if (!chat) return { type: 'channel-failed', why: `nothing is connected for ${platform}` };
  const known = await names(platform, people);
  const users = people.flatMap((person) => known(person).user ?? []);
  try {
    return { type: 'channel-made', place: await chat.createChannel(name, { private: guarded, people: users }) };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return error.outcome === 'refused' ? { type: 'channel-failed', why: error.message } : undefined;
  }
}
