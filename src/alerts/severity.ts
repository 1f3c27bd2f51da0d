/**
 * How bad an alert is, as impact and urgency; the priority follows from them as everywhere (P2).
 *
 *   what the source says                                                  impact   urgency
 *   critical, emergency, fatal, disaster, page, p1, sev1                  high     high
 *   high, error, major, p2, sev2                                          high     medium
 *   warning, warn, medium, moderate, minor, average, p3, sev3             medium   medium
 *   low, notice, p4, sev4                                                 low      medium
 *   info, information, informational, debug, none, p5, sev5               low      low
 *   anything else, or nothing                                             medium   medium
 */
import type { Intake } from '../incidents/index.ts';

type Weight = Pick<Intake, 'impact' | 'urgency'>;

const ROWS: readonly (readonly [words: readonly string[], weight: Weight])[] = [
  [['critical', 'emergency', 'fatal', 'disaster', 'page', 'p1', 'sev1'], { impact: 'high', urgency: 'high' }],
  [['high', 'error', 'major', 'p2', 'sev2'], { impact: 'high', urgency: 'medium' }],
  [['warning', 'warn', 'medium', 'moderate', 'minor', 'average', 'p3', 'sev3'], { impact: 'medium', urgency: 'medium' }],
  [['low', 'notice', 'p4', 'sev4'], { impact: 'low', urgency: 'medium' }],
  [['info', 'information', 'informational', 'debug', 'none', 'p5', 'sev5'], { impact: 'low', urgency: 'low' }],
];
const UNKNOWN: Weight = { impact: 'medium', urgency: 'medium' };

/** The weight of a severity in the source's own word; case, blanks and hyphens do not count. */
export function weightOf(severity: string): Weight {
  const said = severity.toLowerCase().replaceAll(/[\s_-]+/gu, '');
  return ROWS.find(([words]) => words.includes(said))?.[1] ?? UNKNOWN;
}
