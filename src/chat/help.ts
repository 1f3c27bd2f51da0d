/** `help` for every command, and the command reference: both made from the registry's declarations. */
import type { Words } from '../core/inline.ts';
import { type Card, card, LIMITS, list, text } from './card.ts';
import { type Button, type Command, command, privately, type Registry, usage } from './registry.ts';

/** One `help` command per root: `/rfc help`, `/bellman help`. Anybody may read help. */
export function helpCommands(doings: readonly (Command | Button)[]): readonly Command[] {
  const commands = doings.filter((doing) => doing.is === 'command');
  const roots = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
  return roots.map((root) => {
    // What can be said does not change while we run, so the card is made once; the first who asks waits for it.
    let made: Card | undefined;
    return command({
      name: `${root} help`,
      help: `Show what can be said after /${root}.`,
      args: {},
      run: async () => {
        made ??= helpCard(root, commands);
        return privately(made);
      },
    });
  });
}

const line = (one: Command): Words => [
  { code: usage(one) },
  ` ${one.help}`,
  ...(one.right ? [` (${one.right.join(' or ')})`] : []),
];

function helpCard(root: string, commands: readonly Command[]): Card {
  const mine = commands.filter(({ name }) => name.startsWith(`${root} `));
  const roots = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))].filter((other) => other !== root);
  const items = mine.map(line);
  const blocks = [];
  // A list longer than one text holds goes on in the next one.
  for (let rest = items; rest.length > 0; ) {
    let fit = 1;
    while (fit < rest.length && length(rest.slice(0, fit + 1)) < LIMITS.text / 2) fit += 1;
    blocks.push(list(...rest.slice(0, fit)));
    rest = rest.slice(fit);
  }
  return card(`/${root}: what you can say`, [
    ...blocks,
    text('The same words work after ', { code: '/bellman' }, ' and after a mention of Bellman. More: ', {
      code: roots.map((other) => `/${other} help`).join(' '),
    }),
  ]);
}

const length = (items: readonly Words[]): number => JSON.stringify(items).length;

/** The command reference in Markdown. */
export function commandReference({ commands, roots }: Registry): string {
  const sections = [...roots].sort().map((root) => {
    const mine = commands.filter(({ name }) => name.split(' ')[0] === root).sort((a, b) => (a.name < b.name ? -1 : 1));
    const rows = mine.map(
      (one) => `| \`${usage(one).replaceAll('|', '\\|')}\` | ${one.help} | ${fieldsOf(one)} | ${one.right?.join(', ') ?? ''} |`,
    );
    return [`## /${root}`, '', '| said | does | asks for | needs |', '|---|---|---|---|', ...rows].join('\n');
  });
  return [
    '# Commands',
    '',
    'Made from the command registry by `npm run docs`; a test fails when it is out of date.',
    'Words in `<>` are yours, words in `[]` may be left out. The same words work after `/bellman` and after a mention of Bellman.',
    '"Needs" names roles that are always needed; what depends on the record (its owner, its releasers, its electorate) is told when it matters.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
}

const fieldsOf = ({ form }: Command): string =>
  form
    ? Object.values(form.fields)
        .map(({ label, optional }) => (optional ? `${label}*` : label))
        .join(', ')
    : '';
