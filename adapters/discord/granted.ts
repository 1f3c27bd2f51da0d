/** The privileged intents that Bellman uses, by the names that Discord's developer portal gives them. */
import { type APIApplication, ApplicationFlags, type REST, Routes } from 'discord.js';

/** Without it Discord does not say who is in a server. */
export const MEMBERS_INTENT = 'Server Members Intent';
/** Without it Discord does not say what people wrote, so that no message can be kept on a timeline. */
const CONTENT_INTENT = 'Message Content Intent';

/** Discord says of a small app in another flag than of a verified one that it was granted an intent. */
const FLAGS: Readonly<Record<string, number>> = {
  [MEMBERS_INTENT]: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  [CONTENT_INTENT]: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
};

/** Those that were not granted. */
export async function notGranted(rest: REST): Promise<readonly string[]> {
  const { flags = 0 } = (await rest.get(Routes.currentApplication())) as Partial<APIApplication>;
  return Object.entries(FLAGS).flatMap(([name, flag]) => ((flags & flag) === 0 ? [name] : []));
}
