import { describe, expect, test } from 'vitest';
import { contacts } from '../../src/comms/contacts.ts';
import { liveCards } from '../../src/comms/index.ts';
import { draftHash, HASH_ON_BUTTON } from '../../src/comms/line.ts';
import { reachFigures, reachOf } from '../../src/comms/reach.ts';
import type { AudienceList, Org } from '../../src/core/record.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { BANK, majorProblem, type Stage, textOf } from './stage.ts';

const lists = { customers: { mark: 'csv  4', people: 214 }, vips: { mark: 'role admin 0', people: 0 } };
const reach = (...places: string[]) => reachFigures(reachOf({ audience: 'customers', places }, { lists }, contacts.initial));

describe('the reach of a line', () => {
  test('counts what people count: channels, people, calls', () => {
    expect(
      reach(
        'slack/channel/C1',
        'discord/thread/T1',
        'console/channel/ops',
        'list/audience/customers',
        'call/address/+4930123;p7',
      ),
    ).toBe('3 channels, 214 people, 1 call');
  });
  test('counts one by one', () => {
    expect(reach('slack/person/U1')).toBe('1 person');
    expect(
      reach(
        'email/address/a@b.example',
        'slack/person/U1',
        'slack/group/S1',
        'webhook/address/https://x.example/',
        'status/channel/main',
      ),
    ).toBe('2 people, 1 group, 1 public page, 1 system');
  });
  test('says when it reaches nobody', () => {
    expect(reach()).toBe('nobody');
    expect(reach('list/audience/vips', 'list/audience/none-such')).toBe('nobody');
  });
  test('counts contacts and subscribers of the line, each once', () => {
    const state = {
      contacts: [
        { person: 'kim', kind: 'key', line: 'customers' },
        { person: 'bo', kind: 'key', line: 'press' },
      ],
      subscribers: { customers: ['kim', 'sid'], press: ['sue'] },
    } as const;
    expect(reachOf({ audience: 'customers', places: [] }, { lists }, state).people).toBe(2);
  });
});

const csv = (version: number, count: number): AudienceList => ({ kind: 'csv', of: '', version, count });
const staff: AudienceList = { kind: 'role', of: 'service-desk', version: 0, count: 0 };
/** The bank, where customers are this list and nothing else. */
const bankWith = (list?: AudienceList): Org => ({
  ...BANK,
  audiences: { ...BANK.audiences, customers: { key: 'customers', places: [], releasers: [], ...(list ? { list } : {}) } },
});

const LINE = 'customers';
const button = (stage: Stage) => {
  const line = stage.line(LINE);
  if (!line.update) throw new Error('Nothing is being prepared');
  return { update: line.update.id, seen: draftHash(line, line.update).slice(0, HASH_ON_BUTTON) };
};
const release = (stage: Stage, seen = button(stage)) => stage.tries('cora', 'plan', { type: 'release', ...seen } as never);
const shown = (stage: Stage) => textOf(liveCards.draft?.(stage.view(), stage.now, button(stage).update));
const told = (stage: Stage, update: string) => stage.said.filter((said) => said.update === update).map(({ to }) => to);

/** A major problem whose customers' update waits for its release. */
function drafted(list: AudienceList): Stage {
  const stage = majorProblem(bankWith(list));
  stage.does('olga', { type: 'draft', line: LINE, text: 'Half of the tellers cannot log on.' });
  stage.heard();
  return stage;
}

describe('a line that goes to a list', () => {
  test('begins with it, and tells the version that is in force', () => {
    const stage = drafted(csv(4, 214));
    expect(stage.line(LINE).places).toEqual(['list/audience/customers']);
    expect(shown(stage)).toContain('Reaches: 214 people');
    const { update } = button(stage);
    release(stage);
    stage.leave();
    expect(told(stage, update)).toEqual([{ list: 'customers', version: 4 }]);
  });

  test('is not released to others than were seen: it is shown anew, and pressed again', () => {
    const stage = drafted(csv(4, 214));
    const before = button(stage);
    stage.org = bankWith(csv(5, 300));
    expect(release(stage, before)).toEqual([{ type: 'lists-seen', lists: { customers: { mark: 'csv  5', people: 300 } } }]);
    expect(shown(stage)).toContain('Reaches: 300 people');
    const again = release(stage, before);
    expect(isRefusal(again) && again.refused).toBe('draft-changed');
    release(stage);
    stage.leave();
    expect(told(stage, before.update)).toEqual([{ list: 'customers', version: 5 }]);
  });

  test('is held back when the list changed after the release, before it left', () => {
    const stage = drafted(csv(4, 214));
    const { update } = button(stage);
    release(stage);
    stage.org = bankWith(csv(5, 300));
    stage.leave();
    expect(told(stage, update)).toEqual([]);
    expect(stage.plan.outcomes[update]).toBeUndefined();
  });

  test('of which only the count changed is released as it was seen', () => {
    const stage = drafted(csv(4, 214));
    const { update } = button(stage);
    stage.org = bankWith(csv(4, 213));
    release(stage);
    stage.leave();
    expect(told(stage, update)).toEqual([{ list: 'customers', version: 4 }]);
  });

  test('is not seen anew because Postgres gave it back in another order', () => {
    const stage = drafted(csv(4, 214));
    Object.assign(stage.loaded.states.plan as object, { lists: { customers: { people: 214, mark: 'csv  4' } } });
    expect(stage.does('bellman', { type: 'see-lists' })).toEqual([]);
  });

  test('tells whoever holds the role when it leaves', () => {
    const stage = drafted(staff);
    const { update } = button(stage);
    expect(shown(stage)).toContain('Reaches: 1 person');
    stage.org = { ...stage.org, roles: { ...stage.org.roles, 'service-desk': ['sid', 'sue'] } };
    release(stage);
    stage.leave();
    expect(told(stage, update)).toEqual([{ person: 'sid' }, { person: 'sue' }]);
  });

  test('on which nobody is any more is not released, and its card says so', () => {
    const stage = drafted(csv(4, 214));
    stage.org = bankWith(csv(5, 0));
    const refused = release(stage);
    expect(isRefusal(refused) && refused).toMatchObject({ refused: 'nobody-on-lists', facts: { lists: ['customers'] } });
    stage.does('bellman', { type: 'see-lists' });
    expect(shown(stage)).toContain('Reaches: nobody. Nobody is on the list of customers');
  });
});

describe('contacts and subscribers', () => {
  test('get each update of their line directly, once, and are asked to pass it on', () => {
    const stage = drafted(csv(4, 214));
    stage.does(
      'olga',
      { type: 'add-contact', person: 'bo', kind: 'primary', line: LINE, group: 'Branches' } as never,
      'contacts',
    );
    stage.does('sid', { type: 'subscribe', line: LINE } as never, 'contacts');
    stage.does('olga', { type: 'add-contact', person: 'kim', kind: 'key' } as never, 'contacts');
    expect(shown(stage)).toContain('Reaches: 216 people');
    expect(textOf(stage.to('bo')[0])).toContain('You are a primary contact of PRB-1');
    const { update } = button(stage);
    release(stage);
    stage.leave();
    expect(told(stage, update)).toEqual([{ person: 'bo' }, { person: 'sid' }, { list: 'customers', version: 4 }]);
    const cards = stage.said.filter((said) => said.update === update).map(({ content }) => textOf(content));
    expect(cards.map((card) => card.includes('Please pass this on to: Branches.'))).toEqual([true, false, false]);
  });
});
