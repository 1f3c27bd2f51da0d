/** A chat platform in memory: a small implementation of the port that keeps what was said, and has the faults that tests order. */

import type { Card } from '../../src/chat/card.ts';
import {
  type ChatPlatform,
  type Mechanism,
  type MethodClass,
  type Place,
  PlatformError,
  type Post,
  type Posted,
} from '../../src/chat/port.ts';

export interface Message {
  readonly externalId: string;
  readonly place: Place;
  readonly delivery: string;
  card: Card;
  readonly at: number;
  edits: number;
}

/** What happens to one call instead of success. `lost`: done, but the answer is lost. */
export type Fault =
  | { readonly is: 'lost' }
  | { readonly is: 'unknown' }
  | { readonly is: 'refused' }
  | { readonly is: 'limited'; readonly after: number }
  | { readonly is: 'hang' };

export class MemoryPlatform implements ChatPlatform {
  readonly platform: string;
  readonly canLook = true;
  readonly sectionsAtOnce = 3;
  readonly messages: Message[] = [];
  readonly calls: { readonly method: MethodClass; readonly place: Place; readonly at: number }[] = [];
  readonly faults: Record<MethodClass, Fault[]> = { post: [], edit: [], look: [] };
  perSecond: Record<MethodClass, number> = {
    post: Number.POSITIVE_INFINITY,
    edit: Number.POSITIVE_INFINITY,
    look: Number.POSITIVE_INFINITY,
  };
  /** Holds every post until it resolves. */
  gate: Promise<void> = Promise.resolve();
  /** Posts under way, and the most there ever were in one place. */
  underWay = new Map<Place, number>();
  mostAtOnceInAPlace = 0;
  private next = 1;

  constructor(platform = 'memory') {
    this.platform = platform;
  }

  rate(method: MethodClass, place: Place) {
    const key = `${this.platform}/${method}${method === 'post' ? `/${place}` : ''}`;
    return { key, perSecond: this.perSecond[method], burst: 1 };
  }

  async post(place: Place, post: Post): Promise<Posted> {
    this.calls.push({ method: 'post', place, at: Date.now() });
    const now = (this.underWay.get(place) ?? 0) + 1;
    this.underWay.set(place, now);
    this.mostAtOnceInAPlace = Math.max(this.mostAtOnceInAPlace, now);
    try {
      await this.gate;
      await new Promise(setImmediate);
      const fault = this.faults.post.shift();
      if (fault && fault.is !== 'lost') return await failing(fault);
      const posted = this.arrive(place, post);
      if (fault) throw new PlatformError('unknown', 'The connection was reset');
      return posted;
    } finally {
      this.underWay.set(place, now - 1);
    }
  }

  /** A message arrives, perhaps late. */
  arrive(place: Place, post: Pick<Post, 'delivery' | 'card'>): Posted {
    const externalId = String(this.next++);
    this.messages.push({ externalId, place, delivery: post.delivery, card: post.card, at: Date.now(), edits: 0 });
    return { externalId };
  }

  async edit(place: Place, externalId: string, post: Post): Promise<void> {
    this.calls.push({ method: 'edit', place, at: Date.now() });
    const fault = this.faults.edit.shift();
    if (fault) return failing(fault);
    const message = this.messages.find((one) => one.externalId === externalId);
    if (!message) throw new PlatformError('refused', 'No such message');
    message.card = post.card;
    message.edits += 1;
  }

  async find(place: Place, delivery: string): Promise<readonly Posted[]> {
    this.calls.push({ method: 'look', place, at: Date.now() });
    const fault = this.faults.look.shift();
    if (fault) return failing(fault);
    return this.messages.filter((one) => one.place === place && one.delivery === delivery);
  }

  async remove(_place: Place, externalId: string): Promise<void> {
    const at = this.messages.findIndex((one) => one.externalId === externalId);
    if (at >= 0) this.messages.splice(at, 1);
  }

  async written(): Promise<undefined> {
    return undefined;
  }
  async permalink(place: Place, externalId: string): Promise<string> {
    return `https://memory.example/${place}/${externalId}`;
  }

  titles(place?: Place): readonly string[] {
    return this.messages.filter((one) => place === undefined || one.place === place).map(({ card }) => card.title);
  }

  async group(): Promise<undefined> {
    return undefined;
  }
  async members(): Promise<readonly Place[]> {
    return [];
  }
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async openForm(): Promise<void> {}
  async replyPrivately(): Promise<void> {}
  async openDirect(user: string): Promise<Place> {
    return `${this.platform}/person/${user}`;
  }
  async lacks(): Promise<readonly string[]> {
    return [];
  }

  async checkPlace(): Promise<undefined> {
    return undefined;
  }
  async describe(): Promise<undefined> {
    return undefined;
  }
  async createChannel(name: string): Promise<Place> {
    return `${this.platform}/channel/${name}`;
  }
  async channel(): Promise<undefined> {
    return undefined;
  }
}

/** A way out on which nobody can look whether something arrived. */
export class BlindMechanism implements Mechanism {
  readonly platform = 'blind';
  readonly canLook = false;
  readonly posts: Post[] = [];
  readonly faults: Fault[] = [];

  rate() {
    return { key: 'blind', perSecond: Number.POSITIVE_INFINITY, burst: 1 };
  }

  async post(_place: Place, post: Post): Promise<Posted> {
    const fault = this.faults.shift();
    if (fault && fault.is !== 'lost') return failing(fault);
    this.posts.push(post);
    if (fault) throw new PlatformError('unknown', 'The connection was reset');
    return { externalId: String(this.posts.length) };
  }
}

async function failing(fault: Fault): Promise<never> {
  switch (fault.is) {
    case 'limited':
      throw new PlatformError('limited', 'Too many', fault.after);
    case 'refused':
      throw new PlatformError('refused', 'The channel is archived');
    case 'hang':
      return new Promise(() => {});
    case 'lost':
    case 'unknown':
      throw new PlatformError('unknown', 'The connection was reset');
    default:
      return fault satisfies never;
  }
}
