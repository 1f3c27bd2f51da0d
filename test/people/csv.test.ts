import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/core/refusal.ts';
import { addressOf, MOST_ROWS, type ReadList, readList } from '../../src/people/csv.ts';

const read = (text: string): ReadList => {
  const list = readList(text);
  if (isRefusal(list)) throw new Error(list.refused);
  return list;
};

describe('a CSV of members', () => {
  test('is taken with its columns in any order, whatever separates them', () => {
    const wanted = [
      {
        place: 'email/address/kate@bank.example',
        name: 'Kate',
        phone: '+4930123456',
        language: 'de-AT',
        zone: 'Europe/Berlin',
      },
    ];
    expect(read('name,email,phone,language,zone\nKate,Kate@Bank.example,+49 (30) 123-456,DE-at,europe/berlin').members).toEqual(
      wanted,
    );
    expect(
      read('\uFEFFZone;Language;Phone;EMAIL;Name\r\nEurope/Berlin;de-at;+4930123456;kate@bank.example;Kate\r\n').members,
    ).toEqual(wanted);
  });

  test('needs no column but the address', () => {
    expect(read('email\na@b.example\n\n').members).toEqual([{ place: 'email/address/a@b.example' }]);
  });

  test('with other columns is refused, and told what was expected', () => {
    const expected = ['name', 'email', 'phone', 'language', 'zone'];
    expect(readList('mail,name\na@b.example,A')).toEqual({
      refused: 'wrong-columns',
      facts: { found: ['mail', 'name'], expected },
    });
    expect(readList('name,phone\nA,123')).toMatchObject({ refused: 'wrong-columns' });
    expect(readList('email,email\na@b.example,b@b.example')).toMatchObject({ refused: 'wrong-columns' });
    expect(readList('__proto__,email\nx,a@b.example')).toMatchObject({ refused: 'wrong-columns' });
  });

  test('with nobody in it is refused', () => {
    expect(readList('')).toMatchObject({ refused: 'csv-empty' });
    expect(readList('email\n\n \n')).toMatchObject({ refused: 'csv-empty' });
  });

  test('names each row that cannot be used, and takes the others once', () => {
    const list = read(`name,email,phone,language,zone
A,a@b.example,,,
B,not an address,,,
C,,,,
D,A@B.EXAMPLE,,,
E,e@b.example,call me,,
F,f@b.example,,,Mars/Olympus
G,g@b.example,,german,
H,h@b.example,,,,surplus`);
    expect(list.members.map(({ place }) => place)).toEqual(['email/address/a@b.example']);
    expect(list.duplicates).toEqual([{ row: 5, said: 'a@b.example' }]);
    expect(list.wrong.map(({ row, why }) => [row, why])).toEqual([
      [3, 'not an address'],
      [4, 'no address'],
      [6, 'phone'],
      [7, 'zone'],
      [8, 'language'],
      [9, 'too many columns'],
    ]);
    expect(list.rows).toBe(8);
  });

  test('holds 20,000 rows and not one more', () => {
    const rows = (count: number) => `email\n${Array.from({ length: count }, (_, at) => `a${at}@b.example`).join('\n')}`;
    expect(read(rows(MOST_ROWS)).members).toHaveLength(20_000);
    expect(readList(rows(MOST_ROWS + 1))).toEqual({ refused: 'too-many-rows', facts: { rows: 20_001, most: 20_000 } });
  });

  test('cannot smuggle a line into a heading by a name', () => {
    expect(read('name,email\n"A\r\nBcc: x@y.example",a@b.example').members[0]?.name).toBe('A Bcc: x@y.example');
  });

  test.each([
    'a@b',
    '@b.example',
    'a@@b.example',
    'a b@c.example',
    'a@b..example',
    'a@-b.example',
    '.a@b.example',
    'a"@b.example',
    'a@b.example, c@d.example',
    'a@b.example\n'.repeat(2),
  ])('%j is no address', (said) => {
    expect(addressOf(said)).toBeUndefined();
  });

  // Judged by what the standards say of an address, in another way than the reader does.
  const isAddress = (address: string) => {
    const [local = '', domain = '', ...more] = address.split('@');
    const plain = [...address].every((letter) => letter > ' ' && !'\\",;:<>()[]'.includes(letter));
    const labels = domain.split('.');
    return (
      more.length === 0 &&
      local !== '' &&
      plain &&
      labels.length > 1 &&
      labels.every((label) => /^[^-].*$/u.test(label) && !label.endsWith('-'))
    );
  };
  const cell = fc.oneof(
    fc.constantFrom(
      'a@b.example',
      'B@b.example',
      'x',
      '',
      ' ',
      '"',
      '"a@b.example',
      'ö@ü.example',
      'de',
      'UTC',
      '+49',
      'a@b.example;c@d.example',
    ),
    fc.string({ maxLength: 30 }),
    fc.emailAddress(),
  );
  const table = fc.tuple(
    fc.shuffledSubarray(['name', 'email', 'phone', 'language', 'zone', 'other'], { minLength: 1 }),
    fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 12 }),
    fc.constantFrom(',', ';', '\t'),
    fc.constantFrom('\n', '\r\n'),
  );
  property.prop([
    fc.oneof(
      fc.string(),
      table.map(([heading, rows, between, end]) => [heading, ...rows].map((row) => row.join(between)).join(end)),
    ),
  ])('never throws, takes no address that is none, and its figures add up', (text) => {
    const list = readList(text);
    if (isRefusal(list)) return;
    for (const { place } of list.members) expect(isAddress(place.slice('email/address/'.length))).toBe(true);
    expect(new Set(list.members.map(({ place }) => place)).size).toBe(list.members.length);
    expect(list.members.length + list.wrong.length + list.duplicates.length).toBe(list.rows);
  });
});
