import { describe, expect, test } from 'vitest';
import { answeredOnce } from '../../../adapters/slack/once.ts';

describe('a request', () => {
  const counting = () => {
    let made = 0;
    return async () => {
      made += 1;
      return { status: 200, body: { made } };
    };
  };

  test('that comes again while it is being answered waits for the same answer', async () => {
    const once = answeredOnce();
    const make = counting();
    const both = await Promise.all([once('k', make), once('k', make)]);
    expect(both).toEqual([
      { status: 200, body: { made: 1 } },
      { status: 200, body: { made: 1 } },
    ]);
  });

  test('is forgotten after ten minutes, and when two thousand others have come', async () => {
    let now = 0;
    const once = answeredOnce(() => now);
    const make = counting();
    await once('k', make);
    now = 10 * 60_000;
    await once('other', make);
    expect(await once('k', make)).toMatchObject({ body: { made: 3 } });
    for (let at = 0; at < 2000; at += 1) await once(`k${at}`, make);
    expect(await once('k', make)).toMatchObject({ body: { made: 2004 } });
  });

  test('whose answer says so, or that failed, is done anew', async () => {
    const once = answeredOnce();
    const make = counting();
    await once('k', async () => ({ status: 503, again: true }));
    await expect(
      once('k', async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await once('k', make)).toMatchObject({ body: { made: 1 } });
  });
});
