/**
 * Members of a list from a CSV: `name,email,phone,language,zone` in any order, of which `email` is needed. What is wrong with a row is
 * said row by row; only what is right is taken. Pure.
 */
import Papa from 'papaparse';
import { type Place, placeOf } from '../chat/port.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { languageOf, zoneOf } from './locale.ts';

export const COLUMNS = ['name', 'email', 'phone', 'language', 'zone'] as const;
type Column = (typeof COLUMNS)[number];

/** How many rows a list may have. */
export const MOST_ROWS = 20_000;
const LONGEST_NAME = 150;
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL = 64;

export interface ListMember {
  readonly place: Place;
  readonly name?: string;
  readonly phone?: string;
  readonly language?: string;
  readonly zone?: string;
}

export interface WrongRow {
  /** As a spreadsheet counts: the heading is row 1. */
  readonly row: number;
  readonly said: string;
  readonly why: 'no address' | 'not an address' | 'phone' | 'language' | 'zone' | 'too many columns' | 'name too long';
}

export interface ReadList {
  readonly members: readonly ListMember[];
  readonly wrong: readonly WrongRow[];
  /** Rows whose address stood in an earlier row; the earlier one counts. */
  readonly duplicates: readonly { readonly row: number; readonly said: string }[];
  /** Rows that are not blank: members, wrong ones and duplicates together. */
  readonly rows: number;
}

const LOCAL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u;
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/** An e-mail address in lower case; undefined for what no mail server would take. */
export function addressOf(said: string): string | undefined {
  const address = said.trim().toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const labels = address.slice(at + 1).split('.');
  const fits = address.length <= LONGEST_ADDRESS && local.length <= LONGEST_LOCAL && LOCAL.test(local);
  const dots = !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
  return at > 0 && fits && dots && labels.length > 1 && labels.every((label) => label.length <= 63 && LABEL.test(label))
    ? address
    : undefined;
}

/** A phone number as it is dialled: digits, with a plus before the country; undefined for what is none. */
export function phoneOf(said: string): string | undefined {
  const number = said.trim().replaceAll(/[\s().\-/]/gu, '');
  return /^\+?\d{3,20}$/u.test(number) ? number : undefined;
}

/**
 * Reads a CSV, whatever separates its columns (comma, semicolon, tab). Never throws.
 * Refuses `csv-empty`, `wrong-columns` (facts `found`, `expected`), `too-many-rows` (facts `rows`, `most`).
 */
export function readList(text: string): ReadList | Refusal {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/u, ''), {
    skipEmptyLines: false,
    delimitersToGuess: [',', ';', '\t'],
  });
  const [heading = [], ...lines] = data;
  const columns = heading.map((name) => name.trim().toLowerCase());
  if (columns.every((name) => name === '')) return refuse('csv-empty', { expected: [...COLUMNS] });
  const known = columns.every((name) => COLUMNS.some((column) => column === name));
  if (!known || !columns.includes('email') || new Set(columns).size < columns.length) {
    return refuse('wrong-columns', { found: columns.map((name) => name.slice(0, 40)).slice(0, 10), expected: [...COLUMNS] });
  }
  const rows = lines.flatMap((cells, at) => (cells.every((cell) => cell.trim() === '') ? [] : [{ cells, row: at + 2 }]));
  if (rows.length > MOST_ROWS) return refuse('too-many-rows', { rows: rows.length, most: MOST_ROWS });
  if (rows.length === 0) return refuse('csv-empty', { expected: [...COLUMNS] });

  const members = new Map<Place, ListMember>();
  const wrong: WrongRow[] = [];
  const duplicates: { row: number; said: string }[] = [];
  for (const { cells, row } of rows) {
    const read = memberOf(columns as Column[], cells);
    if ('why' in read) wrong.push({ row, ...read });
    else if (members.has(read.place)) duplicates.push({ row, said: read.place.slice(read.place.lastIndexOf('/') + 1) });
    else members.set(read.place, read);
  }
  return { members: [...members.values()], wrong, duplicates, rows: rows.length };
}

function memberOf(columns: readonly Column[], cells: readonly string[]): ListMember | Omit<WrongRow, 'row'> {
  const cell = (column: Column): string => (cells[columns.indexOf(column)] ?? '').replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  const wrong = (why: WrongRow['why'], said: string) => ({ why, said: said.slice(0, 60) });
  if (cells.slice(columns.length).some((extra) => extra.trim() !== '')) return wrong('too many columns', cells.join(','));
  const [name, email, said, tongue, where] = [cell('name'), cell('email'), cell('phone'), cell('language'), cell('zone')];
  if (email === '') return wrong('no address', name || said);
  const address = addressOf(email);
  if (address === undefined) return wrong('not an address', email);
  if (name.length > LONGEST_NAME) return wrong('name too long', name);
  const [phone, language, zone] = [phoneOf(said), languageOf(tongue), zoneOf(where)];
  if (said !== '' && phone === undefined) return wrong('phone', said);
  if (tongue !== '' && language === undefined) return wrong('language', tongue);
  if (where !== '' && zone === undefined) return wrong('zone', where);
  return {
    place: placeOf({ platform: 'email', kind: 'address', id: address }),
    ...(name === '' ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { zone }),
  };
}
