/** How the clock of a plan works, for people: its defaults as the code has them, and what can be written. */
import { spanWords } from '../../src/chat/time-words.ts';
import type { Priority } from '../../src/comms/pace.ts';
import { audienceLabel, templateLines } from '../../src/comms/template.ts';

const PRIORITIES: readonly Priority[] = ['critical', 'high', 'medium', 'low', 'planned'];

function table(): string {
  const byPriority = PRIORITIES.map((priority) => templateLines({ audiences: {} }, priority));
  const rows = (byPriority[0] ?? []).map(({ audience }, at) => {
    const cadences = byPriority.map((lines) => {
      const cadence = lines[at]?.cadence;
      return typeof cadence === 'number' ? spanWords(cadence) : 'on demand';
    });
    return `| ${[audienceLabel(audience), ...cadences].join(' | ')} |`;
  });
  return [`| audience | ${PRIORITIES.join(' | ')} |`, `|---${'|---'.repeat(PRIORITIES.length)}|`, ...rows].join('\n');
}

/** `docs/clock.md`. */
export const clockReference = (): string => `# The clock of a plan

Made from the code by \`npm run docs\`; a test fails when it is out of date.

## How often, where nobody said otherwise

By the priority of the problem or incident when it is declared major. What the organisation set for an audience
(\`/bellman audience cadence\`) is taken as it is; a plan that runs keeps what it has.

${table()}

The first update is due 30 minutes after the declaration, or at the first point of its cadence if that is earlier; the last one
within an hour. The text is asked for the smaller of 15 minutes and a third of the cadence before.

## What a cadence can be

| written | means |
|---|---|
| \`30m\`, \`2h\`, \`1d\`, \`every 30 minutes\`, \`PT30M\` | so long after the due time before |
| \`weekdays 9:00 16:00 Europe/Berlin\` | by the clock on the wall of that zone; without a zone, of yours |
| \`daily 9:00\`, \`mon,thu 10:00\`, \`mon-fri 9:00\` | the same |
| \`on change\` | within 15 minutes when the priority changes; when it is resolved or reopened like every line |
| \`once\` | one update, and the last one |
| \`on demand\` | when somebody starts it: \`/comms start PRB-1 press\` |

A time that daylight saving leaves out comes as much later as the clock jumps; of a time that comes twice, the first counts. An
update that is released early counts for its period. What was missed is not caught up: one late update, then the next point.

## Quiet hours

\`/bellman audience quiet customers 22:00-07:00 Europe/Berlin\` (\`off\` ends them). What falls into them is due at their end, and the
board says from when it was moved. They hold no release, no due time that was set by hand, and no deadline; emergency services have
none.

## Deadlines, and what must come first

\`/comms clock deadline PRB-1 press\`: **From** (declared major, or known) and **Span** (\`4h\`; for each update in turn
\`24h, 72h, 1 month\`). With both, the earlier counts. A month ends on the same day, or on the last of a shorter month. **Not before**
a time and **After line** (the audience that is told first) hold every release. Who arranges the plan sets and tightens them; only a
releaser loosens them, or sets them aside for the next update with a reason: \`/comms clock override PRB-1 press\`.

## By hand

| said | does |
|---|---|
| \`/comms clock move PRB-1 press tomorrow 9:00\` | another due time, with the reason |
| \`/comms snooze PRB-1 press 10m\` | reminders rest, a day at most; it stays due |
| \`/comms pause PRB-1 press\` | nobody is asked or reminded and nothing leaves, with the reason |
| \`/comms resume PRB-1 press\` | it goes on at the next point of its cadence |
`;
