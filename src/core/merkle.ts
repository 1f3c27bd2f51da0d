/** One hash over all chain heads. Leaves and nodes are told apart, so that no node can pass for a record's head. */
import { hash } from 'node:crypto';
import type { Head } from './journal.ts';
import type { RecordId } from './record.ts';

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The root of no records at all. */
const EMPTY = sha256('no records');

/** The Merkle root over (record id, seq, hash) of these heads, in the order of their ids by code unit; an odd node goes up as it is. */
export function merkleRoot(heads: ReadonlyMap<RecordId, Head>): string {
  const ids = [...heads.keys()].sort();
  let level = ids.map((id) => {
    const head = heads.get(id);
    return sha256(`leaf\n${id}\n${head?.seq}\n${head?.hash}`);
  });
  while (level.length > 1) {
    const above: string[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left = '', right] = level.slice(at, at + 2);
      above.push(right === undefined ? left : sha256(`node\n${left}\n${right}`));
    }
    level = above;
  }
  return level[0] ?? EMPTY;
}
