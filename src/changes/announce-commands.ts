/** `/rfc announce`: the communication plan of a change is begun where it is said. */
import { card, text } from '../chat/card.ts';
import { command, perhaps, privately, theRest } from '../chat/registry.ts';
import { parseSpan } from '../chat/time-words.ts';
import { plan } from '../comms/index.ts';
import { DAY, type Span } from '../core/instant.ts';
import { refuse } from '../core/refusal.ts';
import { change } from './change.ts';
import { rfc } from './raise.ts';
import { titled } from './words.ts';

/** So many announcements before the start, and so long before it, at most. */
const MOST = 10;
const LONGEST: Span = 60 * DAY;

/** `5d, 1d 1h` as spans, longest first; undefined when one is none, or there are too many or too long ones. */
function spansIn(said: string): readonly Span[] | undefined {
  const spans = said.split(/[\s,;]+/u).flatMap((word) => (word === '' ? [] : [parseSpan(word)]));
  const sound = spans.filter((span): span is Span => span !== undefined && span <= LONGEST);
  if (sound.length < spans.length || sound.length === 0 || sound.length > MOST) return undefined;
  return [...new Set(sound)].sort((a, b) => b - a);
}

const announce = command({
  name: 'rfc announce',
  help: 'Begin the communication plan of a change: announced before its start, at its start and end, or if it fails.',
  args: { rfc, before: perhaps(theRest('how long before its start, for example 5d 1d 1h')) },
  run: async (c, { rfc: record, before: said }) => {
    const before = said === undefined ? undefined : spansIn(said);
    if (said !== undefined && before === undefined) return c.refused(refuse('wrong-spans', { said, most: String(MOST) }));
    return c.change({
      record,
      part: change,
      command: { type: 'announce', place: c.at, ...(before ? { before } : {}) },
      reply: ({ events, view }) => {
        const name = titled(view.id, view.state(change));
        const { lines } = view.state(plan);
        const told = lines.filter(({ update }) => update).length;
        const look = [{ code: `/comms plan ${view.id}` }, ' shows its lines.'] as const;
        if (events.length === 0)
          return privately(card(`Announced already: ${name}`, [text('Its plan goes on as it is; ', ...look)]));
        return privately(
          card(`To be announced: ${name}`, [
            text(
              told === 0
                ? 'Its window is over, so nothing is due by itself; '
                : `${told} ${told === 1 ? 'audience is' : 'audiences are'} told beforehand. Their texts are asked for in time; `,
              ...look,
            ),
          ]),
        );
      },
    });
  },
});

export const announceDoings = [announce];
