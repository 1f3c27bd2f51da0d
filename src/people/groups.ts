/** Groups of the platforms: Slack's user groups, Discord's roles, the console's. Only their platform knows who is in them. */
import { type ChatPlatform, type Place, PlatformError, placeParts } from '../chat/port.ts';
import { type Refusal, refuse } from '../core/refusal.ts';

export interface Groups {
  /** A group by its handle, mention or id; refuses `group-closed` where the platform does not say. */
  readonly group: (platform: string, said: string) => Promise<Place | Refusal | undefined>;
  /** The direct messages of everybody in it. Refuses `group-closed`. */
  readonly members: (group: Place) => Promise<readonly Place[] | Refusal>;
}

/** The groups of these platforms. */
export const groupsOn = (platforms: ReadonlyMap<string, ChatPlatform>): Groups => ({
  group: (platform, said) => told(said, async () => platforms.get(platform)?.group(said)),
  members: (group) => {
    const { platform, id } = placeParts(group);
    return told(id, async () => {
      const chat = platforms.get(platform);
      if (!chat) throw new PlatformError('refused', `nothing is connected for ${platform}`);
      return chat.members(group);
    });
  },
});

/** What a platform does not tell is a refusal with its reason, as naming a closed channel is. */
async function told<T>(group: string, asking: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await asking();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return error.outcome === 'refused'
      ? refuse('group-closed', { group, why: error.message, final: 'yes' })
      : refuse('group-closed', { group, why: 'it does not answer; try again in a minute' });
  }
}
