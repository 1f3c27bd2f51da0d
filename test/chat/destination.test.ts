import { describe, expect, test } from 'vitest';
import { type DestinationLookup, destination, readBy } from '../../src/chat/destination.ts';
import { placeOf } from '../../src/chat/port.ts';
import { callAt, chatLabel, typedPlace, wayLabel } from '../../src/chat/ways.ts';
import { refuse } from '../../src/core/refusal.ts';

const lookup: DestinationLookup = {
  platform: 'discord',
  person: async (said) => ({ kate: 'p7', '9': 'p7', p7: 'p7' })[said],
  channel: async (said) => (said === 'ops' || said === '3001' ? 'discord/channel/3001' : undefined),
  group: async (said) => (said === 'duty' ? 'discord/group/77' : undefined),
  direct: async () => 'discord/person/9',
  checkPlace: async (place) => (place === 'discord/thread/closed' ? refuse('place-closed') : undefined),
};

describe('a destination', () => {
  test.each([
    ['#ops', 'discord/channel/3001'],
    ['ops', 'discord/channel/3001'],
    ['<#3001>', 'discord/channel/3001'],
    ['@kate', 'discord/person/9'],
    ['<@9|kate>', 'discord/person/9'],
    ['Kate@Bank.example', 'email/address/kate@bank.example'],
    ['<mailto:kate@bank.example|kate@bank.example>', 'email/address/kate@bank.example'],
    ['https://hooks.example.org/in?key=a:b/c', 'webhook/address/https://hooks.example.org/in?key=a:b/c'],
    ['<https://hooks.example.org/in|hooks.example.org/in>', 'webhook/address/https://hooks.example.org/in'],
    ['status', 'status/channel/main'],
    ['press', 'press/channel/main'],
    ['call:+49301234:@kate', 'call/address/+49301234;p7'],
    ['tel:+49(30)12-34:<@9>', 'call/address/+49301234;p7'],
    ['thread:#ops', 'discord/thread/3001'],
    ['group:@duty', 'discord/group/77'],
    ['list:Customers', 'list/audience/customers'],
    ['slack/channel/C1', 'slack/channel/C1'],
  ])('%s is the place %s', async (said, place) => {
    expect(await destination(said, lookup)).toBe(place);
  });

  test.each([
    ['nowhere', 'wrong-place'],
    ['#nowhere', 'unknown-channel'],
    ['@nobody', 'unknown-someone'],
    ['call:+49301234', 'wrong-call'],
    ['call:ring me:@kate', 'wrong-call'],
    ['call:+49301234:@nobody', 'unknown-someone'],
    ['thread:#nowhere', 'unknown-channel'],
    ['group:@nobodies', 'unknown-group'],
    ['list:a/b', 'wrong-list'],
    ['https://', 'wrong-place'],
    ['discord/thread/closed', 'place-closed'],
  ])('%s is refused as %s', async (said, refused) => {
    expect(await destination(said, lookup)).toMatchObject({ refused });
  });

  test('is read by the mechanism of the line where it does not say itself what it is', async () => {
    const read = (mechanism: string, said: string) => destination(readBy(mechanism, said), lookup);
    expect(await read('thread', '#ops')).toBe('discord/thread/3001');
    expect(await read('user-group', 'duty')).toBe('discord/group/77');
    expect(await read('User group', '@duty')).toBe('discord/group/77');
    expect(await read('call', '+49301234:@kate')).toBe('call/address/+49301234;p7');
    expect(await read('Direct message', 'kate')).toBe('discord/person/9');
    expect(await read('channel', 'ops')).toBe('discord/channel/3001');
    expect(await read('as-destination', '#ops')).toBe('discord/channel/3001');
    expect(await read('thread', 'kate@bank.example')).toBe('email/address/kate@bank.example');
    expect(await read('thread', 'status')).toBe('status/channel/main');
  });
});

test('a call is found in its place, and nothing else is', () => {
  expect(callAt('call/address/+49301234;p7')).toEqual({ number: '+49301234', person: 'p7' });
  expect(callAt('email/address/kate@bank.example')).toBeUndefined();
});

test('every place has a name that people read', () => {
  const names = () => ({ name: 'Kate' });
  const label = (place: string) => wayLabel(place, names) ?? chatLabel(place);
  expect(label('call/address/+49301234;p7')).toBe('a call to +49301234 by Kate');
  expect(label('status/channel/main')).toBe('the status page');
  expect(label('press/channel/main')).toBe('the press page');
  expect(label('list/audience/customers')).toBe('the list customers');
  expect(label('webhook/address/https://hooks.example.org/secret')).toBe('the webhook at hooks.example.org');
  expect(label('email/address/kate@bank.example')).toBe('kate@bank.example');
  expect(label('discord/thread/3001')).toBe('a thread in #3001');
});

test('a place that is shown in a form is understood again as it is shown', async () => {
  for (const [kind, id] of [
    ['channel', '3001'],
    ['thread', '3001'],
    ['person', '9'],
  ] as const) {
    const place = placeOf({ platform: 'discord', kind, id });
    expect(await destination(typedPlace(place, 'discord'), lookup)).toBe(place);
    expect(typedPlace(place, 'slack')).toBe(place);
  }
  for (const place of [
    'call/address/+49301234;p7',
    'status/channel/main',
    'press/channel/main',
    'list/audience/vip',
    'email/address/a@b.example',
  ])
    expect(await destination(typedPlace(place, 'slack'), lookup)).toBe(place);
});
