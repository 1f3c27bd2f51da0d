import type { World } from './world.ts';

const LIMIT_MS = 5000;

/** What to look for in a text: a piece of it, a pattern, or a test of the whole thing. */
export type Matcher<T> = string | RegExp | ((thing: T) => boolean);

/** Whether the thing, which reads as this text, is what is looked for. */
export function matches<T>(thing: T, reading: string, matcher: Matcher<T> | undefined): boolean {
  if (matcher === undefined) return true;
  if (typeof matcher === 'string') return reading.includes(matcher);
  return matcher instanceof RegExp ? matcher.test(reading) : matcher(thing);
}

/** Waits that look again after every change of the workspace, and never by the clock. */
export class Waits {
  private readonly world: World;
  private readonly pending = new Set<(error: Error) => void>();

  constructor(world: World) {
    this.world = world;
  }

  /** Resolves with what `look` finds, at once or after a change; rejects when the limit passes first. */
  until<T>(look: () => T | undefined | false, what: () => string, limitMs = LIMIT_MS): Promise<T> {
    const found = look();
    if (found !== undefined && found !== false) return Promise.resolve(found);
    return new Promise<T>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        stop();
        this.pending.delete(fail);
      };
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      const timer = setTimeout(() => fail(new Error(`Waited ${limitMs} ms in vain for ${what()}`)), limitMs);
      const stop = this.world.onChange(() => {
        try {
          const later = look();
          if (later === undefined || later === false) return;
          end();
          resolve(later);
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      });
      this.pending.add(fail);
    });
  }

  /** Ends all waits. */
  close(): void {
    for (const fail of [...this.pending]) fail(new Error('The fake Slack was closed'));
  }
}
