import { createHash } from 'node:crypto';
import { realNow } from '../world/clock.ts';
import { matchRoute } from './router.ts';

/** So many requests in a window. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** The state of a bucket after a request. */
export interface Bucket {
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: number;
  readonly resetAfterMs: number;
  readonly exceeded: boolean;
  readonly global: boolean;
}

const DEFAULT: Rate = { limit: 1000, windowMs: 1000 };

/** Counts requests as Discord does: by route and by the channel, guild or webhook in it, and all together. */
export class Rates {
  private readonly rules: { readonly pattern: string; readonly rate: Rate }[] = [];
  private readonly counts = new Map<string, { used: number; resetAt: number }>();
  private globalRate: Rate | undefined;

  /** Sets the rate of the routes that match; the last one set wins. */
  limit(pattern: string, rate: Rate): void {
    this.rules.unshift({ pattern, rate });
    this.counts.clear();
  }

  /** Sets the rate of all requests together. */
  limitAll(rate: Rate | undefined): void {
    this.globalRate = rate;
  }

  /** Counts a request and tells whether it is one too many. */
  count(method: string, path: string, route: string): Bucket {
    if (this.globalRate) {
      const global = this.use('global', this.globalRate, 'global');
      if (global.exceeded) return { ...global, global: true };
    }
    const rate = this.rules.find((rule) => matchRoute(rule.pattern, method, path))?.rate ?? DEFAULT;
    const major = path.split('/').slice(0, 3).join('/');
    return this.use(`${route} ${major}`, rate, createHash('sha256').update(route).digest('hex').slice(0, 32));
  }

  private use(key: string, rate: Rate, name: string): Bucket {
    const now = realNow();
    const known = this.counts.get(key);
    const count = known && known.resetAt > now ? known : { used: 0, resetAt: now + rate.windowMs };
    this.counts.set(key, count);
    const exceeded = count.used >= rate.limit;
    if (!exceeded) count.used += 1;
    return {
      name,
      limit: rate.limit,
      remaining: rate.limit - count.used,
      resetAt: count.resetAt,
      resetAfterMs: count.resetAt - now,
      exceeded,
      global: false,
    };
  }
}
