/** `templates export` and `templates import`: the texts that updates begin with, as files. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { loadOrg, loadView } from '../chat/store.ts';
import { faultWords, filesOf, isTemplateFile, LONGEST_TEMPLATE, type TemplateFile, templates, textsOf } from '../comms/index.ts';
import { viewOf } from '../core/apply.ts';
import { silentDoorbell } from '../core/doorbell.ts';
import { type AnyPart, house } from '../core/house.ts';
import { BELLMAN, ORG } from '../core/record.ts';
import { transactor } from '../core/transact.ts';
import type { Database } from '../db/database.ts';
import { audiencesOf } from '../people/index.ts';
import { counted, type Desk, Mistake, withBellman } from './desk.ts';

/** Bytes: more than any template that is accepted, whatever its characters. */
const LARGEST_FILE = LONGEST_TEMPLATE * 4;

/** Writes every template that is in force. Refuses a folder that holds some already, unless they may be written over. */
export const exportTemplates = (desk: Desk, folder: string, over: boolean): Promise<number> =>
  withBellman(desk, async (db) => {
    const root = desk.path(folder);
    const there = await templatesIn(root);
    if (there.length > 0 && !over) {
      throw new Mistake(`${folder} holds ${counted(there.length, 'template')} already: name another folder, or add --over.`);
    }
    const files = filesOf(await ownTemplates(db), audiencesOf(await loadOrg(db)));
    for (const { path, text } of files) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    desk.terminal.say(`${folder} holds ${counted(files.length, 'template')} now, for example customers/problem/first.liquid.`);
    return 0;
  });

/** Saves every template of a folder; nothing when one is wrong. Templates that have no file stay as they are. */
export const importTemplates = (desk: Desk, folder: string): Promise<number> =>
  withBellman(desk, async (db) => {
    const root = desk.path(folder);
    const paths = await templatesIn(root);
    if (paths.length === 0) throw new Mistake(`${folder}: there is no template in it, like customers/problem/first.liquid.`);
    const files: TemplateFile[] = [];
    const { complain, say } = desk.terminal;
    let tooLong = 0;
    for (const path of paths) {
      const file = join(root, path);
      const { size } = await stat(file);
      if (size <= LARGEST_FILE) files.push({ path, text: await readFile(file, 'utf8') });
      else {
        tooLong += 1;
        complain(`${path}: It has ${size} bytes; ${LONGEST_TEMPLATE} characters is the most.`);
      }
    }
    const checked = textsOf(files, audiencesOf(await loadOrg(db)));
    const wrong = 'wrong' in checked ? checked.wrong : [];
    for (const { path, fault } of wrong) {
      const { line, column, why } = fault;
      complain(line === undefined ? `${path}: ${why}` : `${path}, ${faultWords({ line, column, why }).replace(/^L/u, 'l')}`);
    }
    if (!('texts' in checked) || tooLong > 0) {
      throw new Mistake(`Nothing was changed: ${counted(wrong.length + tooLong, 'template is', 'templates are')} wrong.`);
    }
    const transact = transactor({ db, house: house([templates as AnyPart], []), doorbell: silentDoorbell });
    const command = { type: 'save', texts: checked.texts };
    const [outcome] = await transact([{ record: ORG, part: templates.name, command, by: BELLMAN }]);
    if (!outcome || !('events' in outcome))
      throw new Mistake('Nothing was changed: an audience was changed meanwhile. Say it again.');
    const saved = outcome.events.length;
    say(`${counted(saved, 'template')} changed, ${counted(checked.texts.length - saved, 'template')} as before.`);
    return 0;
  });

async function ownTemplates(db: Database) {
  const found = await loadView(db, ORG);
  return found ? viewOf(found).state(templates) : templates.initial;
}

/** The paths of all templates in a folder, from there. */
async function templatesIn(root: string): Promise<readonly string[]> {
  try {
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile() && isTemplateFile(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
