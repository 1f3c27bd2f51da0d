import type { JsonObject } from './json.ts';
import { text } from './json.ts';

const MINUTE = 60_000;
const TIER_2 = 20;
const TIER_3 = 50;
const TIER_4 = 100;
const PER_MINUTE: Readonly<Record<string, number>> = {
  'chat.update': TIER_3,
  'chat.delete': TIER_3,
  'chat.postEphemeral': TIER_4,
  'conversations.history': TIER_3,
  'conversations.replies': TIER_3,
  'conversations.info': TIER_3,
  'conversations.join': TIER_3,
  'conversations.open': TIER_3,
  'conversations.members': TIER_4,
  'conversations.list': TIER_2,
  'conversations.create': TIER_2,
  'users.list': TIER_2,
  'users.info': TIER_4,
  'views.open': TIER_4,
  'views.push': TIER_4,
  'views.update': TIER_4,
  'views.publish': TIER_4,
};

/** Slack's own rate limits, counted over sliding windows. */
export class Rates {
  private readonly seen = new Map<string, number[]>();

  /** How many seconds this call must wait; undefined when it may go. A refused call does not count. */
  refuse(method: string, args: JsonObject, now: number): number | undefined {
    if (method === 'chat.postMessage') return this.count(`post ${text(args.channel)}`, 1, 1000, now);
    const most = PER_MINUTE[method];
    return most === undefined ? undefined : this.count(method, most, MINUTE, now);
  }

  private count(key: string, most: number, windowMs: number, now: number): number | undefined {
    const recent = (this.seen.get(key) ?? []).filter((time) => now - time < windowMs);
    this.seen.set(key, recent);
    const [first] = recent;
    if (first !== undefined && recent.length >= most) return Math.max(1, Math.ceil((first + windowMs - now) / 1000));
    recent.push(now);
    return undefined;
  }
}
