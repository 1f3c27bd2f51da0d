/** `<dataDir>/instance.json`: which installation this machine speaks for, and how far it had come. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface InstanceFile {
  readonly id: string;
  readonly mark: number;
  /** Which database of which server it was. */
  readonly database: string;
}

const FILE = 'instance.json';

/** The file, or undefined when there is none that can be read as one. */
export function readInstance(dataDir: string): InstanceFile | undefined {
  try {
    const read = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as Partial<InstanceFile>;
    return typeof read.id === 'string' && typeof read.mark === 'number' && typeof read.database === 'string'
      ? { id: read.id, mark: read.mark, database: read.database }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step; of the same installation it never goes back to a lower mark, whichever process writes. */
export function writeInstance(dataDir: string, file: InstanceFile): void {
  const now = readInstance(dataDir);
  if (now?.id === file.id && now.database === file.database && now.mark >= file.mark) return;
  mkdirSync(dataDir, { recursive: true });
  const own = join(dataDir, `${FILE}.${process.pid}`);
  writeFileSync(own, `${JSON.stringify(file)}\n`, { mode: 0o600 });
  renameSync(own, join(dataDir, FILE));
}
