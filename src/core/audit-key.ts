/** The key that signs checkpoints. It lives in a file outside the database, so that the database's owner cannot sign (S5). */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The public half: 32 bytes in base64, 44 characters. */
export type PublicKey = string;

export interface AuditKey {
  readonly publicKey: PublicKey;
  /** An Ed25519 signature in base64, 88 characters. */
  readonly sign: (text: string) => string;
}

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/** A short name of a public key, for comparing by eye: 16 hex digits of its SHA-256. */
export const fingerprint = (key: PublicKey): string =>
  createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 16);

/** Whether this is a public key in the form that checkpoints and the log show. */
export const isPublicKey = (text: string): boolean =>
  /^[A-Za-z0-9+/]{43}=$/u.test(text) && Buffer.from(text, 'base64').length === KEY_BYTES;

/** Whether `signature` is that of `text` under this key. Never throws: what cannot be read is not signed. */
export function isSigned(text: string, signature: string, key: PublicKey): boolean {
  if (!isPublicKey(key)) return false;
  const der = Buffer.concat([DER_PREFIX, Buffer.from(key, 'base64')]);
  const known = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), known, Buffer.from(signature, 'base64'));
}

/**
 * The key in `file`; made at the first start, readable by its owner only, and its public half said in `log`. Processes that start
 * at once on one folder get the same key. Throws one line that names the file when it holds no Ed25519 key.
 */
export function auditKey(file: string, log: (line: string) => void = () => {}): AuditKey {
  const path = resolve(file);
  const pem = read(path) ?? make(path, log);
  let secret: KeyObject;
  try {
    secret = createPrivateKey(pem);
  } catch {
    throw new Error(`The audit key in ${path} cannot be read: it should be an Ed25519 private key in PEM`);
  }
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error(`The audit key in ${path} is not an Ed25519 key`);
  return { publicKey: publicHalf(secret), sign: (text) => sign(null, Buffer.from(text), secret).toString('base64') };
}

/** The public half of the key in `file`, or undefined when there is no such file: looking never makes a key. */
export const knownKey = (file: string): PublicKey | undefined =>
  read(resolve(file)) === undefined ? undefined : auditKey(file).publicKey;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function make(path: string, log: (line: string) => void): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, pem, { mode: 0o600, flag: 'wx' });
  try {
    // A link, because it fails when another process was quicker, and never shows a key that is half written.
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(own, { force: true });
  }
  const key = publicHalf(privateKey);
  log(`Made the audit key ${path}. Its public half is ${key} (${fingerprint(key)}): keep a copy of this line elsewhere.`);
  return pem;
}

const publicHalf = (key: KeyObject): PublicKey =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES).toString('base64');
