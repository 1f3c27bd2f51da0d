/** What a problem's card says besides what it says of incidents too (P1, P2, P11 to P14). */
import { type Block, facts, shortened, text, type Words } from '../chat/card.ts';
import { spanWords } from '../chat/time-words.ts';
import type { RecordView } from '../core/ask.ts';
import { someOf } from '../core/inline.ts';
import { analysis } from './analysis.ts';
import { escalation } from './escalation.ts';
import { problem } from './problem.ts';
import { type Judgement, noDetails } from './record.ts';
import { type Target, target } from './target.ts';

/** Longer texts are shown up to here; the form has the whole. */
const TEXT = 100;
const CAUSE = 300;
const JUDGED = 2;
const TEAM = 5;

type Fact = readonly [label: string, ...value: Words];

/** The target response time, and what became of it. */
function targetFact({ due, span, begun, breached }: Target): readonly Fact[] {
  if (due === undefined || span === undefined) return [];
  const late = breached !== undefined || (begun !== undefined && begun > due);
  const became: Words =
    begun === undefined ? (late ? ['; missed'] : []) : [late ? '; missed, begun ' : '; met ', { time: begun }];
  return [['Target response', `${spanWords(span)}: by `, { time: due }, ...became]];
}

const judgedWords = (judged: readonly Judgement[]): string =>
  judged
    .slice(-JUDGED)
    .map(({ rfc, outcome, reason }) => `${rfc} ${outcome === 'keep' ? 'is kept' : 'is backed out'}: ${shortened(reason, 60)}`)
    .join('; ');

const said = (label: string, words: string): readonly Fact[] => (words === '' ? [] : [[label, shortened(words, TEXT)]]);

/** Facts, at most ten, that only problems have, and the true cause; no block where there are none. */
export function problemFacts(view: RecordView): readonly Block[] {
  const { details = noDetails, deferred, judged = [] } = view.state(problem);
  const { team, sent } = view.state(escalation);
  const known: readonly Fact[] = [
    ...targetFact(view.state(target)),
    ...(deferred ? [['Left open until', { time: deferred.review }, `: ${shortened(deferred.reason, TEXT)}`] as const] : []),
    ...said('Source', details.source?.replaceAll('-', ' ') ?? ''),
    ...said('Reasons for its priority', details.reasons),
    ...said('Affected SLAs and OLAs', details.agreements),
    ...said('Permanent solution', details.solution),
    ...said('Documents', details.documents),
    ...said('Changes', judgedWords(judged)),
    ...(team.length > 0
      ? [
          [
            'Virtual team',
            ...someOf(
              team.map((person) => ({ person })),
              TEAM,
              '',
            ),
          ] as const,
        ]
      : []),
    ...said('Escalated to', sent.map(({ vendor, number }) => `${vendor} (${number})`).join(', ')),
  ];
  const { cause } = view.state(analysis);
  return [
    ...(known.length === 0 ? [] : [facts(...known)]),
    ...(cause ? [text({ bold: 'True cause: ' }, shortened(cause.text, CAUSE))] : []),
  ];
}

/** How whoever raised it is reached, for the card. */
export const contactBlock = (ways: readonly string[]): readonly Block[] =>
  ways.length === 0 ? [] : [text({ bold: 'Raised by: ' }, ways.join(', '))];
