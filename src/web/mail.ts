/** Mails as they come in: raw (RFC 822) or as JSON from a mail service. Only what is needed to match and read them. Pure. */
import { z } from 'zod';

/** What a mail server says of a mail that it could not deliver (RFC 3464). */
export interface Report {
  /** `failed`, `delayed`, ... */
  readonly action: string;
  /** Its code and its words, as far as it gave them. */
  readonly why: string;
}

export interface InboundMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly messageId: string;
  /** Ids of mails that it answers or returns, nearest first. */
  readonly about: readonly string[];
  readonly report?: Report | undefined;
}

const DEEPEST = 5;
const LONGEST_TEXT = 100_000;

type Headers = Readonly<Record<string, string>>;

interface Part {
  readonly headers: Headers;
  readonly body: string;
}

/** Headers and body of a part, unfolded; of a header that is there twice the first counts. */
function partOf(raw: string): Part {
  const end = /\r?\n\r?\n/u.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  return { headers: headersIn(head), body: end ? raw.slice(end.index + end[0].length) : '' };
}

function headersIn(head: string): Headers {
  const found: Record<string, string> = {};
  for (const line of head.replaceAll(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/u.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found[name.toLowerCase()] ??= value.trim();
  }
  return found;
}

const parameter = (value: string, name: string): string | undefined => {
  const [, quoted, plain] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'iu').exec(value) ?? [];
  return quoted ?? plain;
};

/** The bytes that a part's body stands for; it was read byte by byte. */
function bytesOf({ headers, body }: Part): Buffer {
  switch (headers['content-transfer-encoding']?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable': {
      const joined = body.replaceAll(/=[ \t]*\r?\n/gu, '');
      return Buffer.from(
        joined.replaceAll(/=([0-9A-F]{2})/giu, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
    }
    default:
      return Buffer.from(body, 'latin1');
  }
}

function decoded(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

/** Encoded words of a header (RFC 2047) as text; what was sent unencoded is UTF-8. */
function headerText(value: string): string {
  const plain = Buffer.from(value, 'latin1').toString('utf8');
  return plain
    .replaceAll(/(=\?[^?\s]+\?[BQ]\?[^?\s]*\?=)\s+(?==\?)/giu, '$1')
    .replaceAll(/=\?([^?\s*]+)[^?\s]*\?([BQ])\?([^?\s]*)\?=/giu, (_all, charset: string, how: string, words: string) => {
      const bytes =
        how.toUpperCase() === 'B'
          ? Buffer.from(words, 'base64')
          : bytesOf({ headers: { 'content-transfer-encoding': 'quoted-printable' }, body: words.replaceAll('_', ' ') });
      return decoded(bytes, charset);
    });
}

/** What a mail holds that counts here: its text, what a report says, and the mail that is returned in it. */
interface Found {
  plain?: string;
  html?: string;
  report?: Report;
  returned?: string;
}

function look(part: Part, found: Found, depth: number): void {
  const type = part.headers['content-type'] ?? 'text/plain';
  const kind = (type.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = parameter(type, 'boundary');
  if (kind.startsWith('multipart/') && boundary !== undefined) {
    if (depth >= DEEPEST) return;
    for (const raw of part.body.split(`--${boundary}`).slice(1)) {
      if (raw.startsWith('--')) break;
      look(partOf(raw.replace(/^\r?\n/u, '')), found, depth + 1);
    }
    return;
  }
  if (kind === 'message/delivery-status') {
    const report = reportIn(bytesOf(part).toString('utf8'));
    if (report) found.report ??= report;
  } else if (kind === 'message/rfc822' || kind === 'text/rfc822-headers')
    found.returned ??=
      headersIn(
        bytesOf(part)
          .toString('latin1')
          .split(/\r?\n\r?\n/u)[0] ?? '',
      )['message-id'] ?? '';
  else if (/^attachment/iu.test(part.headers['content-disposition'] ?? '')) return;
  else if (kind === 'text/plain') found.plain ??= decoded(bytesOf(part), parameter(type, 'charset'));
  else if (kind === 'text/html') found.html ??= decoded(bytesOf(part), parameter(type, 'charset'));
}

/** The fields about the recipient come in a block of their own behind those about the mail. */
function reportIn(body: string): Report | undefined {
  const fields = headersIn(body.replaceAll(/\r?\n\r?\n/gu, '\n'));
  if (fields.action === undefined) return undefined;
  const diagnostic = fields['diagnostic-code']?.replace(/^[a-z]+;\s*/iu, '');
  return {
    action: fields.action.toLowerCase(),
    why: [fields.status, diagnostic]
      .filter((one) => one !== undefined)
      .join(' ')
      .slice(0, 300),
  };
}

/** A page's words, where a mail has no plain text. */
const wordsIn = (html: string): string =>
  html
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/giu, '')
    .replaceAll(/<(br|\/p|\/div|\/li|\/tr)[^>]*>/giu, '\n')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const addressesIn = (value: string): readonly string[] =>
  [...value.matchAll(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/gu)].map(([address]) => address.toLowerCase());
const idsIn = (value: string | undefined): readonly string[] =>
  [...(value ?? '').matchAll(/<([^<>\s]+)>/gu)].map(([, id]) => id ?? '');

/** The ids that a mail is about: what it answers, then what it names as earlier, the latest first. */
const answered = (headers: Headers): readonly string[] => [
  ...idsIn(headers['in-reply-to']),
  ...idsIn(headers.references).toReversed(),
];

/** A mail as mail servers hand it on, byte by byte. */
export function mailOf(raw: Buffer): InboundMail {
  const whole = partOf(raw.toString('latin1'));
  const { headers } = whole;
  const found: Found = {};
  look(whole, found, 0);
  return {
    from: addressesIn(headers.from ?? '')[0] ?? '',
    to: ['to', 'cc', 'delivered-to', 'x-original-to'].flatMap((name) => addressesIn(headers[name] ?? '')),
    subject: headerText(headers.subject ?? ''),
    text: (found.plain ?? wordsIn(found.html ?? '')).slice(0, LONGEST_TEXT),
    headers,
    messageId: idsIn(headers['message-id'])[0] ?? '',
    about: [...idsIn(found.returned), ...answered(headers)],
    report: found.report,
  };
}

const words = z.string().max(LONGEST_TEXT * 2);
const given = z.object({
  from: words,
  to: z.union([words, z.array(words)]),
  subject: words.default(''),
  text: words.default(''),
  headers: z.union([z.record(z.string(), words), z.array(z.tuple([z.string(), words]))]).default({}),
});

/** A mail as a mail service hands it in; undefined when it is none. A report is known by its headers, and what it says by its text. */
export function mailFromJson(body: unknown): InboundMail | undefined {
  const parsed = given.safeParse(body);
  if (!parsed.success) return undefined;
  const { from, to, subject, text } = parsed.data;
  const pairs = Array.isArray(parsed.data.headers) ? parsed.data.headers : Object.entries(parsed.data.headers);
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs) headers[name.toLowerCase()] ??= value;
  const isReport = /^multipart\/report/iu.test(headers['content-type'] ?? '') || headers['x-failed-recipients'] !== undefined;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b[^\r\n]*/u.exec(text)?.[0];
  const report = isReport
    ? (reportIn(text) ?? { action: status?.startsWith('5') ? 'failed' : 'delayed', why: (status ?? subject).slice(0, 300) })
    : undefined;
  return {
    from: addressesIn(from)[0] ?? '',
    to: addressesIn([to].flat().join(' ')),
    subject,
    text: text.slice(0, LONGEST_TEXT),
    headers,
    messageId: idsIn(headers['message-id'])[0] ?? headers['message-id'] ?? '',
    about: [...answered(headers), ...(isReport ? idsIn(text) : [])],
    report,
  };
}
