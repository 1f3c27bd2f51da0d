/** Setting up and handing over, by the commands of the table on Slack. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOT_SCOPES } from '../../adapters/slack/manifest.ts';
import { slackUser } from '../story/slack-stage.ts';
import { BANK, type Office, openOffice } from './stage.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice([...BANK, '/bellman role grant @charles admin']);
});
afterAll(() => office.stop());

describe('a vote that is delegated', () => {
  test('counts to the end of the day that was named', async () => {
    await office.say('linda', '/rfc delegate @kate until 2027-01-31');
    await office.reads('linda', 'answer', '@kate votes for you until {2027-01-31 23:59}');
    await office.say('linda', '/rfc delegate @kate until 2027-01-11');
    await office.reads('linda', 'answer', '@kate votes for you until {2027-01-11 23:59}');
    await office.say('linda', '/rfc delegate @kate until 2027-01-10');
    await office.reads('linda', 'answer', 'Name a day to come.');
  });
});

describe('roles', () => {
  test('that are held already or not at all: it is said so, and nobody else is told', async () => {
    const { say, reads, all } = office;
    await say('admin', '/bellman role grant @neil change-manager');
    await reads('admin', 'answer', '@neil holds the role change-manager already, so nothing was changed.');
    await say('admin', '/bellman role revoke @kate auditor');
    await reads('admin', 'answer', '@kate does not hold the role auditor, so nothing was changed.');
    await say('admin', '/bellman role grant @kate auditor');
    await reads('charles', 'direct', '@kate now holds the role auditor, granted by @admin.');
    expect(all('charles', 'direct').filter(({ text }) => text.includes('change-manager'))).toEqual([]);
  });

  test('the last admin stays', async () => {
    await office.say('admin', '/bellman role revoke @charles admin');
    await office.say('admin', '/bellman role revoke @admin admin');
    await office.reads('admin', 'answer', '@admin is the last admin and stays one.');
    await office.say('admin', '/bellman role grant @charles admin');
  });
});

describe('the rules of a board', () => {
  test.each([
    ['quorum 2', 'Quorum: 2', 'Its quorum is now 2.'],
    ['threshold percent 66', 'Threshold: percent 66', 'Its threshold is now percent 66.'],
    ['threshold majority', 'Threshold: majority', 'Its threshold is now majority.'],
    ['deadline 36h', 'Time to vote: 1d 12h', 'Its time to vote is now 1d 12h.'],
    ['review 1d', 'Time to review: 1d', 'Its time to review is now 1d.'],
    ['oncall @kevin', 'On call: @kevin', 'On call is now @kevin.'],
    ['mandatory security', 'Mandatory roles: security', 'Its mandatory roles are now security.'],
    ['mandatory none', 'Mandatory roles: none', 'Its mandatory roles are now none.'],
  ])('%s', async (rule, shown, told) => {
    await office.say('admin', `/bellman board set CAB ${rule}`);
    await office.reads('admin', 'answer', shown);
    await office.reads('charles', 'direct', `${told} Changed by @admin.`);
  });

  test('an emergency board says what passes there', async () => {
    await office.say('admin', '/bellman board set ECAB oncall @kevin');
    await office.reads('admin', 'answer', "Threshold: any two approvals, or the on-call's");
  });

  test.each([
    ['quorum many', 'This does not work as quorum. Write it like this: 2.'],
    ['threshold half', 'Write it like this: majority, any, unanimous, count 3 or percent 66.'],
    ['deadline soon', 'Write it like this: 48h.'],
    ['oncall @nobody', 'I do not know "@nobody".'],
    ['mandatory kings', 'Write it like this: security, or none.'],
    ['colour blue', '"colour" does not work as the rule.'],
  ])('%s is refused', async (rule, refused) => {
    await office.say('admin', `/bellman board set CAB ${rule}`);
    await office.reads('admin', 'answer', refused);
  });
});

describe('where an audience is told', () => {
  test.each([
    ['a channel', '#management', '#management'],
    ['a person', '@janet', '@janet'],
  ])('%s', async (_what, typed, shown) => {
    await office.say('jamie', `/bellman audience set senior-management ${typed}`);
    await office.reads('jamie', 'answer', `Told in: ${shown}`);
  });

  test('an address is kept where e-mail is not connected yet, and both the answer and the setup say so', async () => {
    await office.say('admin', '/bellman audience set press ops@example.org');
    const { text } = await office.reads('admin', 'answer', 'Told in: ops@example.org');
    expect(text).toContain('I cannot reach ops@example.org: nothing is set up for email.');
    await office.say('admin', '/bellman setup');
    await office.reads('admin', 'direct', /Setup: [\s\S]*ops@example\.org/u);
  });

  test('nowhere that is known is refused, and so is an audience that does not exist', async () => {
    await office.say('admin', '/bellman audience set customers nowhere');
    await office.reads('admin', 'answer', '"nowhere" is not a place that I know.');
    await office.say('admin', '/bellman audience set board #management');
    await office.reads('admin', 'answer', 'There is no audience board.');
    await office.say('ray', '/bellman audience set press #general');
    await office.reads('ray', 'answer', 'This needs the role admin or communications, so nothing was changed.');
  });
});

describe('a list from a user group of Slack', () => {
  test('is whoever is in it, and without the scope the setup says what to add', async () => {
    const { fake, say, reads, house } = office;
    const group = { id: 'S0OPS', handle: 'ops', name: 'Operations' };
    fake.addUserGroup({ ...group, users: [slackUser('ray'), slackUser('linda')] });
    await say('admin', '/bellman audience list working-staff group <!subteam^S0OPS|@ops>');
    await reads('admin', 'answer', 'List: 2 people, from the group');
    fake.addUserGroup({ ...group, users: [slackUser('ray')] });
    await say('admin', '/bellman audience refresh working-staff');
    await reads('admin', 'answer', 'working-staff: 1 person now');
    const places = await house.db.sql`select place from bellman.audience_member where list = 'working-staff' and version = 2`;
    expect(places.map(({ place }) => place)).toEqual([`slack/person/${slackUser('ray')}`]);
    fake.addUserGroup({ ...group, users: [] });
    await say('admin', '/bellman audience refresh');
    await reads('charles', 'direct', 'Nobody is on the list of working-staff');
    await say('admin', '/bellman audience list working-staff group @ops');
    await reads('admin', 'answer', 'Nobody is in it, so the list of working-staff stays as it is.');

    fake.grant(BOT_SCOPES.filter((scope) => scope !== 'usergroups:read'));
    await say('admin', '/bellman setup');
    await reads('admin', 'direct', 'I was not granted slack: usergroups:read.');
  });
});
