/** `help` for every command, and the command reference: both made from the registry's declarations. */
import type { Words } from '../core/inline.ts';
import { refuse } from '../core/refusal.ts';
import { type Card, card, LIMITS, list, text } from './card.ts';
import { aWord, type Button, type Command, command, perhaps, privately, type Registry, usage } from './registry.ts';

/** One `help` command per root: `/rfc help`, `/comms help clock`. Anybody may read help. Refuses `unknown-command`. */
export function helpCommands(doings: readonly (Command | Button)[]): readonly Command[] {
  const commands = doings.filter((doing) => doing.is === 'command');
  const roots = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
  return roots.map((root) => {
    // What can be said does not change while we run, so each card is made once; the first who asks waits for it.
    const made = new Map<string, Card>();
    return command({
      name: `${root} help`,
      help: `Show what can be said after /${root}.`,
      args: { about: perhaps(aWord('the word to tell more about')) },
      run: async (c, { about }) => {
        const word = about?.toLowerCase() ?? '';
        const shown = made.get(word) ?? helpCard(root, commands, word);
        if (!shown) return c.refused(refuse('unknown-command', { said: `${root} ${word}`, root }));
        made.set(word, shown);
        return privately(shown);
      },
    });
  });
}

const line = (one: Command): Words => [
  { code: usage(one) },
  ` ${one.help}`,
  ...(one.right ? [` (${one.right.join(' or ')})`] : []),
];

/** The word of a command after its first one. */
const second = ({ name }: Command): string => name.split(' ')[1] ?? '';

/** One line for each second word: what it does, or which words follow it. */
function briefly(root: string, mine: readonly Command[]): readonly Words[] {
  return [...new Set(mine.map(second))].map((word): Words => {
    const [first, ...more] = mine.filter((one) => second(one) === word);
    const here = { code: `/${root} ${word}` };
    if (first && more.length === 0 && first.name === `${root} ${word}`) return [here, ` ${first.help}`];
    return [
      here,
      ` ${mine
        .filter((one) => second(one) === word)
        .map(({ name }) => name.split(' ').slice(2).join(' '))
        .join(', ')}`,
    ];
  });
}

/** For the title, and for what stands below the commands. */
const MARGIN = 400;

/**
 * What can be said after a first word; after `about`, only what follows that. Where all of it is too much for one message, how each
 * is written is left to the card about its second word. Undefined: nothing begins so.
 */
export function helpCard(root: string, commands: readonly Command[], about = ''): Card | undefined {
  const mine = commands.filter((one) => one.name.startsWith(`${root} `) && (about === '' || second(one) === about));
  if (mine.length === 0) return undefined;
  const roots = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))].filter((other) => other !== root);
  const whole = mine.map(line);
  const fits = about !== '' || sum(whole) <= LIMITS.card - MARGIN;
  const items = fits ? whole : briefly(root, mine);
  const blocks = [];
  // A list longer than one text holds goes on in the next one.
  for (let rest = items; rest.length > 0; ) {
    let fit = 1;
    while (fit < rest.length && length(rest.slice(0, fit + 1)) < LIMITS.text / 2) fit += 1;
    blocks.push(list(...rest.slice(0, fit)));
    rest = rest.slice(fit);
  }
  return card(`/${root}${about === '' ? '' : ` ${about}`}: what you can say`, [
    ...blocks,
    ...(fits ? [] : [text('How one of them is written: ', { code: `/${root} help ${mine[0] ? second(mine[0]) : ''}` }, '.')]),
    text('The same words work after ', { code: '/bellman' }, ' and after a mention of Bellman. More: ', {
      code: roots.map((other) => `/${other} help`).join(' '),
    }),
  ]);
}

/** Characters that people read. */
const sum = (items: readonly Words[]): number =>
  items
    .flat()
    .reduce((all, word) => all + (typeof word === 'string' ? word.length : 'code' in word ? word.code.length + 2 : 0), 0);

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
