/** Release by its users' door: on the console, from the drafts that wait to the last word to everybody who was ever told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
let admin: ConsoleUser;
let linda: ConsoleUser;
let jamie: ConsoleUser;
let neil: ConsoleUser;
let ray: ConsoleUser;
let kevin: ConsoleUser;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly initial?: string;
}
interface Button {
  readonly label: string;
  readonly action: string;
  readonly record: string;
  readonly value?: string;
}
const words = (said: Said): string => wordsOf(said.message?.content ?? said);
const fieldsOf = (said: Said): readonly Field[] =>
  ((said.form as { sections?: readonly { fields: readonly Field[] }[] } | undefined)?.sections ?? []).flatMap(
    ({ fields }) => fields,
  );
const buttonsIn = (shown: unknown): readonly Button[] => {
  if (Array.isArray(shown)) return shown.flatMap(buttonsIn);
  if (typeof shown !== 'object' || shown === null) return [];
  return 'action' in shown ? [shown as Button] : Object.values(shown).flatMap(buttonsIn);
};
const labels = (said: Said) => buttonsIn(said.message?.content).map(({ label }) => label);

/** Sends a dialog filled in by label; what stands there already stays. */
async function send(who: ConsoleUser, dialog: Said, filled: Readonly<Record<string, string>>): Promise<Said> {
  const answers = fieldsOf(dialog).map(({ name, label, initial }) => [name, filled[label] ?? initial ?? '']);
  return who.submit(dialog, Object.fromEntries(answers));
}
const fill = async (who: ConsoleUser, line: string, filled: Readonly<Record<string, string>>) =>
  send(who, await who.say(line), filled);
/** Presses a button of an answer. */
async function press(who: ConsoleUser, said: Said, label: string): Promise<Said> {
  const button = buttonsIn(said.message?.content).find((one) => one.label === label);
  if (!button) throw new Error(`No ${label} on ${words(said)}`);
  return who.press(button.action, button.record, button.value);
}
/** The titles of what was said at a place, oldest first, once nothing waits. */
async function titlesAt(place: string): Promise<readonly string[]> {
  await eventually('everything is said', async () => {
    const [row] = await house.db.sql<{ n: number }[]>`
      select count(*)::int as n from bellman.delivery where place = ${place} and state <> 'sent'`;
    return row?.n === 0;
  });
  const rows = await house.db.sql<{ title: string }[]>`
    select content->>'title' as title from bellman.delivery where place = ${place} and update_id is not null order by seq`;
  return rows.map(({ title }) => title);
}

beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  const user = (name: string) => consoleUser(house.bellman.consoleUrl ?? '', name);
  [admin, linda, jamie, neil, ray, kevin] = ['admin', 'linda', 'jamie', 'neil', 'ray', 'kevin'].map(user) as [
    ConsoleUser,
    ConsoleUser,
    ConsoleUser,
    ConsoleUser,
    ConsoleUser,
    ConsoleUser,
  ];
  for (const who of [linda, jamie, neil, ray, kevin]) await who.say('/problem list');
  await admin.say('/bellman role grant @admin problem-manager');
  await admin.say('/bellman role grant @jamie communications');
  await admin.say('/bellman role grant @kevin security');
  await admin.say('/bellman audience set customers #customers');
  await admin.say('/bellman audience set all-staff #staff');
  await fill(admin, '/problem new', {
    Title: 'Refused connections',
    Details: 'Since the change.',
    Impact: 'high',
    Urgency: 'high',
  });
  await fill(admin, '/problem major PRB-1', { Owner: 'linda' });
});
afterAll(() => house.stop());

test('a releaser goes through all drafts that wait, each whole, and only those that they may release', async () => {
  expect(words(await jamie.say('/comms release PRB-1'))).toContain('Nothing of PRB-1 awaits your release');
  await fill(linda, '/comms draft PRB-1 all-staff', { Text: 'Wait five minutes and try again.' });
  await fill(linda, '/comms draft PRB-1 customers', { Text: `It takes longer. ${'Your money is safe. '.repeat(110)}` });
  expect(words(await linda.say('/comms release PRB-1'))).toContain('Nothing of PRB-1 awaits your release');

  const first = await jamie.say('/comms release PRB-1');
  expect(words(first)).toContain('Wait five minutes and try again.');
  expect(labels(first)).toEqual(['Release', 'Edit', 'Send back', 'Skip', 'Next']);
  const long = await press(jamie, first, 'Next');
  expect(words(long)).toContain('(1 of 2)');
  expect(labels(long)).toEqual(['Read on']);
  const whole = await press(jamie, long, 'Read on');
  expect(words(whole)).toContain('(2 of 2)');
  expect(words(await press(jamie, whole, 'Next'))).toContain('2 drafts wait still.');

  const released = await press(jamie, first, 'Release');
  expect(words(released)).toContain('Leaves in 10s');
  expect(labels(released)).toEqual(['Undo', 'Next']);
  expect(words(await press(jamie, released, 'Next'))).toContain('(1 of 2)');
  await press(jamie, whole, 'Release');
  await house.advance(11_000);
  await jamie.reads('Released as UPD-1');
  expect(await titlesAt('console/channel/staff')).toEqual(['Update 1: Refused connections']);
});

test('a releaser who is away is stood in for by whom they named', async () => {
  await jamie.say('/rfc delegate @neil until 2027-01-20');
  await fill(linda, '/comms draft PRB-1 all-staff', { Text: 'It is faster now.' });
  const card = await neil.say('/comms release PRB-1');
  expect(words(card)).toContain('It is faster now.');
  await press(neil, card, 'Release');
  await house.advance(11_000);
  await neil.reads(/Released as UPD-3 .* for /u);
  expect(words(await linda.say('/problem history PRB-1'))).toMatch(/update released, All staff as UPD-3, .* for /u);
});

test('what left is corrected by its number to every place that got it, also where the line does not go any more', async () => {
  await fill(linda, '/comms line PRB-1 all-staff', { Destination: '#working-staff' });
  await fill(linda, '/comms correct UPD-1', { Text: 'Wait ten minutes.' });
  await press(jamie, await jamie.say('/comms release PRB-1'), 'Release');
  await house.advance(11_000);
  await eventually('the correction is said', async () => (await titlesAt('console/channel/staff')).length === 3);
  expect((await titlesAt('console/channel/staff')).at(-1)).toBe('Correction of UPD-1: Refused connections');
  expect(await titlesAt('console/channel/working-staff')).toEqual([]);
});

test('a holding statement that was released beforehand goes out once when nothing else does', async () => {
  const dialog = await linda.say('/comms holding PRB-1 customers');
  expect(fieldsOf(dialog).map(({ label }) => label)).toEqual(['Text', 'After']);
  await send(linda, dialog, { Text: 'We are still at it.', After: '10m' });
  const card = await jamie.say('/comms release PRB-1');
  expect(words(card)).toContain('If nothing is released 10m after due');
  expect(words(await press(jamie, card, 'Release'))).toContain('It goes out once if nothing is released 10m after due.');
  await jamie.reads('Holding statement stands by');
  await house.advance(2 * 3_600_000);
  await eventually('it goes out', async () => (await titlesAt('console/channel/customers')).length === 3);
  await house.advance(3_600_000);
  expect((await titlesAt('console/channel/customers')).slice(2)).toEqual(['Update delayed: Refused connections']);
});

test('duties pass to whoever accepts them on one card', async () => {
  expect(words(await linda.say('/comms handover PRB-1 @ray'))).toContain('theirs once they accept');
  await ray.reads('Take over PRB-1?');
  const [linked] = await house.db.sql<{ id: string }[]>`
    select person_id as id from bellman.identity where user_id = 'linda'`;
  expect(words(await kevin.press('comms.accept-handover', 'PRB-1', linked?.id))).toContain('is asked to take this over');
  expect(words(await ray.press('comms.accept-handover', 'PRB-1', linked?.id))).toContain('It is yours');
  await linda.reads('PRB-1 is taken over');
  expect(words(await ray.say('/comms line PRB-1 press'))).toContain('Cadence');
});

test('the plan for a security breach is prepared beforehand, and makes its record private', async () => {
  await fill(kevin, '/bellman breach line emergency-services', { Within: '48h', Approvals: '2' });
  expect(words(await kevin.say('/bellman breach show'))).toMatch(
    /Emergency services and authorities\s*: within 2d of when it is known, 2 must agree/u,
  );
  await fill(kevin, '/bellman breach begin PRB-1', { 'Known since': '2027-01-11 08:00' });
  await kevin.reads('Security breach: PRB-1');
  expect(words(await ray.say('/comms plan PRB-1'))).toContain('Emergency services and authorities');
  expect(words(await neil.say('/problem show PRB-1'))).toContain('There is no PRB-1');
  const [text] = fieldsOf(await ray.say('/comms draft PRB-1 emergency-services'));
  expect(text?.initial).toContain('We have known of it since 08:00 UTC.');
});

test('the last word reaches every place that a line ever told, once', async () => {
  await fill(admin, '/problem resolve PRB-1', { Resolution: 'Disk replaced.' });
  await fill(ray, '/comms draft PRB-1 all-staff', { Text: 'It works again.' });
  const card = await jamie.say('/comms release PRB-1 all-staff');
  expect(words(card)).toContain('everybody whom this line told before');
  await press(jamie, card, 'Release');
  await house.advance(11_000);
  const last = (titles: readonly string[]) => titles.filter((title) => title.startsWith('Update 3, resolved'));
  await eventually('it is said', async () => last(await titlesAt('console/channel/staff')).length > 0);
  expect(last(await titlesAt('console/channel/staff'))).toHaveLength(1);
  expect(last(await titlesAt('console/channel/working-staff'))).toHaveLength(1);
});
