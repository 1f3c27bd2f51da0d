/** `audit verify`: the journal, the checkpoints, and what was kept of them outside the database. */
import { readFileSync } from 'node:fs';
import { isPublicKey, knownKey } from '../core/audit-key.ts';
import { checkpointsIn } from '../core/checkpoint.ts';
import { type Audit, audit, type Kept } from '../core/verify-checkpoints.ts';
import { RESUMED, readAudit } from '../db/audit-file.ts';
import { counted, type Desk, Mistake, timeOf, withBellman } from './desk.ts';

const MOST_SHOWN = 20;

/** Checks everything, and names the first bad entry. The answer is the exit code. */
export async function verifyAudit(
  desk: Desk,
  given: { readonly checkpoint?: string | undefined; readonly key?: readonly string[] | undefined },
): Promise<number> {
  const { say } = desk.terminal;
  const { auditFile } = desk.config;
  const wrong = given.key?.find((key) => !isPublicKey(key));
  if (wrong !== undefined)
    throw new Mistake(`--key ${wrong} is not a public key: copy it from the log line or from a checkpoint.`);
  const own = knownKey(desk.config.auditKeyFile);
  const kept: Kept[] = [];
  const pasted = given.checkpoint === undefined ? undefined : readPasted(desk, given.checkpoint);
  if (pasted) kept.push(pasted);
  const file = keptInFile(readAudit(auditFile));
  kept.push({ from: auditFile, checkpoints: file.kept });

  const found = await withBellman(desk, (db) => audit(db, [...(own ? [own] : []), ...(given.key ?? [])], kept));
  if (file.givenUp > 0)
    say(`${auditFile} tells of ${counted(file.givenUp, 'checkpoint')} that an operator gave up by resuming an older state.`);
  if (found.bad.length > 0) {
    tellBad(found, say);
    return 1;
  }
  say(`The journal is whole: ${counted(found.entries, 'entry', 'entries')} of ${counted(found.records, 'record')}.`);
  if (found.last)
    say(
      `${counted(found.checkpoints, 'checkpoint fits', 'checkpoints fit')}, the last is number ${found.last.number} of ${timeOf(found.last.at)}; ${counted(found.last.younger, 'entry is', 'entries are')} younger.`,
    );
  else say('There is no checkpoint yet, so a cut end or a rewrite with all hashes cannot be told from the truth.');
  for (const { number } of pasted?.checkpoints ?? []) say(`Checkpoint ${number} is in the database as it was posted.`);
  return 0;
}

function tellBad({ bad }: Audit, say: (line: string) => void): void {
  const lines = bad.map((one) =>
    'record' in one ? `${one.record}, entry ${one.seq}: ${one.why}` : `checkpoint ${one.checkpoint}: ${one.why}`,
  );
  say(`The journal is not as it was written. First bad: ${lines[0]}.`);
  for (const line of lines.slice(1, MOST_SHOWN)) say(`Also bad: ${line}.`);
  if (lines.length > MOST_SHOWN) say(`And ${lines.length - MOST_SHOWN} more.`);
}

function readPasted(desk: Desk, given: string): Kept {
  const path = given === '-' ? 0 : desk.path(given);
  const name = given === '-' ? 'standard input' : given;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Mistake(`${name} cannot be read.`);
  }
  const checkpoints = checkpointsIn(text);
  if (checkpoints.length === 0)
    throw new Mistake(`There is no checkpoint in ${name}: copy all of it, from "Bellman checkpoint" to the signature.`);
  return { from: name, checkpoints };
}

/** What the audit file vouches for: without the checkpoints that were given up when an older state was resumed. */
export function keptInFile(text: string): { readonly kept: Kept['checkpoints']; readonly givenUp: number } {
  let kept: Kept['checkpoints'] = [];
  let all = 0;
  let from = 0;
  const read = (to?: number) => {
    const more = checkpointsIn(text.slice(from, to));
    all += more.length;
    kept = [...kept, ...more];
  };
  for (const match of text.matchAll(RESUMED)) {
    read(match.index);
    kept = kept.filter(({ number }) => number <= Number(match[2]));
    from = match.index + match[0].length;
  }
  read();
  return { kept, givenUp: all - kept.length };
}
