/**
 * How people write where something is to be said: `#channel`, `@person`, `name@example.org`, `https://...`, `status`, `press`,
 * `call:+49301234:@kate`, `thread:#ops`, `group:@handle`, `list:customers`.
 */
import type { PersonId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { type Place, placeOf, placeParts } from './port.ts';
import { callPlace, PRESS_PAGE, STATUS_PAGE } from './ways.ts';

/** Finds what is named, as the platform where it was written knows it. */
export interface DestinationLookup {
  readonly platform: string;
  readonly person: (said: string) => Promise<PersonId | undefined>;
  readonly channel: (idOrName: string) => Promise<Place | undefined>;
  /** The place of a group by its handle. */
  readonly group: (handle: string) => Promise<Place | Refusal | undefined>;
  /** Where the person listens on the asker's platform. */
  readonly direct: (person: PersonId) => Promise<Place | undefined>;
  readonly checkPlace: (place: Place) => Promise<Refusal | undefined>;
}

const EMAIL = /^[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+$/u;
const PLACE = /^[a-z]+\/(channel|person|address|thread|group|audience)\/.+$/u;
const PREFIXED = /^(call|tel|thread|group|list):/u;
const NUMBER = /^\+?\d{3,20}$/u;
const LIST = /^[a-z0-9][a-z0-9-]{0,39}$/u;

/** A mention, or a name with its sign, without either. */
export const mentioned = (said: string): string => said.replace(/^<[@#]!?([^>|]+)(\|[^>]*)?>$/u, '$1').replace(/^[@#]/u, '');

/** Mechanisms of a line whose bare words need to be told from names of channels, by the sign that says so itself. */
const PREFIX: Readonly<Record<string, string>> = {
  thread: 'thread:',
  'user-group': 'group:',
  call: 'call:',
  'direct-message': '@',
  channel: '#',
};

/** A bare word as the mechanism of a line reads it; what says itself what it is stays. */
export function readBy(mechanism: string | undefined, said: string): string {
  const prefix = PREFIX[(mechanism ?? '').toLowerCase().replaceAll(/\s+/gu, '-')];
  const says = PLACE.test(said) || PREFIXED.test(said) || /^<?https?:\/\//u.test(said) || EMAIL.test(said);
  if (prefix === undefined || says || said === 'status' || said === 'press') return said;
  const signed = /^(<[#@]|[#@])/u.test(said);
  return signed && prefix.length === 1 ? said : `${prefix}${said}`;
}

/**
 * A destination as a place; checked, so that a place we cannot speak in is refused when it is named. Of an address nobody knows before
 * something is sent, and its way may be connected later: the setup tells of that.
 * Refuses `wrong-place`, `wrong-call`, `wrong-list`, `unknown-someone`, `unknown-channel`, `place-closed`.
 */
export async function destination(said: string, lookup: DestinationLookup): Promise<Place | Refusal> {
  const place = await placeNamed(said, lookup);
  if (isRefusal(place) || placeParts(place).kind === 'address') return place;
  return (await lookup.checkPlace(place)) ?? place;
}

async function placeNamed(said: string, lookup: DestinationLookup): Promise<Place | Refusal> {
  if (PLACE.test(said)) return said;
  if (said === 'status') return STATUS_PAGE;
  if (said === 'press') return PRESS_PAGE;
  const [, prefix, rest] = /^([a-z]+):(.+)$/u.exec(said) ?? [];
  if (prefix === 'call' || prefix === 'tel') return call(rest ?? '', lookup);
  if (prefix === 'thread') return thread(rest ?? '', lookup);
  if (prefix === 'group') return group(rest ?? '', lookup);
  if (prefix === 'list') {
    const key = (rest ?? '').toLowerCase();
    return LIST.test(key) ? placeOf({ platform: 'list', kind: 'audience', id: key }) : refuse('wrong-list', { said });
  }
  const page = said.replace(/^<(https?:[^|>]+)(\|[^>]*)?>$/u, '$1');
  if (/^https?:\/\//iu.test(page)) {
    return URL.canParse(page)
      ? placeOf({ platform: 'webhook', kind: 'address', id: new URL(page).href })
      : refuse('wrong-place', { said });
  }
  if (/^(<#|#)/u.test(said)) return channel(said, lookup);
  if (/^(<@|@)/u.test(said)) return direct(said, lookup);
  const mail = said.replace(/^<?(mailto:)?([^|>]+)(\|[^>]*)?>?$/u, '$2');
  if (EMAIL.test(mail)) return placeOf({ platform: 'email', kind: 'address', id: mail.toLowerCase() });
  return (await lookup.channel(mentioned(said))) ?? refuse('wrong-place', { said });
}

const channel = async (said: string, lookup: DestinationLookup): Promise<Place | Refusal> =>
  (await lookup.channel(mentioned(said))) ?? refuse('unknown-channel', { said });

async function direct(said: string, lookup: DestinationLookup): Promise<Place | Refusal> {
  const person = await lookup.person(mentioned(said));
  if (person === undefined) return refuse('unknown-someone', { said });
  return (await lookup.direct(person)) ?? refuse('wrong-place', { said });
}

/** `+49301234:@kate`: a number, and who calls it. */
async function call(said: string, lookup: DestinationLookup): Promise<Place | Refusal> {
  const at = said.indexOf(':');
  const number = said.slice(0, at < 0 ? undefined : at).replaceAll(/[().\-/]/gu, '');
  const who = at < 0 ? '' : said.slice(at + 1);
  if (!NUMBER.test(number) || who === '') return refuse('wrong-call', { said });
  const person = await lookup.person(mentioned(who));
  return person === undefined ? refuse('unknown-someone', { said: who }) : callPlace({ number, person });
}

async function thread(said: string, lookup: DestinationLookup): Promise<Place | Refusal> {
  const found = await channel(said, lookup);
  return isRefusal(found) ? found : placeOf({ ...placeParts(found), kind: 'thread' });
}

/** A group of the asker's platform by its handle or mention. Refuses `unknown-group`, `group-closed`. */
export async function group(said: string, lookup: Pick<DestinationLookup, 'group'>): Promise<Place | Refusal> {
  return (await lookup.group(mentioned(said))) ?? refuse('unknown-group', { said });
}
