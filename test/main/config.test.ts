import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, entries, readConfig } from '../../src/config.ts';

describe('the configuration', () => {
  test('needs nothing: then the console is on and everything else is off', () => {
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: '.bellman',
      BELLMAN_ROLE: 'all',
      consoleAt: 'here',
      auditFile: '.bellman/audit.log',
      auditKeyFile: '.bellman/audit-key.pem',
    });
  });

  test('takes an empty value for one that is not set', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: ' ' })).toMatchObject({ PORT: 3000 });
  });

  test('names the first admins by platform and user', () => {
    expect(readConfig({ BELLMAN_ADMINS: 'slack:U1, discord:2' }).BELLMAN_ADMINS).toEqual([
      { platform: 'slack', user: 'U1' },
      { platform: 'discord', user: '2' },
    ]);
  });

  const wrong: readonly (readonly [what: string, environment: Record<string, string>, named: RegExp])[] = [
    ['a port that is none', { PORT: '99999' }, /^PORT /],
    ['a database that is not Postgres', { DATABASE_URL: 'mysql://x/y' }, /^DATABASE_URL /],
    ['a role that does not exist', { BELLMAN_ROLE: 'boss', DATABASE_URL: 'postgres://x/y' }, /^BELLMAN_ROLE /],
    ['a role of its own without a database that others can reach', { BELLMAN_ROLE: 'bot' }, /^DATABASE_URL is missing/],
    ['a Slack token without a secret', { SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_SIGNING_SECRET is missing/],
    ['a Slack secret without a token', { SLACK_SIGNING_SECRET: 's' }, /^SLACK_BOT_TOKEN is missing/],
    ['a Slack token of another kind', { SLACK_BOT_TOKEN: 'xoxp-1' }, /^SLACK_BOT_TOKEN /],
    ['a Discord token without an application', { DISCORD_TOKEN: 't' }, /^DISCORD_APPLICATION_ID is missing/],
    ['a mail server without a sender', { SMTP_URL: 'smtp://127.0.0.1' }, /^MAIL_FROM is missing/],
    ['admins without a platform', { BELLMAN_ADMINS: 'anna' }, /^BELLMAN_ADMINS /],
    ['a hold that is neither true nor false', { BELLMAN_HOLD: 'maybe' }, /^BELLMAN_HOLD /],
  ];
  test.each(wrong)('refuses %s in one line that names it', (_what, environment, named) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(named);
    try {
      readConfig(environment);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  test('puts the console on a port of its own beside Slack, and nowhere unless it is asked for', () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
    expect(readConfig(slack).consoleAt).toBe('nowhere');
    expect(readConfig({ ...slack, BELLMAN_CONSOLE: 'local' }).consoleAt).toBe('own port');
    expect(readConfig({ PUBLIC_URL: 'https://bellman.example' }).consoleAt).toBe('nowhere');
    expect(readConfig({ BELLMAN_CONSOLE: 'off' }).consoleAt).toBe('nowhere');
  });

  test('is explained in the README, name by name', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    expect(Object.keys(entries).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
