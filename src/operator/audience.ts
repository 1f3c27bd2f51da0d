/** `audience import`: the list of an audience from a CSV file, up to 20,000 rows. */
import { readFile, stat } from 'node:fs/promises';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { loadOrg } from '../chat/store.ts';
import { silentDoorbell } from '../core/doorbell.ts';
import { house } from '../core/house.ts';
import { BELLMAN, ORG } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { transactor } from '../core/transact.ts';
import { audiencesOf, countsOf, listImport, readList, storeList, wrongRows } from '../people/index.ts';
import { parts, projections, reactions } from '../rooms.ts';
import { counted, type Desk, Mistake, withBellman } from './desk.ts';

/** Bytes: more than 20,000 rows of any people there are. */
const LARGEST_FILE = 20_000_000;

const wrong = (refusal: Refusal) => new Mistake(plainWords(refusalWords(refusal)));

/** Shows what is in the file, asks, and puts the list in force. The answer is the exit code: 1 also when the operator says no. */
export const importAudience = (desk: Desk, audience: string, file: string, yes: boolean): Promise<number> =>
  withBellman(desk, async (db) => {
    const { terminal } = desk;
    const org = await loadOrg(db);
    const keys = audiencesOf(org);
    if (!keys.includes(audience)) throw wrong(refuse('unknown-audience', { audience, audiences: [...keys] }));
    const read = readList(await textOf(desk.path(file), file));
    if (isRefusal(read)) throw new Mistake(`${file}: ${plainWords(refusalWords(read))}`);
    terminal.say(countsOf(read));
    for (const { row, said } of read.duplicates) terminal.say(`Row ${row}: ${said} stands in an earlier row.`);
    for (const line of wrongRows(read, read.wrong.length)) terminal.say(line);
    if (read.members.length === 0) throw wrong(refuse('nobody-in-csv', { audience, rows: read.rows, wrong: [] }));
    const question = `Use these ${read.members.length} for ${audience}? [y/N] `;
    if (!yes && !/^y(es)?$/iu.test((await terminal.ask(question)).trim())) {
      terminal.say('Nothing was changed.');
      return 1;
    }
    const stored = await storeList(db, { list: audience, kind: 'csv', of: '', members: read.members });
    const transact = transactor({ db, house: house(parts, reactions, projections), doorbell: silentDoorbell });
    const [outcome] = await transact([{ record: ORG, ...listImport(audience, stored, org), by: BELLMAN }]);
    if (!outcome || isRefusal(outcome)) throw outcome ? wrong(outcome) : new Mistake('Nothing was changed. Say it again.');
    const silent = stored.unsubscribed > 0 ? ` ${stored.unsubscribed} unsubscribed before and stay so.` : '';
    terminal.say(
      `The list of ${audience} is version ${stored.version} now: ${counted(stored.active, 'person', 'people')}.${silent}`,
    );
    return 0;
  });

async function textOf(path: string, file: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE) throw new Mistake(`${file} has ${size} bytes; ${LARGEST_FILE} is the most.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Mistake(`${file}: there is no such file.`);
    if (code === 'EISDIR') throw new Mistake(`${file} is a folder: name a file.`);
    throw error;
  }
}
