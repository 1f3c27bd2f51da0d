/** Mails as their readers see them. */
import { withTimes } from './stage.ts';

/** The plain text of a mail, decoded. */
export function mailText(raw: string): string {
  const [, part = ''] = /content-type: text\/plain[\s\S]*?\r?\n\r?\n([\s\S]*?)(?:\r?\n--|$)/iu.exec(raw) ?? [];
  const [head = ''] = /content-type: text\/plain[\s\S]*?\r?\n\r?\n/iu.exec(raw) ?? [];
  return withTimes(decoded(part, head)).replaceAll('\r\n', '\n').trim();
}

function decoded(part: string, head: string): string {
  if (/content-transfer-encoding: base64/iu.test(head)) return Buffer.from(part, 'base64').toString('utf8');
  if (!/content-transfer-encoding: quoted-printable/iu.test(head)) return part;
  const bytes = part.replaceAll(/=\r?\n/gu, '').replaceAll(/=([0-9A-F]{2})/gu, (_all, hex: string) => `%${hex}`);
  return bytes.replaceAll(/(?:%[0-9A-F]{2})+/gu, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}
