/** What can happen on a random day. */
import { fc } from '@fast-check/vitest';
import type { FaultKind } from '../fakes/slack/fake-slack.ts';

export const LINES = ['senior-management', 'customers', 'working-staff'] as const;
export type LineKey = (typeof LINES)[number];
/** The channels in which audiences are told. */
export const CHANNELS_OF = ['management', 'working-staff'] as const;
/** Those who may release something, and some who may not. */
export const PEOPLE_OF_THE_DAY = ['jerry', 'jamie', 'charles', 'ray', 'kate', 'linda'] as const;

export type Step =
  | { readonly do: 'write'; readonly by: string; readonly line: LineKey; readonly text: string }
  /** `old`: by a card that was shown earlier, if there is one. */
  | { readonly do: 'release'; readonly by: string; readonly line: LineKey; readonly old: boolean }
  /** Written, released by whoever may, and gone: what mostly happens. */
  | { readonly do: 'tell'; readonly by: string; readonly line: LineKey; readonly text: string }
  | { readonly do: 'undo'; readonly by: string }
  | { readonly do: 'skip'; readonly by: string; readonly line: LineKey }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'role'; readonly who: 'jamie' | 'kate'; readonly grant: boolean }
  /** `everywhere`: also in direct messages; else only where audiences are told. */
  | { readonly do: 'slack fails'; readonly kind: FaultKind; readonly times: number; readonly everywhere: boolean }
  | { readonly do: 'mail refuses'; readonly on: boolean }
  | { readonly do: 'restart' };

export type Day = readonly Step[];

const person = fc.constantFrom(...PEOPLE_OF_THE_DAY);
/** Whoever may is tried more often than others, or nothing would ever leave. */
const RELEASERS: Readonly<Record<LineKey, readonly string[]>> = {
  'senior-management': ['charles'],
  customers: ['jamie', 'kate'],
  'working-staff': ['jerry', 'ray'],
};
const line = fc.constantFrom(...LINES);
const releaser = line.chain((key) => fc.tuple(fc.constant(key), fc.oneof(fc.constantFrom(...RELEASERS[key]), person)));
const writer = fc.tuple(line, fc.constantFrom('jerry', 'jerry', 'jamie', 'linda'));
const text = fc.integer({ min: 1, max: 9999 }).map((nth) => `It fails in ${nth} branches.`);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(writer, text).map(([[key, by], words]): Step => ({ do: 'write', by, line: key, text: words })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(releaser, fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }))
      .map(([[key, by], old]): Step => ({ do: 'release', by, line: key, old })),
  },
  {
    weight: 9,
    arbitrary: line
      .chain((key) => fc.tuple(fc.constant(key), fc.constantFrom(...RELEASERS[key]), text))
      .map(([key, by, words]): Step => ({ do: 'tell', by, line: key, text: words })),
  },
  { weight: 1, arbitrary: person.map((by): Step => ({ do: 'undo', by })) },
  { weight: 1, arbitrary: releaser.map(([key, by]): Step => ({ do: 'skip', by, line: key })) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(4, 11, 11, 300, 1200, 3600, 2 * 3600, 86_400).map((seconds): Step => ({ do: 'pass', seconds })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('jamie' as const, 'kate' as const), fc.boolean())
      .map(([who, grant]): Step => ({ do: 'role', who, grant })),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom<FaultKind>(
          '429',
          '500-before',
          '500-after-accepting',
          'hang-before',
          'hang-after-accepting',
          'reset-before',
          'reset-after-accepting',
          'cut-body',
          'garbled-body',
          { error: 'is_archived' },
        ),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
      )
      .map(
        ([kind, times, where]): Step => ({
          do: 'slack fails',
          kind,
          times,
          // An archived channel is no fault of direct messages.
          everywhere: typeof kind === 'string' && where === 0,
        }),
      ),
  },
  { weight: 1, arbitrary: fc.boolean().map((on): Step => ({ do: 'mail refuses', on })) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
);

/** A day of up to twenty steps. */
export const day = (): fc.Arbitrary<Day> => fc.array(step, { minLength: 10, maxLength: 20 });
