import type { Answer } from './door.ts';
import type { JsonObject } from './json.ts';
import { object, text } from './json.ts';
import { LIMITS } from './limits.ts';
import type { FakeMessage } from './messages.ts';
import type { Stores } from './methods/call.ts';
import { checkedBlocks } from './methods/chat.ts';
import { SlackError } from './world.ts';

/** Where the answer to an interaction belongs. */
export type HookPlace = { readonly user: string; readonly channel: string; readonly original?: FakeMessage };

/** One post to a response_url. */
export type HookPost = { readonly user: string; readonly channel: string; readonly body: JsonObject; readonly time: number };

/** The response_urls that were handed out: five posts each, within half an hour. */
export class Hooks {
  readonly posts: HookPost[] = [];
  private readonly stores: Stores;
  private readonly open = new Map<string, { place: HookPlace; at: number; uses: number }>();

  constructor(stores: Stores) {
    this.stores = stores;
  }

  /** A new address, as its last part. */
  create(place: HookPlace): string {
    const id = this.stores.world.id('H');
    this.open.set(id, { place, at: this.stores.world.now(), uses: 0 });
    return id;
  }

  /** Takes a post to an address. */
  take(id: string, body: JsonObject): Answer {
    const { world } = this.stores;
    const hook = this.open.get(id);
    const gone = (error: string): Answer => ({ status: 404, body: { ok: false, error }, outcome: error });
    if (hook === undefined) return gone('invalid_url');
    if (world.now() - hook.at > LIMITS.responseUrlMs) return gone('expired_url');
    if (hook.uses >= LIMITS.responseUrlUses) return gone('used_url');
    try {
      this.say(hook.place, body);
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { status: 400, body: error.code, outcome: error.code };
    }
    hook.uses += 1;
    this.posts.push({ user: hook.place.user, channel: hook.place.channel, body, time: world.now() });
    world.changed();
    return { status: 200, body: 'ok', outcome: 'ok' };
  }

  /** Shows an answer: to the person alone, in the channel, or in the place of the message that it answers. */
  say(place: HookPlace, body: JsonObject): FakeMessage | undefined {
    const { messages, world } = this.stores;
    const original = place.original === undefined ? undefined : messages.find(place.channel, place.original.ts);
    if (body.delete_original === true && original !== undefined) return messages.change(original, { deleted: true });
    const blocks = checkedBlocks(body.blocks, this.stores);
    const said = text(body.text);
    if (said === '' && blocks === undefined && body.attachments === undefined) throw new SlackError('no_text');
    if (body.replace_original === true && original !== undefined)
      return messages.change(original, { text: said, blocks: blocks ?? [], edits: original.edits + 1 });
    const open = body.response_type === 'in_channel';
    const thread = text(body.thread_ts);
    return messages.add({
      channel: place.channel,
      user: world.bot.userId,
      bot_id: world.bot.botId,
      text: said,
      blocks: blocks ?? [],
      ...(body.metadata === undefined ? {} : { metadata: object(body.metadata) }),
      ...(thread === '' ? {} : { thread_ts: thread }),
      ...(open ? {} : { onlyFor: place.user }),
    });
  }
}
