/** What in a mail is a person's own: not what a machine wrote, not what is quoted. Pure. */
import { LONGEST_QUESTION } from './answers-text.ts';

/** What says who, or what, wrote a mail. */
export interface Envelope {
  readonly from: string;
  readonly subject?: string | undefined;
  /** By name in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** More of a mail than this is not looked at. */
const LOOKED_AT = 50_000;

const MACHINES = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+@-]|$)/iu;
const ABSENT = /^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|abwesenheit|automatische antwort)/iu;

/** Whether a machine wrote it: an absence note, a bounce, a list manager (RFC 3834). */
export function isAutomatic({ from, subject = '', headers = {} }: Envelope): boolean {
  const submitted = headers['auto-submitted']?.trim().toLowerCase();
  if (submitted !== undefined && submitted !== 'no') return true;
  if (/^(bulk|junk|list|auto_reply)$/iu.test(headers.precedence?.trim() ?? '')) return true;
  if (['x-autoreply', 'x-autorespond', 'x-auto-response-suppress', 'list-id'].some((name) => headers[name] !== undefined))
    return true;
  return headers['return-path']?.trim() === '<>' || MACHINES.test(from) || ABSENT.test(subject);
}

/** Where what a mail program quotes begins, by line. */
const QUOTES: readonly RegExp[] = [
  /^>/u,
  /^-{2,}\s*(original message|ursprüngliche nachricht|forwarded message)/iu,
  /^_{10,}$/u,
  /^(on|am|le|el|op|il)\s.{0,200}(wrote|schrieb|écrit|escribió|schreef|scritto).{0,100}:$/iu,
  /^(from|von|de|van)\s?:\s.{0,200}@/iu,
  /^-- ?$/u,
];

/** What somebody wrote themselves, without what is quoted below it and without the signature; shortened where it is too long. */
export function ownWords(text: string): string {
  const lines = text.slice(0, LOOKED_AT).replaceAll('\r\n', '\n').split('\n');
  const quoted = lines.findIndex((line, at) => {
    const trimmed = line.trim();
    // Mail programs break the line that introduces a quotation.
    return QUOTES.some((quote) => quote.test(trimmed) || quote.test(`${trimmed} ${lines[at + 1]?.trim() ?? ''}`.trim()));
  });
  const own = (quoted < 0 ? lines : lines.slice(0, quoted))
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
  const characters = [...own];
  return characters.length <= LONGEST_QUESTION ? own : `${characters.slice(0, LONGEST_QUESTION - 1).join('')}…`;
}
