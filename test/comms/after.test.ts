import { describe, expect, test } from 'vitest';
import { card } from '../../src/chat/card.ts';
import { liveCards, mayStillSend, whatFollows } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { anOrg, BANK, controlsOf, majorProblem, Stage, textOf } from './stage.ts';

/** A major problem whose customers got their first update by Cora. */
function released() {
  const stage = majorProblem();
  stage.does('olga', { type: 'draft', line: 'customers', text: 'We are looking into it.' });
  const line = stage.line('customers');
  const update = line.update?.id ?? '';
  stage.does('cora', { type: 'release', update, seen: line.update ? draftHash(line, line.update).slice(0, HASH_ON_BUTTON) : '' });
  stage.leave();
  stage.heard();
  stage.asks.length = 0;
  return { stage, update };
}

describe('a released update', () => {
  test('may be sent while those who released it still may', () => {
    const { stage, update } = released();
    expect(mayStillSend(stage.view(), update, BANK)).toBeUndefined();
  });

  test('is stopped when its releaser lost the role, or is no longer active', () => {
    const { stage, update } = released();
    const without = anOrg({ ...BANK.roles, communications: ['carl'] });
    expect(mayStillSend(stage.view(), update, without)).toBe('releaser-lost-right');
    expect(mayStillSend(stage.view(), update, BANK, (person) => person !== 'cora')).toBe('releaser-lost-right');
  });

  test('is stopped when it was withdrawn, when it never was, and when there is no plan', () => {
    const { stage, update } = released();
    expect(mayStillSend(stage.view(), 'PRB-1.99', BANK)).toBe('withdrawn');
    stage.does('bellman', { type: 'stopped', update, why: 'releaser-lost-right' });
    expect(mayStillSend(stage.view(), update, BANK)).toBe('withdrawn');
    expect(mayStillSend(new Stage().view(), update, BANK)).toBe('no-plan');
  });

  test('that is stopped is taken back everywhere, and its owner and releaser are told once', () => {
    const { stage, update } = released();
    const command = { type: 'stopped', update, why: 'releaser-lost-right' } as const;
    stage.does('bellman', command);
    expect(stage.does('bellman', command)).toEqual([]);
    expect(stage.asks).toContainEqual({ ask: 'unsay', update });
    expect(textOf(stage.to('olga')[0])).toContain('who released it no longer may');
    expect(stage.to('cora')).toHaveLength(1);
  });

  test('that a place refuses is told to the owner with the reason', () => {
    const { stage, update } = released();
    stage.does('bellman', {
      type: 'undelivered',
      update,
      place: 'console/channel/customers',
      unsure: false,
      why: 'it is archived',
    });
    const told = textOf(stage.to('olga')[0]);
    expect(told).toContain('<console/channel/customers>: it is archived. Nobody got it instead.');
    // They can tell them by another way.
    expect(told).toContain('To pass on: We are looking into it.');
  });

  test('that goes somewhere else instead is told so, without the text', () => {
    const { stage, update } = released();
    const place = 'slack/person/U1';
    stage.does('bellman', { type: 'undelivered', update, place, unsure: false, why: 'closed', instead: 'slack/person/U2' });
    const told = textOf(stage.to('olga')[0]);
    expect(told).toContain('<slack/person/U1>: closed. It went to <slack/person/U2> instead.');
    expect(told).not.toContain('To pass on');
  });

  test('that a place does not take for minutes is told to the owner, once for the update', () => {
    const { stage, update } = released();
    for (const place of ['email/address/a@x.example', 'email/address/b@x.example'])
      stage.does('bellman', { type: 'undelivered', update, place, unsure: false, held: true, why: 'The mail server: busy' });
    expect(stage.to('olga')).toHaveLength(1);
    expect(textOf(stage.to('olga')[0])).toContain('does not take it at the moment: The mail server: busy.');
  });

  test('that many places refuse stands on one card, which counts them', () => {
    const { stage, update } = released();
    for (let at = 0; at < 30; at += 1)
      stage.does('bellman', { type: 'undelivered', update, place: `email/address/a${at}@x.example`, unsure: false, why: 'gone' });
    expect(stage.to('olga')).toHaveLength(1);
    const card = liveCards.missed?.(stage.view(), stage.now, update);
    expect(card?.title).toContain('30 places: ');
    expect(textOf(card)).toContain('and 20 more');
  });
});

describe('an update of which nobody can tell whether it arrived', () => {
  const unsure = () => {
    const { stage, update } = released();
    for (const place of ['email/address/a@x.example', 'email/address/b@x.example']) {
      stage.does('bellman', { type: 'undelivered', update, place, unsure: true, why: 'cut off' });
    }
    return { stage, update };
  };

  test('gets one card for all its places, with the decision', () => {
    const { stage, update } = unsure();
    expect(stage.to('olga')).toHaveLength(1);
    const card = liveCards.unsure?.(stage.view(), stage.now, update);
    expect(card?.title).toContain('2 unsure');
    expect(controlsOf(card).map(({ label }) => label)).toEqual(['Send again', 'Leave']);
  });

  test('is decided once, by the owner or whoever released it', () => {
    const { stage, update } = unsure();
    const command = { type: 'settle', update, again: true } as const;
    const refused = stage.tries('rita', 'plan', command);
    expect(isRefusal(refused) && refused.refused).toBe('not-your-plan');
    stage.does('olga', command);
    const again = stage.tries('cora', 'plan', command);
    expect(isRefusal(again) && again.refused).toBe('nothing-unsure');
    expect(controlsOf(liveCards.unsure?.(stage.view(), stage.now, update))).toEqual([]);
  });
});

describe('a direct message that does not arrive', () => {
  test('becomes a call in the channel without its text, and the owner knows; once for each person', () => {
    const { stage } = released();
    const command = { type: 'undelivered', place: 'slack/person/U1', unsure: false, why: 'closed' } as const;
    stage.does('bellman', command);
    expect(stage.does('bellman', command)).toEqual([]);
    expect(textOf(stage.at('console/channel/ops')[0])).toContain('<slack/person/U1> cannot be reached directly');
    expect(stage.to('olga')).toHaveLength(1);
  });

  test('calls the person as such where it is known who it is, so that every platform tells them', () => {
    const { stage } = released();
    stage.does('bellman', { type: 'undelivered', place: 'slack/person/U1', person: 'cora', unsure: false, why: 'closed' });
    expect(textOf(stage.at('console/channel/ops')[0])).toContain('@cora cannot be reached directly');
  });
});

describe('what follows from a delivery', () => {
  const ended = { record: 'PRB-1', place: 'slack/channel/C1', update: 'PRB-1.1' };
  const commands = (...given: Parameters<typeof whatFollows>) =>
    whatFollows(...given).flatMap((follow) => (follow.do === 'command' ? [[follow.record, follow.command.type]] : []));

  test('is nothing when it was sent', () => {
    expect(whatFollows(ended, { is: 'sent' })).toEqual([]);
  });

  test('is that the plan knows when it was stopped, refused or is unsure, and the admins of a failure', () => {
    expect(commands(ended, { is: 'cancelled', why: 'withdrawn' })).toEqual([['PRB-1', 'stopped']]);
    expect(commands(ended, { is: 'failed', why: 'archived' })).toEqual([
      ['PRB-1', 'undelivered'],
      ['ORG-1', 'raise-alarm'],
    ]);
    expect(commands(ended, { is: 'unsure', why: 'cut off' })[0]).toEqual(['PRB-1', 'undelivered']);
  });

  test('of an update that did not reach somebody is that it goes elsewhere, under the same authority', () => {
    const content = card('Update 1');
    const instead = { place: 'slack/person/U2', content, urgency: 2 };
    const follows = whatFollows({ ...ended, instead }, { is: 'failed', why: 'closed' });
    expect(follows).toContainEqual({ do: 'say', record: 'PRB-1', to: 'slack/person/U2', content, urgency: 2, update: 'PRB-1.1' });
    expect(follows).toContainEqual(
      expect.objectContaining({ command: expect.objectContaining({ type: 'undelivered', instead: 'slack/person/U2' }) }),
    );
    expect(whatFollows({ ...ended, instead }, { is: 'unsure', why: 'cut off' }).filter(({ do: does }) => does === 'say')).toEqual(
      [],
    );
  });

  test('that is held up is told to the plan, and to nobody else', () => {
    expect(commands(ended, { is: 'held up', why: 'busy' })).toEqual([['PRB-1', 'undelivered']]);
    expect(whatFollows({ ...ended, update: null }, { is: 'held up', why: 'busy' })).toEqual([]);
  });

  test('is told to the admins as what it is', () => {
    const alarms = (...given: Parameters<typeof whatFollows>) =>
      whatFollows(...given).flatMap((follow) =>
        follow.do === 'command' && 'alarm' in follow.command ? [follow.command.alarm] : [],
      );
    expect(alarms(ended, { is: 'failed', why: 'archived' })).toEqual(['delivery-failed']);
    expect(alarms(ended, { is: 'unsure', why: 'cut off' })).toEqual(['delivery-unsure']);
    expect(alarms(ended, { is: 'twins removed', count: 1 })).toEqual(['janitor-removed-twins']);
    // Of ten thousand addresses hundreds may be gone: the owner has them on one card.
    const outside = { ...ended, place: 'email/address/eva@customer.example' };
    expect(alarms(outside, { is: 'failed', why: 'gone' })).toEqual([]);
    expect(commands(outside, { is: 'failed', why: 'gone' })).toEqual([['PRB-1', 'undelivered']]);
  });

  test('of a closed direct message is that the record’s plan knows, where it can have one', () => {
    const direct = { record: 'PRB-1', place: 'slack/person/U1', update: null };
    expect(commands(direct, { is: 'failed', why: 'closed' })[0]).toEqual(['PRB-1', 'undelivered']);
    expect(commands({ ...direct, record: 'REV-1' }, { is: 'failed', why: 'closed' })).toEqual([['ORG-1', 'raise-alarm']]);
  });
});

test('a command about delivery changes nothing where there is no plan', () => {
  const stage = new Stage();
  expect(stage.does('bellman', { type: 'stopped', update: 'PRB-1.1', why: 'x' })).toEqual([]);
  expect(stage.does('bellman', { type: 'undelivered', place: 'slack/person/U1', unsure: false, why: 'x' })).toEqual([]);
});

test('what follows from a delivery of a private record names neither it nor anybody to the admins', () => {
  const direct = { record: 'PRB-1', place: 'slack/person/U1', update: null, hidden: true };
  const all = whatFollows(direct, { is: 'failed', why: 'closed' });
  const alarm = all.find((follow) => follow.do === 'command' && follow.record === 'ORG-1');
  expect(JSON.stringify(alarm)).toContain('a private record');
  expect(JSON.stringify(alarm)).not.toMatch(/PRB-1|U1|closed/u);
});
