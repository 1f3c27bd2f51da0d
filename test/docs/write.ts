/** Writes the documents that are made from the command registry. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documents } from './documents.ts';

for (const [path, text] of Object.entries(documents())) {
  await writeFile(join(import.meta.dirname, '../..', path), text);
  console.log(`Wrote ${path}`);
}
