/** A private RFC is voted on, and chased, among its own people (S3). */
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/instant.ts';
import { CAB_PLACE, org, submitted, voting, wordsOf, world } from './world.ts';

const TITLE = 'Encrypt the backups';
const privately = (start = org()) => {
  const here = world(start);
  here.by('requester', { type: 'raise', way: 'form', fields: { ...submitted().rfc().fields } });
  here.by('requester', { type: 'classify', class: 'private' });
  here.by('requester', { type: 'submit' });
  return here;
};
const said = (here: ReturnType<typeof world>, to: string) =>
  here.said.filter((one) => one.to === to).map(({ card }) => wordsOf(card));

describe('a private RFC', () => {
  test('is voted on by cards to the electorate, and nothing of it stands in the channel of the board', () => {
    const here = privately();
    here.by('manager', { type: 'agree', revision: 1 });
    for (const member of ['a', 'b', 'c', 'd']) expect(said(here, member).join()).toContain('ballot.approve');
    for (const person of ['a', 'b', 'c']) here.vote(person, 'approve');
    expect(here.rfc().status).toBe('approved');
    expect(said(here, CAB_PLACE)).toEqual([]);
    // The board hears the outcome too, which otherwise stands in its channel.
    expect(said(here, 'd').join()).toContain('Approved');
  });

  test('moves its ballot to the electorate when it becomes private while it is voted on', () => {
    const here = voting();
    expect(said(here, CAB_PLACE).join()).toContain(TITLE);
    here.said.splice(0);
    here.by('manager', { type: 'classify', class: 'confidential' });
    for (const member of ['a', 'b', 'c', 'd']) expect(said(here, member).join()).toContain('ballot.approve');
    expect(said(here, CAB_PLACE)).toEqual([]);
  });

  test('stays in a channel of the board that is guarded as well', () => {
    const here = privately(org({ placeClasses: { [CAB_PLACE]: 'private' } }));
    here.by('manager', { type: 'agree', revision: 1 });
    expect(said(here, CAB_PLACE).join()).toContain(TITLE);
  });

  test('that nobody reviews is told to the admins as no more than that', () => {
    const here = privately();
    here.advance(14 * 24 * HOUR);
    expect(said(here, 'manager').join()).toContain(TITLE);
    const outside = said(here, 'admin');
    expect(outside.length).toBeGreaterThan(0);
    for (const words of outside) {
      expect(words).toContain('A private change waits for somebody');
      expect(words).not.toMatch(/Encrypt|RFC-1/u);
    }
  });
});
