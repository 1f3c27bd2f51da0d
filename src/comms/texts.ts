/** What stands in a draft at first, for each audience: the order of facts that it needs. */
import type { Line, Phase } from './line.ts';

/** What a writer has to fill in stands between these. */
const PLACEHOLDER = /‹[^‹›]*›/u;

/** A placeholder that was left in a text, or undefined when it can be read as it is. */
export const unfilled = (text: string): string | undefined => PLACEHOLDER.exec(text)?.[0];

const FIRST: Readonly<Record<string, string>> = {
  'senior-management': `Impact: ‹what the business cannot do, for whom, since when›.
Status: we are looking into it. ‹one sentence›
Risk: ‹what could get worse, and how sure we are›.
Decision needed from you: none.`,
  'all-staff': `Effect: ‹what does not work, where, since when›.
What to do: ‹what they can use instead, or: you need do nothing›.
If somebody asks: ‹one sentence to say›.`,
  customers: `What is affected: ‹which service, for whom, since when›.
What you can do: ‹what works instead, or: you need do nothing›.
What we are doing: we are looking into it.`,
  'working-staff': `State: ‹what is affected, since when›.
Doing: ‹what, and who has it›.
Needs: ‹what is blocked, and what is needed from whom›.
Not yet verified: ‹what may be the cause›.`,
  press: `‹One statement that stands if it is quoted alone: what happened, where, since when›.
We are working on it and regret the trouble for everybody affected.
Questions: ‹name and number›.`,
  'emergency-services': `Danger: ‹danger to people, and where; or: none›.
What happened: ‹what, where, since when›.
We ask you to: ‹what›.
Call back: ‹name and number›.`,
};

const PLAIN = 'What is affected: ‹what, for whom, since when›.\nWhat we are doing: ‹one sentence›.';

const RESOLVED = `It works again since ‹time›.
What was affected: ‹what, for whom›.
So that it stays so: ‹what was done›.
Thank you for your patience.`;

const NORMAL = `This is no longer treated as a major case: ‹what works again, and for whom›.
What is left: ‹what still fails, and what to use instead; or: nothing›.
Thank you for your patience.`;

const OPENING: Readonly<Record<Phase, (line: Pick<Line, 'audience' | 'last'>) => string>> = {
  first: ({ audience }) => FIRST[audience] ?? PLAIN,
  progress: ({ audience, last }) => last?.text ?? FIRST[audience] ?? PLAIN,
  resolved: () => RESOLVED,
  normal: () => NORMAL,
};

/** What the writer finds in the form: the draft as it stands, else the last text, else the audience's template. */
export const openingText = (line: Line): string =>
  line.update?.draft?.text ?? (line.update ? OPENING[line.update.phase](line) : '');
