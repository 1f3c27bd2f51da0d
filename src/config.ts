/** The environment as typed configuration. One entry holds a name, its meaning, its schema and its default. */
import { join } from 'node:path';
import { z } from 'zod';

const text = z.string().trim().min(1);
const port = z.coerce.number().int().min(0).max(65_535);
const address = z.url({ protocol: /^https?$/u }).transform((url) => url.replace(/\/$/u, ''));
const flag = z.enum(['true', 'false']).transform((said) => said === 'true');

interface Entry<S extends z.ZodType> {
  readonly meaning: string;
  readonly schema: S;
}

const entry = <S extends z.ZodType>(meaning: string, schema: S): Entry<S> => ({ meaning, schema });

export const entries = {
  HOST: entry('the address to listen on', text.default('127.0.0.1')),
  PORT: entry('the port to listen on', port.default(3000)),
  PUBLIC_URL: entry('how others reach this address, for links', address.optional()),
  DATABASE_URL: entry(
    'Postgres; without it Bellman runs its own in DATA_DIR',
    z.url({ protocol: /^postgres(ql)?$/u }).optional(),
  ),
  REDIS_URL: entry('Redis for the job queue; without it the queue is in Postgres', z.url({ protocol: /^rediss?$/u }).optional()),
  DATA_DIR: entry('where Bellman keeps its own files', text.default('.bellman')),
  SLACK_BOT_TOKEN: entry("the Slack app's bot token", text.startsWith('xoxb-').optional()),
  SLACK_SIGNING_SECRET: entry("the Slack app's signing secret", text.optional()),
  SLACK_APP_TOKEN: entry('the Slack app-level token: Socket Mode, no public address needed', text.startsWith('xapp-').optional()),
  SLACK_API_URL: entry("Slack's Web API, if not the usual one", address.optional()),
  DISCORD_TOKEN: entry("the Discord bot's token", text.optional()),
  DISCORD_APPLICATION_ID: entry("the Discord application's id", text.optional()),
  DISCORD_GUILD_ID: entry('the Discord server in which commands are registered', text.optional()),
  DISCORD_API_URL: entry("Discord's REST API, if not the usual one", address.optional()),
  SMTP_URL: entry('the mail server, for example smtp://user:password@host:587', z.url({ protocol: /^smtps?$/u }).optional()),
  MAIL_FROM: entry('the sender of e-mail', text.optional()),
  WEBHOOK_SECRET: entry(
    'signs the webhooks that Bellman sends (docs/webhooks.md); without it none is sent',
    text.min(16, 'expected at least 16 characters').optional(),
  ),
  WEBHOOK_PRIVATE: entry('allow: webhooks may go to private addresses and plain http too', z.enum(['allow']).optional()),
  MAIL_REPLY_TO: entry('the address for replies to updates, if not that of MAIL_FROM', z.email().optional()),
  MAIL_HOOK_SECRET: entry(
    'signs replies and bounces that a mail server hands in at /hooks/mail (docs/mail.md)',
    text.min(16, 'expected at least 16 characters').optional(),
  ),
  BELLMAN_ADMINS: entry(
    'the first admins: slack:U1,discord:2,console:admin',
    text
      .regex(/^[a-z]+:[^\s:,]+(\s*,\s*[a-z]+:[^\s:,]+)*$/u, 'expected like slack:U1,discord:2')
      .transform((said) =>
        said.split(',').map((one) => {
          const [platform = '', user = ''] = one.trim().split(':');
          return { platform, user };
        }),
      )
      .optional(),
  ),
  BELLMAN_CONSOLE: entry('the console for trying: local or off', z.enum(['local', 'off']).optional()),
  CONSOLE_PORT: entry('the port of the console when Slack, Discord or a public address is set too', port.default(3001)),
  HEARTBEAT_URL: entry('called every minute while everything works', address.optional()),
  BELLMAN_ROLE: entry('bot, worker or all', z.enum(['bot', 'worker', 'all']).default('all')),
  BELLMAN_HOLD: entry('true: start silent, send nothing', flag.default(false)),
  AUDIT_KEY_FILE: entry('the key that signs checkpoints; made at the first start', text.optional()),
  AUDIT_FILE: entry('where checkpoints are written besides the database', text.optional()),
  LOG_LEVEL: entry(
    'fatal, error, warn, info, debug or silent',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ),
} as const;

type Entries = typeof entries;
type Values = { readonly [K in keyof Entries]: z.output<Entries[K]['schema']> };

export interface Config extends Values {
  /** Where the console is served: with everything else, on a port of its own, or not at all. */
  readonly consoleAt: 'here' | 'own port' | 'nowhere';
  /** AUDIT_FILE and AUDIT_KEY_FILE, in DATA_DIR unless they are set. */
  readonly auditFile: string;
  readonly auditKeyFile: string;
}

/** A value of the environment that is missing or wrong; its message is one line that names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The configuration in an environment. Empty values count as not set. Throws `ConfigError` on the first that is missing or wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, unknown> = {};
  for (const [name, { meaning, schema }] of Object.entries(entries)) {
    const said = environment[name]?.trim();
    const parsed = schema.safeParse(said === '' ? undefined : said);
    if (!parsed.success)
      throw new ConfigError(`${name} (${meaning}) is not right: ${parsed.error.issues[0]?.message ?? 'not understood'}`);
    values[name] = parsed.data;
  }
  // Each value was made by the schema of its own entry.
  const config = values as unknown as Values;
  const needs = (name: keyof Values, because: string) => {
    if (config[name] === undefined)
      throw new ConfigError(`${name} is missing: ${entries[name].meaning}, needed because ${because}`);
  };
  if (config.SLACK_BOT_TOKEN) {
    if (!config.SLACK_APP_TOKEN) needs('SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN is set and SLACK_APP_TOKEN is not');
  } else if (config.SLACK_SIGNING_SECRET ?? config.SLACK_APP_TOKEN) needs('SLACK_BOT_TOKEN', 'another SLACK_ value is set');
  if (config.DISCORD_TOKEN) needs('DISCORD_APPLICATION_ID', 'DISCORD_TOKEN is set');
  if (config.SMTP_URL) needs('MAIL_FROM', 'SMTP_URL is set');
  if (config.BELLMAN_ROLE !== 'all') needs('DATABASE_URL', `BELLMAN_ROLE is ${config.BELLMAN_ROLE}`);
  const connected = Boolean(config.SLACK_BOT_TOKEN ?? config.DISCORD_TOKEN ?? config.PUBLIC_URL);
  const wanted = config.BELLMAN_CONSOLE ?? (connected ? 'off' : 'local');
  return {
    ...config,
    consoleAt: wanted === 'off' ? 'nowhere' : connected ? 'own port' : 'here',
    auditFile: config.AUDIT_FILE ?? join(config.DATA_DIR, 'audit.log'),
    auditKeyFile: config.AUDIT_KEY_FILE ?? join(config.DATA_DIR, 'audit-key.pem'),
  };
}
