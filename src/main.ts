/** The only file that knows everybody: reads the configuration, wires, starts, stops gracefully. */
import type { Hono } from 'hono';
import { dispatcher } from './chat/dispatch.ts';
import { inTime } from './chat/in-time.ts';
import { tellLate } from './chat/late.ts';
import type { ChatPlatform, Mechanism, Names } from './chat/port.ts';
import type { Registry } from './chat/registry.ts';
import { dispatchStore, loadOrg } from './chat/store.ts';
import { type Config, readConfig } from './config.ts';
import { type Doorbell, silentDoorbell } from './core/doorbell.ts';
import { house } from './core/house.ts';
import type { PersonId } from './core/record.ts';
import { type Transact, type TransactParts, transactor } from './core/transact.ts';
import { connect, type Database } from './db/database.ts';
import { checkInstance } from './db/instance.ts';
import { processLease } from './db/lease.ts';
import { type Opened, openDatabase } from './db/open.ts';
import type { DeliveryParts } from './delivery/index.ts';
import type { Jobs } from './jobs/index.ts';
import { type Logger, logger } from './log.ts';
import { greeting, operatorLine } from './operator-words.ts';
import * as people from './people/index.ts';
import { regularly } from './regular.ts';
import { everything, parts, projections, reactions } from './rooms.ts';
import { serve } from './serve.ts';
import { recordAt } from './timeline/index.ts';
import { mailOptions, ownWays, type PublicParts, publicRoutes, webhookOptions } from './ways.ts';
import { startWork } from './work.ts';

/** A running Bellman. */
export interface Bellman {
  /** Where it listens. */
  readonly url: string;
  /** Where the console is, if it is on. */
  readonly consoleUrl: string | undefined;
  readonly db: Database;
  readonly transact: Transact;
  readonly jobs: Jobs;
  readonly registry: Registry;
  /** Which Postgres is used, for people. */
  readonly what: string;
  /** Why nothing is sent, if so. */
  readonly held: () => string | undefined;
  /** Takes no new work, ends what is under way, closes the database; with its own Postgres, that too. */
  readonly stop: () => Promise<void>;
}

/** For tests that end the process at a step, or must not wait as long as the world does. Nothing else sets these. */
export interface Rehearsal {
  readonly onChangeStep?: TransactParts['onStep'];
  readonly onDeliveryStep?: DeliveryParts['onStep'];
  /** How long deliveries wait for platforms. */
  readonly times?: DeliveryParts['times'];
}

interface Ways {
  readonly platforms: ReadonlyMap<string, ChatPlatform>;
  readonly mechanisms: ReadonlyMap<string, Mechanism>;
  /** What the HTTP server serves for them. */
  readonly mount: (app: Hono) => void;
  readonly consolePage: Hono | undefined;
}

/** What the adapters are told of people. */
interface Known extends Pick<PublicParts, 'base' | 'transact' | 'doorbell' | 'onTrouble'> {
  readonly names: (platform: string) => (people: readonly PersonId[]) => Promise<Names>;
  readonly lastSeen: people.PeopleStore['lastSeen'];
  readonly audiences: () => Promise<readonly string[]>;
}

/** The adapters that are configured; only they are loaded. */
async function connectWays(
  config: Config,
  db: Database,
  known: Registry,
  { names, lastSeen, audiences, ...rest }: Known,
  log: Logger,
): Promise<Ways> {
  const platforms = new Map<string, ChatPlatform>();
  const mechanisms = new Map<string, Mechanism>();
  const mounts: ((app: Hono) => void)[] = [];
  let consolePage: Hono | undefined;
  if (config.SLACK_BOT_TOKEN) {
    const { slack } = await import('../adapters/slack/index.ts');
    const adapter = slack({
      botToken: config.SLACK_BOT_TOKEN,
      signingSecret: config.SLACK_SIGNING_SECRET,
      appToken: config.SLACK_APP_TOKEN,
      apiUrl: config.SLACK_API_URL,
      names: names('slack'),
      lastSeen: (user) => lastSeen('slack', user),
      log,
    });
    platforms.set('slack', adapter);
    mounts.push((app) => app.post('/slack/events', (c) => adapter.handle(c.req.raw)));
  }
  if (config.DISCORD_TOKEN && config.DISCORD_APPLICATION_ID) {
    const { discord } = await import('../adapters/discord/index.ts');
    platforms.set(
      'discord',
      discord({
        token: config.DISCORD_TOKEN,
        applicationId: config.DISCORD_APPLICATION_ID,
        guildId: config.DISCORD_GUILD_ID,
        apiUrl: config.DISCORD_API_URL,
        registry: known,
        names: names('discord'),
        audiences,
        lease: processLease(db, 'discord'),
        log,
      }),
    );
  }
  if (config.consoleAt !== 'nowhere') {
    const [{ consolePlatform }, { consoleStore }] = await Promise.all([
      import('../adapters/console/index.ts'),
      import('./web/console-store.ts'),
    ]);
    const adapter = consolePlatform({ store: consoleStore(db), registry: known, names: names('console'), audiences, log });
    platforms.set('console', adapter);
    consolePage = adapter.routes;
  }
  for (const [name, platform] of platforms) mechanisms.set(name, platform);
  for (const way of ownWays(db, rest.transact)) mechanisms.set(way.platform, way);
  mounts.push((app) => app.route('/', publicRoutes({ config, db, mechanisms, ...rest })));
  const mail = mailOptions(db, config);
  if (mail) mechanisms.set('email', (await import('../adapters/email/index.ts')).email(mail));
  const hooks = webhookOptions(db, config);
  if (hooks) mechanisms.set('webhook', (await import('../adapters/webhook/index.ts')).webhook(hooks));
  return { platforms, mechanisms, mount: (app) => mounts.forEach((one) => void one(app)), consolePage };
}

/** Starts everything that the configuration names. Throws `DataInUse`, or what Postgres or a platform said, when it cannot. */
export async function startBellman(config: Config, log: Logger, rehearsal: Rehearsal = {}): Promise<Bellman> {
  const opened = await openDatabase({ url: config.DATABASE_URL, dataDir: config.DATA_DIR, log: (line) => log.info(line) });
  const endings: (() => Promise<void> | void)[] = [() => opened.stop()];
  const stop = once(async () => {
    for (const end of endings.reverse()) {
      await Promise.resolve()
        .then(end)
        .catch((error) => log.error({ error }, 'A part did not stop as it should'));
    }
  });
  try {
    return await wire(config, log, opened, endings, stop, rehearsal);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Endings = (() => Promise<void> | void)[];

async function wire(
  config: Config,
  log: Logger,
  opened: Opened,
  endings: Endings,
  stop: () => Promise<void>,
  rehearsal: Rehearsal,
): Promise<Bellman> {
  const works = config.BELLMAN_ROLE !== 'bot';
  const talks = config.BELLMAN_ROLE !== 'worker';
  const db = connect(opened.url, { name: `bellman ${config.BELLMAN_ROLE}` });
  endings.push(() => db.close());
  const onTrouble = (what: string, error: unknown) => log.error({ error }, what);

  // The doorbell is made after those who ring it; until then the sweeper finds what is due.
  let doorbell: Doorbell = silentDoorbell;
  const bell: Doorbell = { ring: (which, at) => doorbell.ring(which, at) };
  const transact = transactor({
    db,
    house: house(parts, reactions, projections),
    doorbell: bell,
    onStep: rehearsal.onChangeStep,
  });

  const store = people.peopleStore(db);
  let own: string | undefined;
  const exportsAt = { dataDir: config.DATA_DIR, url: () => config.PUBLIC_URL ?? own };
  const known = everything(store, exportsAt);
  // What is needed because all connections are busy cannot wait for one of them.
  const aside = connect(opened.url, { pool: 2, name: `bellman ${config.BELLMAN_ROLE} aside` });
  endings.push(() => aside.close());
  const told: Known = {
    names: (platform) => (persons) => store.names(platform, persons),
    lastSeen: people.peopleStore(aside).lastSeen,
    base: exportsAt.url,
    transact,
    doorbell: bell,
    onTrouble,
    audiences: async () => people.audiencesOf(await loadOrg(db)),
  };
  const ways = await connectWays(config, db, known, told, log);
  const kept = dispatchStore(aside);
  const dispatch = dispatcher({
    db,
    registry: known,
    transact,
    resolve: people.resolver(store, ways.platforms, ways.mechanisms),
    store: { ...dispatchStore(db), postpone: kept.postpone },
    matters: async (place) => (await recordAt(db, place)) !== undefined,
    sectionsAtOnce: (platform) => ways.platforms.get(platform)?.sectionsAtOnce ?? 1,
    onError: (ref, error, intent) =>
      log.error({ ref, error, kind: intent.kind, platform: intent.from.platform }, 'A request failed'),
  });
  const instance = await checkInstance({
    db,
    dataDir: config.DATA_DIR,
    auditFile: config.auditFile,
    hold: config.BELLMAN_HOLD,
    onChange: (why) =>
      why === undefined ? log.info('It is not held: it may speak') : log.warn(`It is held and sends nothing: ${why}`),
    onTrouble: (error) => log.warn({ error }, 'The mark of this installation could not be written'),
  });
  endings.push(() => instance.stop());
  const late = { dispatch, platforms: ways.platforms, names: store.names };
  const talking = inTime({
    dispatch,
    keep: kept.postpone,
    answered: kept.answered,
    tell: (intent, reply) => tellLate(late, intent, reply),
    onTrouble,
  });
  const { jobs, endings: ends } = await startWork({
    config,
    log,
    db,
    databaseUrl: opened.url,
    transact,
    people: store,
    mechanisms: ways.mechanisms,
    instance,
    doorbell: bell,
    late,
    ...rehearsal,
  });
  doorbell = jobs.doorbell;
  endings.push(...ends);

  let stopping = false;
  const health = {
    db,
    held: instance.held,
    stopping: () => stopping,
    lastSweep: () => jobs.lastSweep()?.sweptAt ?? 0,
    sweeps: works,
  };
  const served = await serve(config, { ...ways, health });
  endings.push(() => served.close());
  own = served.url;
  if (talks) {
    for (const platform of ways.platforms.values()) {
      await platform.start(talking);
      endings.push(() => platform.stop());
    }
  }
  await people.firstAdmins({
    wanted: config.BELLMAN_ADMINS ?? (config.consoleAt === 'here' ? [{ platform: 'console', user: 'admin' }] : []),
    known: () => loadOrg(db),
    platforms: ways.platforms,
    people: store,
    transact,
    onUnknown: (who) => log.warn(`BELLMAN_ADMINS: there is nobody called ${who}`),
  });
  if (works) endings.push(...regularly(config, db, transact, log, health, { platforms: ways.platforms, names: store.names }));
  endings.push(() => {
    stopping = true;
  });
  const { url, consoleUrl } = served;
  return { url, consoleUrl, db, transact, jobs, registry: known, what: opened.what, held: instance.held, stop };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

/** Runs as this process until a signal ends it. */
export async function run(rehearsal: Rehearsal = {}): Promise<void> {
  const config = readConfig(process.env);
  const log = logger(config.LOG_LEVEL);
  const bellman = await startBellman(config, log, rehearsal);
  console.log(greeting(bellman));
  const end = (signal: string) => {
    log.info(`${signal}: stopping`);
    bellman.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
}

if (import.meta.main) {
  run().catch((error) => {
    console.error(operatorLine(error) ?? error);
    process.exit(1);
  });
}
