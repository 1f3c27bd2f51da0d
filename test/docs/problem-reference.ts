/** How a problem lives, for people: its stages and where each can go, as the code has them. */
import { CLOSURES, SOURCES } from '../../src/problems/record.ts';
import { TRANSITIONS } from '../../src/problems/stage.ts';

const plain = (word: string): string => word.replaceAll('-', ' ');
const words = (all: readonly string[]): string => all.map(plain).join(', ');

/** What takes a problem into each stage, besides its owner's and the managers' hand. */
const REACHED: Readonly<Record<keyof typeof TRANSITIONS, string>> = {
  recorded: '`/problem new`',
  classified: 'its owner, problem support or a problem manager gives it a category (`/problem new`, `/problem edit`)',
  investigated: 'the analysis begins: `/problem analyse`, `suspect`, `branch`',
  'root-cause-known': '`/problem cause`',
  'error-control': 'a known error of it is recorded: `/ker new PRB-1`',
  resolved: '`/problem resolve`',
  'implementation-review': 'a major problem is resolved, or the review of a resolved one is called: `/review schedule`',
  closed: '`/problem close`',
};

const table = (): string =>
  Object.entries(TRANSITIONS)
    .map(([stage, ways]) => `| ${plain(stage)} | ${REACHED[stage as keyof typeof TRANSITIONS]} | ${words(ways)} |`)
    .join('\n');

/** `docs/problems.md`. */
export const problemReference = (): string => `# The life of a problem

Made from the code by \`npm run docs\`; a test fails when it is out of date.

| status | it gets there when | it can go to |
|---|---|---|
${table()}

What is done takes a problem further, never back. Its owner, problem support and problem managers also move it by hand:
\`/problem edit PRB-1\`, Status. By hand it becomes classified only with a category, root cause known only with a true cause, error
control only with a known error. What ended is opened again by \`/problem reopen\`, and is then where it was. Lists name a problem
that is major as major, one that is left open on purpose as deferred.

## Who may what

| | |
|---|---|
| anybody who may know of it | raises it, adds to its analysis, reports it again |
| whoever raised it | changes what was said, links, reopens |
| its owner, problem support, problem managers | all of it but major and arbitration |
| specialists, the virtual team | name the workaround and the true cause |
| service desk, incident managers | link and unlink |
| problem managers | declare it major or normal, arbitrate |

## What is kept of it

Only a title is needed. Where it came from (${words(SOURCES)}), its priority with the reasons, the SLAs and OLAs that it touches,
documents and the permanent solution are fields of \`/problem edit\`. Phone and e-mail of whoever raised it come from
\`/bellman contact set\`, and are read by those who work on it. Incidents are counted by linking, and by those who report it again.

## Target response time

\`/bellman service-level set network critical 4h\` says how soon the work on such a problem begins after it was raised; \`any\` holds for
every category without one of its own. Owner and problem managers are warned when three quarters of it have passed, and told when
it is missed. It is met once the problem is investigated, further, or resolved. Both stand in its history.

## Left open on purpose

\`/problem defer PRB-1\` asks for the reason and the day of the next review. When that has passed its owner is reminded every day,
from the second day on the problem managers too, until it is deferred anew, moved by hand, or resolved.

## Help from others

- \`/problem escalate PRB-1 vendor\` asks for what a vendor needs to know, in the order in which it is read; nothing incomplete is kept.
  Each escalation is numbered, kept as it was, and given as a document in Markdown by a button.
- \`/problem escalate PRB-1 team @x @y\` invites a virtual team: they are told, and read the problem even while it is private.
- \`/problem escalate PRB-1 arbitration\` records what a problem manager decided about a disagreement; everybody concerned is told.

## Its end

\`/problem outcome PRB-1 RFC-1\` asks whether a linked change is backed out or kept, with the reason; the change's people are told.
\`/problem close PRB-1\` (${words(CLOSURES)}) needs the details and the category; what was solved or is lived with needs its true
cause too, and the latter its workaround. Incidents of it that are still open are told what solved it, and closed.
`;
