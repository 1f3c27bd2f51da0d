/** Audiences, lists, contacts and followers by the users' door: on the console, with a real mail server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unsubscribe } from '../../src/people/index.ts';
import { type MailServer, mailServer } from '../adapters/email/mail-server.ts';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { consoleUser, type Said, wordsOf } from '../support/console.ts';

const UNDO = 11_000;

let house: House;
let mail: MailServer;
const as = (who: string) => consoleUser(house.bellman.url, who);
const shown = (said: Said): string => wordsOf(said.message) || Object.values(said.fields ?? {}).join(' ');
const say = async (who: string, words: string): Promise<string> => shown(await as(who).say(words));
const fill = async (who: string, words: string, answers: Record<string, string>): Promise<string> => {
  const form = await as(who).say(words);
  return form.kind === 'form' ? shown(await as(who).submit(form, answers)) : shown(form);
};
interface Button {
  readonly label: string;
  readonly action: string;
  readonly record: string;
  readonly value?: string;
}

/** Every button in something shown, in the order in which they stand. */
const buttonsIn = (shown: unknown): readonly Button[] => {
  if (typeof shown !== 'object' || shown === null) return [];
  return 'action' in shown && 'label' in shown ? [shown as Button] : Object.values(shown).flatMap(buttonsIn);
};

/** Presses a button of the newest card that somebody may read and that has one with this label. */
async function press(who: string, label: string): Promise<string> {
  const button = await eventually(`${label} before ${who}`, async () =>
    buttonsIn(JSON.parse(await heardBy(who))).findLast((one) => one.label === label),
  );
  return shown(await as(who).press(button.action, button.record, button.value ?? ''));
}

/** Everything that somebody may read. */
const heardBy = async (who: string): Promise<string> => (await fetch(`${house.bellman.url}/console/state?as=${who}`)).text();
const mailedTo = () => mail.taken.flatMap(({ to }) => to).toSorted();

/** Linda writes, Jamie releases, and it leaves. */
async function told(line: string, text: string): Promise<void> {
  await fill('linda', `/comms draft PRB-1 ${line}`, { text });
  expect(await press('jamie', 'Release')).toMatch(/Leaves in|on its way/u);
  await house.advance(UNDO);
}

beforeAll(async () => {
  mail = await mailServer();
  house = await startHouse({
    environment: {
      BELLMAN_ADMINS: 'console:admin',
      BELLMAN_CONSOLE: 'local',
      SMTP_URL: mail.url,
      MAIL_FROM: 'bellman@bank.example',
    },
    startsAt: '2027-01-15T09:00:00Z',
  });
  for (const who of ['linda', 'jerry', 'jamie', 'kate', 'janet', 'neil', 'ray']) await say(who, '/bellman whoami');
  await say('admin', '/bellman role grant @jerry problem-manager');
  await say('admin', '/bellman role grant @jamie communications');
}, 60_000);
afterAll(async () => {
  await house.stop();
  await mail.stop();
});

describe('an audience of one’s own', () => {
  test('is added, named, arranged and shown, and offered while it is typed', async () => {
    expect(await say('kate', '/bellman audience add branches "Branch managers"')).toContain('This needs the role admin');
    expect(await say('admin', '/bellman audience add branches "Branch managers"')).toContain(
      'Audience branches: Branch managers',
    );
    expect(await say('admin', '/bellman audience add customers Clients')).toContain('There is an audience customers already');
    expect(await say('admin', '/bellman audience rename branches Heads of branches')).toContain('branches: Heads of branches');
    expect(await fill('admin', '/bellman audience settings branches', { zone: 'Mars' })).toContain('"Mars" is not a time zone');
    expect(
      await fill('admin', '/bellman audience settings branches', { class: 'Public', zone: 'europe/berlin', language: 'de' }),
    ).toMatch(/Class public.*Europe\/Berlin.*de/su);
    expect(await say('jamie', '/bellman audience set Branches #staff')).toContain('Audience branches');
    expect(await say('kate', '/bellman audience show')).toContain('Heads of branches');
    const offered = await (
      await fetch(`${house.bellman.url}/console/complete?text=${encodeURIComponent('/comms draft PRB-1 bra')}`)
    ).text();
    expect(offered).toContain('/comms draft PRB-1 branches ');
  });

  test('without a place and a list nobody is on are told by the setup', async () => {
    const setup = await say('admin', '/bellman setup');
    expect(setup).toContain('Nothing reaches customers.');
    expect(setup).not.toContain('Nothing reaches branches.');
  });

  test('that is retired is in no list of audiences any more, and one of the six stays', async () => {
    await say('admin', '/bellman audience add vips Important people');
    expect(await say('admin', '/bellman audience retire vips')).toContain('Retired');
    expect(await say('admin', '/bellman audience show')).not.toContain('vips');
    expect(await say('admin', '/bellman audience set vips #staff')).toContain('There is no audience vips.');
    expect(await say('admin', '/bellman audience retire press')).toContain('so it stays');
  });
});

describe('the list of an audience', () => {
  test('is made of places, a role, a board or a group, and refused when nobody is in it', async () => {
    expect(await say('admin', '/bellman audience list branches fixed @ray #customers')).toContain('2 named one by one');
    expect(await say('admin', '/bellman audience list branches add neil@bank.example')).toContain('3 named one by one');
    expect(await say('admin', '/bellman audience list branches remove #customers neil@bank.example')).toContain(
      '1 named one by one',
    );
    expect(await say('admin', '/bellman audience list all-staff role communications')).toContain('holds the role communications');
    expect(await say('admin', '/bellman audience list all-staff role security')).toContain('Nobody is in it');
    expect(await say('admin', '/bellman audience list all-staff role king')).toContain('"king" is not a choice here');
    expect(await say('admin', '/bellman audience list all-staff board CAB')).toContain('There is no board CAB');
    expect(await say('admin', '/bellman audience list senior-management group @nobodies')).toContain('I do not find the group');
    expect(await say('admin', '/bellman audience list senior-management group @CEO')).toContain('1 person, from the group');
    expect(await say('admin', '/bellman audience refresh')).toContain('Everybody who is on them still is');
    expect(await say('kate', '/bellman audience list branches')).toContain('This needs the role admin');
    expect(await say('admin', '/bellman audience list branches')).toContain('List of branches');
  });

  test('comes from a pasted CSV: wrong columns are told at the field, the rest is taken by a button', async () => {
    const csv = (text: string) => fill('admin', '/bellman audience csv customers', { csv: text });
    expect(await csv('mail,who\na@b.example,A')).toContain('Expected are name, email, phone, language, zone');
    expect(await csv('email\nnobody')).toContain(
      'None of its 1 rows can be used, so nothing was taken. Row 2: "nobody" is no e-mail',
    );
    await csv('name,email\nAnn,ann@shop.example\nBob,bob@shop.example\nAnn,ANN@shop.example\nX,nobody');
    const card = await as('admin').reads('Use this list for customers?');
    expect(card).toContain('4 rows: 2 can be told, 1 stand twice, 1 cannot be used.');
    expect(card).toContain('Row 5: "nobody" is no e-mail address.');
    expect(await say('admin', '/bellman audience list customers')).toContain('There is no list yet');
    expect(await press('admin', 'Use these 2')).toContain('2 people, from a CSV');
    expect(await press('admin', 'Use these 2')).toContain('2 people, from a CSV');
    expect(await say('admin', '/bellman audience list customers add zoe@shop.example')).toContain('3 people, from a CSV');
    expect(await press('admin', 'Use these 2')).toContain('was changed since');
  });
});

describe('a plan', () => {
  beforeAll(async () => {
    await fill('linda', '/problem new', { title: 'Refused connections', impact: 'High', urgency: 'High' });
    await fill('jerry', '/problem major PRB-1', { owner: 'linda' });
  });

  test('has the organisation’s own line, and tells the list by mail, once each, and nobody who unsubscribed', async () => {
    expect(await say('linda', '/comms plan PRB-1')).toMatch(/Heads of branches: /u);
    expect(await say('linda', '/comms draft PRB-1 martians')).toContain('This plan has no line martians');
    await unsubscribe(house.db, 'customers', 'email/address/bob@shop.example');
    await fill('linda', '/comms draft PRB-1 customers', { text: 'Payments are slow.' });
    expect(await as('jamie').reads('To release: Customers and partners')).toContain('Reaches 3 people');
    await press('jamie', 'Release');
    await house.advance(UNDO);
    await eventually('two mails', () => mail.taken.length >= 2);
    expect(mailedTo()).toEqual(['ann@shop.example', 'zoe@shop.example']);
  });

  test('tells whoever is in a group, holds a role or follows it, and asks a primary contact to pass it on', async () => {
    expect(await say('neil', '/comms subscribe PRB-1 senior-management')).toContain('You follow it');
    expect(await say('neil', '/comms subscribe PRB-1 senior-management')).toContain('As it was');
    expect(await say('kate', '/comms contact add PRB-1 @ray key')).toContain('Only the owner of the plan');
    expect(await say('linda', '/comms contact add PRB-1 @ray primary')).toContain('passes it on to their group');
    expect(await say('linda', '/comms contact add PRB-1 @ray primary senior-management All branches')).toContain(
      'passes it on to All branches',
    );
    await as('ray').reads('You are a primary contact of PRB-1');
    await told('senior-management', 'Tellers cannot log on.');
    await as('janet').reads('Tellers cannot log on.');
    await as('neil').reads('Tellers cannot log on.');
    expect(await as('ray').reads('Tellers cannot log on.')).toContain('Please pass this on to: All branches');
    expect(await heardBy('kate')).not.toContain('Tellers cannot log on.');
    expect(await say('ray', '/comms contact remove PRB-1')).toContain('Contacts of PRB-1');
    expect(await say('neil', '/comms subscribe PRB-1 senior-management end')).toContain('Ended');
  });

  test('tells everybody in a group that a line names itself, as they were when it was named', async () => {
    expect(await fill('linda', '/comms line PRB-1 working-staff', { places: 'group:@Nobodies' })).toContain(
      'I do not find the group',
    );
    await fill('linda', '/comms line PRB-1 working-staff', { places: 'group:@IT-Manager' });
    await told('working-staff', 'The gateway is being restarted.');
    await as('neil').reads('The gateway is being restarted.');
    expect(await heardBy('kate')).not.toContain('The gateway is being restarted.');
  });
});

describe('how somebody is reached', () => {
  test('is said by themselves, admins and communications, and shown to nobody else', async () => {
    const details = { email: 'Kate@Bank.example', phone: '+49 30 1234', language: 'de', zone: 'Europe/Berlin' };
    expect(await fill('kate', '/bellman contact set', { ...details, phone: 'call me' })).toContain(
      '"call me" is no phone number',
    );
    expect(await fill('kate', '/bellman contact set', details)).toContain('kate@bank.example');
    expect(await say('jamie', '/bellman contact show @kate')).toMatch(
      /console @kate.*kate@bank\.example.*\+49301234.*de.*Europe\/Berlin/su,
    );
    expect(await say('neil', '/bellman contact show @kate')).toContain('This needs the role admin or communications');
    expect(await say('neil', '/bellman contact set @kate')).toContain('This needs the role admin or communications');
    expect(await fill('jamie', '/bellman contact set @kate', { email: '', phone: '', language: '', zone: '' })).toContain(
      'not known',
    );
  });
});

test('places of exercises are named, and shown', async () => {
  expect(await say('admin', '/bellman exercise places')).toContain('None yet');
  expect(await say('kate', '/bellman exercise places #general')).toContain('This needs the role');
  expect(await say('admin', '/bellman exercise places #nowhere')).toContain('I do not find the channel');
  expect(await say('admin', '/bellman exercise places #general @kate')).toContain('Exercises are told here');
});
