/** What a template may hold, for those who write one. */
import { defaultTemplate } from '../../src/comms/default-templates.ts';
import { LONGEST_TEMPLATE, rendered } from '../../src/comms/template-engine.ts';
import { TEMPLATE_KINDS, TEMPLATE_PHASES, type TemplatePhase } from '../../src/comms/template-name.ts';
import { sample } from '../../src/comms/template-samples.ts';
import { BUILT_IN, type Documented, FILTERS, TAGS, VARIABLES } from '../../src/comms/template-variables.ts';

const PHASES: Readonly<Record<TemplatePhase, string>> = {
  first: 'the first update of a record',
  progress: 'while it lasts',
  workaround: 'while it lasts and the situation sheet has a workaround',
  moved: 'of a change: its time moved',
  resolved: 'the last update, because it is resolved; of a change: because the work is complete',
  normal: 'the last update, because it is no longer major; of a change: because it is called off',
  failed: 'of a change: it did not succeed',
  correction: 'what an earlier update said is not so',
  retraction: 'an earlier update is taken back',
  holding: 'the next update is late',
};

const cell = (words: string): string => words.replaceAll('|', '\\|');
const table = (title: string, rows: readonly Documented[], code = true): string =>
  [
    `| ${title} | means | for example |`,
    '|---|---|---|',
    ...rows.map(
      ({ name, meaning, example }) =>
        `| \`${cell(name)}\` | ${cell(meaning)} | ${code ? `\`${cell(example)}\`` : cell(example)} |`,
    ),
  ].join('\n');

/** The whole page, in Markdown. */
export function templateReference(): string {
  const source = defaultTemplate({ audience: 'customers', kind: 'problem', phase: 'workaround' });
  const said = rendered(source, { ...sample, phase: 'workaround' });
  return `# Templates

Made from the code by \`npm run docs\`; a test fails when it is out of date.

Every update begins with a text that is made from the situation sheet of its record (\`/comms facts PRB-1\`) by a template. There is
one for each audience, each kind of record (${TEMPLATE_KINDS.join(', ')}) and each phase. All come with Bellman; your own are kept in
versions, and every version can be had again.

- In chat: \`/comms template list\`, \`show\`, \`edit\`, \`history\`, \`restore\`, and \`preview PRB-1 customers\` with a real record.
- As files: \`npm run bellman -- templates export <folder>\` and \`templates import <folder>\`, one file for each template:
  \`customers/problem/first.liquid\`. An import checks all files, and changes nothing when one is wrong.

## Phases

| phase | when |
|---|---|
${TEMPLATE_PHASES.map((phase) => `| \`${phase}\` | ${PHASES[phase]} |`).join('\n')}

## The language

Templates are written in [Liquid](https://shopify.github.io/liquid/). They read nothing from outside, and have an end: at most
${LONGEST_TEMPLATE.toLocaleString('en')} characters, a second, and a text of ${LONGEST_TEMPLATE.toLocaleString('en')} characters. What is wrong is refused with its line and column.
As of when an update is true, and when the next one comes, stands on every update by itself: a template need not say it.

Tags: ${TAGS.map((tag) => `\`${tag}\``).join(', ')}.
Filters of Liquid: ${BUILT_IN.map((filter) => `\`${filter}\``).join(', ')}.

## Variables

A variable that has no value is empty; one that is not in this list is refused. Times are shown in the zone of the audience
(\`/bellman audience settings\`), with the day when it is not today.

${table('variable', VARIABLES, false)}

## Filters of Bellman

${table('filter', FILTERS)}

## What may not leave

Whoever releases a text reads on its card what of it may not leave: words of your list (\`/bellman words add|remove|list\`), names of
people who have to do with the record, numbers of configuration items (CI-7), and facts that are guarded more than the line. These
are warnings. A word that is forbidden (\`/bellman words add "Project Falcon" forbidden\`) stops the release. Working staff read names,
numbers and words; what is forbidden they do not.

## An example

The text of \`customers/problem/workaround\`, as it comes with Bellman:

\`\`\`liquid
${source}
\`\`\`

makes of a full situation sheet:

\`\`\`text
${typeof said === 'string' ? said : said.why}
\`\`\`
`;
}
