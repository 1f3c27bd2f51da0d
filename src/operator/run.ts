/** From the words after `npm run bellman --` to an exit code. */
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { isAway } from '../db/database.ts';
import { counted, type Desk, deskOf, Mistake, type Terminal, withDatabase } from './desk.ts';

export const HELP = `npm run bellman -- <command>

  audience import <audience> <file> [--yes]
      Show what a CSV (name,email,phone,language,zone) holds, ask, and make it the list of an audience: customers, or one of
      your own. Rows that cannot be used are named and left out.
  audit verify [--checkpoint <file>] [--key <public key>]
      Check the whole journal, all checkpoints and the audit file, and name the first bad entry. With --checkpoint also
      against checkpoints copied from the audit channel into a file (- reads standard input). --key, also several: an
      older key of yours, or another machine's, whose signatures count too.
  backup <file>
      Write everything to a new file. Bellman may go on working.
  restore <file>
      Bring a backup into a new, empty database. It is held: nothing is sent until you resume it.
  resume [--yes]
      Show what a held database would send, ask, and let it speak from this machine.
  templates export <folder> [--over]
      Write every text that updates begin with into a folder, one file for each audience, kind of record and phase. With
      --over also where there are templates already.
  templates import <folder>
      Check and save the templates of a folder; nothing when one is wrong. docs/templates.md says what they may hold.
  help
      Show this.

They work on DATABASE_URL, or else on the embedded database in DATA_DIR, whether Bellman runs or not.`;

/** Runs a command. Whatever goes wrong is said in one line; the answer is the exit code. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await obey(words, terminal);
  } catch (error) {
    terminal.complain(inOneLine(error));
    return 1;
  }
}

async function obey(words: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, values } = understood(words);
  const [command = 'help', ...rest] = positionals;
  const name = ['audience', 'audit', 'templates'].includes(command) ? `${command} ${rest.shift() ?? ''}`.trim() : command;
  const takes = (options: readonly string[], files: number) => {
    const foreign = Object.keys(values).find((option) => !options.includes(option));
    if (foreign !== undefined) throw new Mistake(`${name} takes no --${foreign}.`);
    const what = command === 'templates' ? 'folder' : 'file';
    if (rest.length < files) throw new Mistake(`${name} needs a ${what}: npm run bellman -- ${name} <${what}>`);
    if (rest.length > files) throw new Mistake(`${name} takes no "${rest[files]}".`);
  };
  switch (name) {
    case 'help':
      terminal.say(HELP);
      return 0;
    case 'audience import': {
      if (rest.length < 2) throw new Mistake('audience import needs both: npm run bellman -- audience import <audience> <file>');
      takes(['yes'], 2);
      const { importAudience } = await import('./audience.ts');
      return importAudience(deskOf(terminal), rest[0] ?? '', rest[1] ?? '', values.yes === true);
    }
    case 'audit verify': {
      takes(['checkpoint', 'key'], 0);
      const { verifyAudit } = await import('./audit.ts');
      return verifyAudit(deskOf(terminal), values);
    }
    case 'backup':
      takes([], 1);
      return backUp(deskOf(terminal), rest[0] ?? '');
    case 'restore':
      takes([], 1);
      return bringBack(deskOf(terminal), rest[0] ?? '');
    case 'resume': {
      takes(['yes'], 0);
      const { resumeHeld } = await import('./resume.ts');
      return resumeHeld(deskOf(terminal), values.yes === true);
    }
    case 'templates export': {
      takes(['over'], 1);
      const { exportTemplates } = await import('./templates.ts');
      return exportTemplates(deskOf(terminal), rest[0] ?? '', values.over === true);
    }
    case 'templates import': {
      takes([], 1);
      const { importTemplates } = await import('./templates.ts');
      return importTemplates(deskOf(terminal), rest[0] ?? '');
    }
    default:
      throw new Mistake(`There is no command "${name}". npm run bellman -- help shows all.`);
  }
}

const OPTIONS = {
  checkpoint: { type: 'string' },
  key: { type: 'string', multiple: true },
  yes: { type: 'boolean' },
  over: { type: 'boolean' },
} as const;

function understood(words: readonly string[]) {
  try {
    const asked = words.map((word) => (word === '--help' || word === '-h' ? 'help' : word));
    return parseArgs({ args: asked, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Mistake((error as Error).message.split('. ')[0] ?? 'The options were not understood');
  }
}

async function backUp(desk: Desk, file: string): Promise<number> {
  const { backup } = await import('../db/backup.ts');
  const saved = await named(file, () => withDatabase(desk, false, (url) => backup(url, desk.path(file))));
  desk.terminal.say(`${file} holds ${counted(saved.rows, 'row')} of ${counted(saved.tables, 'table')} as of ${saved.at}.`);
  return 0;
}

async function bringBack(desk: Desk, file: string): Promise<number> {
  const { restore } = await import('../db/backup.ts');
  const back = await named(file, () => withDatabase(desk, true, (url) => restore(url, desk.path(file))));
  desk.terminal.say(`Restored ${counted(back.rows, 'row')} of ${counted(back.tables, 'table')} as of ${back.at}.`);
  desk.terminal.say('It is held: nothing is sent until you say npm run bellman -- resume');
  return 0;
}

/** Says which file it was, where the trouble is with the file. */
async function named<T>(file: string, work: () => Promise<T>): Promise<T> {
  const { BadBackup } = await import('../db/backup.ts');
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadBackup) throw new Mistake(`${file}: ${error.message}`);
    const { code, path } = error as NodeJS.ErrnoException;
    if (path !== undefined && code === 'ENOENT') throw new Mistake(`${file}: there is no such file or folder.`);
    throw error;
  }
}

const OLDER = '42P01';

function inOneLine(error: unknown): string {
  if (error instanceof Mistake || error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: string };
  if (isAway(error)) return `The database cannot be reached (${code}): is DATABASE_URL right, and Postgres running?`;
  if (code === OLDER) return 'The database is of an older Bellman: start this one on it once.';
  return error.message.split('\n')[0] ?? error.name;
}
