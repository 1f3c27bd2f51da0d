import { later } from './clock.ts';

/** Lets tests wait for a state without sleeping: every change of the state looks again. */
export class Waiting {
  private readonly looks = new Set<() => void>();
  private readonly endings = new Set<() => void>();

  /** Tells all who wait that something changed. */
  changed(): void {
    for (const look of [...this.looks]) look();
  }

  /** Resolves with what `look` finds, as soon as it finds something; rejects after the limit with a message of what was missed. */
  until<T>(look: () => T | undefined, limitMs: number, missed: () => string): Promise<T> {
    // Made here so that its stack names the test that waits, not the timer.
    const failure = new Error();
    return new Promise((resolve, reject) => {
      const end = (message: string) => {
        stop();
        failure.message = message;
        reject(failure);
      };
      const again = () => {
        try {
          const found = look();
          if (found === undefined) return;
          stop();
          resolve(found);
        } catch (error) {
          stop();
          reject(error);
        }
      };
      const ending = () => end(`The fake Discord was closed while waiting for ${missed()}`);
      const callOff = later(limitMs, () => end(`Waited ${limitMs} ms for ${missed()}`));
      const stop = () => {
        callOff();
        this.looks.delete(again);
        this.endings.delete(ending);
      };
      this.looks.add(again);
      this.endings.add(ending);
      again();
    });
  }

  /** Ends all waiting with an error. */
  close(): void {
    for (const end of [...this.endings]) end();
  }
}
