import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isAutomatic, ownWords } from '../../src/comms/mail-text.ts';

describe('what somebody wrote themselves', () => {
  test.each([
    ['', ''],
    ['Is it safe?\r\n\r\nKim', 'Is it safe?\n\nKim'],
    ['Is it safe?\n\nOn Fri, 15 Jan 2027 at 09:00, Bellman <bell@bank.example> wrote:\n> Payments are slow.', 'Is it safe?'],
    ['Is it safe?\n\nOn Fri, 15 Jan 2027 at 09:00, Bellman\n<bell@bank.example> wrote:\n\n> Payments are slow.', 'Is it safe?'],
    ['Sicher?\n\nAm 15.01.2027 um 09:00 schrieb Bellman:\n> Langsam.', 'Sicher?'],
    ['Safe?\n-----Original Message-----\nFrom: x', 'Safe?'],
    ['Safe?\n\nFrom: Bellman <bell@bank.example>\nSent: Friday\n\nPayments are slow.', 'Safe?'],
    ['Safe?\n-- \nKim, director', 'Safe?'],
    ['> only quoted', ''],
    ['On Friday it was slow. Is it still?', 'On Friday it was slow. Is it still?'],
  ])('%j is %j', (mail, own) => {
    expect(ownWords(mail)).toBe(own);
  });

  property.prop([fc.string({ maxLength: 5000, unit: 'binary' })])(
    'is never longer than a question may be, and never half a character',
    (text) => {
      expect([...ownWords(text)].length).toBeLessThanOrEqual(1000);
    },
  );

  test('is found at once in a mail that is all of one kind', () => {
    for (const piece of ['On ', '>', '-', 'From: ', '\n\n\n', 'a'])
      expect(ownWords(piece.repeat(400_000)).length).toBeLessThanOrEqual(1000);
  });
});

describe('a mail that a machine wrote', () => {
  const from = 'kim@customer.example';
  test.each([
    { from, headers: { 'auto-submitted': 'auto-replied' } },
    { from, headers: { precedence: 'bulk' } },
    { from, headers: { 'return-path': '<>' } },
    { from, headers: { 'list-id': '<all.customer.example>' } },
    { from: 'MAILER-DAEMON@mx.example' },
    { from: 'no-reply@shop.example' },
    { from, subject: 'Automatic reply: Update 3' },
    { from, subject: 'Out of office' },
  ])('is no question: %j', (mail) => {
    expect(isAutomatic(mail)).toBe(true);
  });

  test.each([
    { from },
    { from, subject: 'Re: Update 3', headers: { 'auto-submitted': 'no' } },
    { from: 'noreen@customer.example' },
  ])('is not every mail: %j', (mail) => {
    expect(isAutomatic(mail)).toBe(false);
  });
});
