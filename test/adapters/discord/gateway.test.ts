import { afterEach, describe, expect, test } from 'vitest';
import type { DiscordParts } from '../../../adapters/discord/index.ts';
import { card } from '../../../src/chat/card.ts';
import type { Dispatch } from '../../../src/chat/port.ts';
import { command, privately, registry } from '../../../src/chat/registry.ts';
import type { FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { ANNA, adapterFor, leaseOf, serverOf, WAIT } from './setup.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const ping = (help = 'Say whether it is there.') =>
  registry([command({ name: 'ping', help, args: {}, run: async () => privately(card('x')) })]);

async function server(): Promise<FakeDiscord> {
  const fake = await serverOf();
  ends.push(() => fake.close());
  return fake;
}

/** A process that answers with its name. */
function processOf(fake: FakeDiscord, name: string, lease: DiscordParts['lease'], more: Partial<DiscordParts> = {}) {
  const heard: string[] = [];
  const made = adapterFor(
    fake,
    { registry: ping(), names: async () => (person) => ({ name: person }) },
    { lease, leaseEvery: 20, ...more },
  );
  const dispatch: Dispatch = async (intent) => {
    heard.push(intent.key);
    return privately(card(`This is ${name}`));
  };
  return {
    ...made,
    heard,
    start: async () => {
      ends.push(() => made.platform.stop());
      await made.platform.start(dispatch);
    },
  };
}

const asked = async (fake: FakeDiscord) => (await fake.command(ANNA.user, 'ping').answered(WAIT)).replyText;
const REGISTER = 'PUT /applications/**';

describe('the gateway', () => {
  test('is held by one process; another takes over when the lease is free', async () => {
    const fake = await server();
    const shared = { holder: undefined };
    const one = processOf(fake, 'one', leaseOf(shared, 'one'));
    const two = processOf(fake, 'two', leaseOf(shared, 'two'));
    await one.start();
    await two.start();
    await fake.gateway.connected(WAIT);
    expect(await asked(fake)).toContain('This is one');
    expect(two.heard).toEqual([]);
    await one.platform.stop();
    await fake.gateway.connected(WAIT);
    expect(await asked(fake)).toContain('This is two');
    expect(one.heard).toHaveLength(1);
  });

  test('is left when the lease was lost', async () => {
    const fake = await server();
    const lease = { holder: undefined as string | undefined };
    const one = processOf(fake, 'one', leaseOf(lease, 'one'));
    await one.start();
    await fake.gateway.connected(WAIT);
    lease.holder = 'somebody else';
    await fake.until(
      () => (fake.gateway.sessions.every(({ connected }) => !connected) ? true : undefined),
      WAIT,
      'the end of the session',
    );
    lease.holder = undefined;
    await fake.gateway.connected(WAIT);
    expect(await asked(fake)).toContain('This is one');
  });

  test('is kept while the keeper of leases is away for a moment', async () => {
    const fake = await server();
    let away = false;
    let looks = 0;
    const lease = {
      acquire: async () => {
        looks += 1;
        if (away) throw new Error('Postgres is away');
        return true;
      },
      release: async () => undefined,
    };
    const one = processOf(fake, 'one', lease);
    await one.start();
    await fake.gateway.connected(WAIT);
    away = true;
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before + 2);
    expect(await asked(fake)).toContain('This is one');
  });

  test('that drops is resumed, and what was said meanwhile is answered', async () => {
    const fake = await server();
    const one = processOf(fake, 'one', leaseOf({ holder: undefined }, 'one'));
    await one.start();
    await fake.gateway.connected(WAIT);
    expect(await asked(fake)).toContain('This is one');
    fake.gateway.drop();
    const meanwhile = fake.command(ANNA.user, 'ping');
    await fake.gateway.resumed(WAIT);
    expect((await meanwhile.answered(WAIT)).replyText).toContain('This is one');
    expect(one.heard).toHaveLength(2);
  });

  test('that Discord closes for good is tried again later, and told to the log', async () => {
    const fake = await server();
    const one = processOf(fake, 'one', leaseOf({ holder: undefined }, 'one'));
    await one.start();
    await fake.gateway.connected(WAIT);
    await asked(fake);
    fake.gateway.closeWith(4014, 'Disallowed intent(s).');
    await expect
      .poll(() => one.logged)
      .toContainEqual({ facts: { code: 4014 }, message: 'Discord: this process cannot listen; it tries again' });
  });

  test('that stops lets what is being answered finish', async () => {
    const fake = await server();
    const gate = Promise.withResolvers<void>();
    const { platform } = adapterFor(fake, { registry: ping(), names: async () => (person) => ({ name: person }) });
    const begun = Promise.withResolvers<void>();
    await platform.start(async () => {
      begun.resolve();
      await gate.promise;
      return privately(card('Done in time'));
    });
    await fake.gateway.connected(WAIT);
    const said = fake.command(ANNA.user, 'ping');
    await begun.promise;
    const stopped = platform.stop();
    gate.resolve();
    await stopped;
    expect(said.replyText).toContain('Done in time');
  });
});

describe('the start', () => {
  test('registers the commands once, and again when they change', async () => {
    const fake = await server();
    const puts = () => fake.calls.filter(({ method }) => method === 'PUT').length;
    const lease = { acquire: async () => false, release: async () => undefined };
    for (let times = 0; times < 2; times += 1) await processOf(fake, 'one', lease).start();
    expect(fake.commands().map(({ name }) => name)).toEqual(['ping']);
    expect(puts()).toBe(1);
    await processOf(fake, 'two', lease, { registry: ping('Say something else.') }).start();
    expect(puts()).toBe(2);
    await processOf(fake, 'three', lease, { guildId: fake.guildId }).start();
    expect(puts()).toBe(3);
  });

  test.each([
    [{ token: 'wrong' }, /^DISCORD_TOKEN is not right/u],
    [{ applicationId: '123' }, /^DISCORD_APPLICATION_ID is not right/u],
    [{ guildId: '123' }, /^DISCORD_GUILD_ID or DISCORD_APPLICATION_ID is not right/u],
  ])('with %o says in one line what is wrong', async (wrong, line) => {
    const fake = await server();
    const one = processOf(fake, 'one', leaseOf({ holder: undefined }, 'one'), wrong);
    await expect(one.start()).rejects.toThrow(line);
  });

  test('while Discord is away goes on by itself when it is back', async () => {
    const fake = await server();
    fake.fail('GET /applications/**', '500-before', { times: 2 });
    fake.fail('GET /gateway/bot', '500-before', { times: 2 });
    const one = processOf(fake, 'one', leaseOf({ holder: undefined }, 'one'));
    await one.start();
    await fake.gateway.connected(WAIT);
    await fake.waitForCall(REGISTER, WAIT);
    expect(await asked(fake)).toContain('This is one');
  });
});
