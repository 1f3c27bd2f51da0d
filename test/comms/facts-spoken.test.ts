/** Facts, templates and words by their users' door: on the console, from the sheet to what the audience reads. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type House, startHouse } from '../support/bellman.ts';
import { type ConsoleUser, consoleUser, type Said, wordsOf } from '../support/console.ts';

let house: House;
let admin: ConsoleUser;
let linda: ConsoleUser;
let kate: ConsoleUser;
let jamie: ConsoleUser;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly initial?: string;
}
const fieldsOf = (said: Said): readonly Field[] =>
  ((said.form as { sections?: readonly { fields: readonly Field[] }[] } | undefined)?.sections ?? []).flatMap(
    ({ fields }) => fields,
  );
const initial = (said: Said): Readonly<Record<string, string>> =>
  Object.fromEntries(fieldsOf(said).map(({ label, initial: value }) => [label, value ?? '']));
const words = (said: Said): string => wordsOf(said.message?.content ?? said);
/** Says a command with a dialog, and sends it filled in by label; what stands there already stays. */
async function fill(who: ConsoleUser, line: string, filled: Readonly<Record<string, string>>): Promise<Said> {
  const dialog = await who.say(line);
  const answers = fieldsOf(dialog).map(({ name, label, initial: value }) => [name, filled[label] ?? value ?? '']);
  return who.submit(dialog, Object.fromEntries(answers));
}
interface Button {
  readonly label: string;
  readonly action: string;
  readonly value?: string;
}
const buttonsIn = (shown: unknown): readonly Button[] => {
  if (Array.isArray(shown)) return shown.flatMap(buttonsIn);
  if (typeof shown !== 'object' || shown === null) return [];
  return 'action' in shown ? [shown as Button] : Object.values(shown).flatMap(buttonsIn);
};

const SHEET = {
  Affected: 'Card payments are refused in all branches',
  'What we know': 'One of two switches failed',
  'What we are doing': 'We move the traffic to db-prod-3',
};

beforeAll(async () => {
  house = await startHouse({ queue: 'postgres', startsAt: '2027-01-11T09:00:00Z' });
  const url = house.bellman.consoleUrl ?? '';
  const user = (name: string) => consoleUser(url, name);
  [admin, linda, kate, jamie] = [user('admin'), user('linda'), user('kate'), user('jamie')];
  for (const who of [linda, kate, jamie]) await who.say('/problem list');
  await admin.say('/bellman role grant @admin problem-manager');
  await admin.say('/bellman role grant @jamie communications');
  await admin.say('/bellman audience set customers #customers');
  await fill(admin, '/problem new', {
    Title: 'Refused connections',
    Details: 'Since the change.',
    Impact: 'high',
    Urgency: 'high',
  });
  await fill(admin, '/problem major PRB-1', { Owner: 'linda' });
});
afterAll(() => house.stop());

describe('the facts, told once', () => {
  test('ask for these fields, and give every audience its draft at once', async () => {
    const dialog = await linda.say('/comms facts PRB-1');
    expect(fieldsOf(dialog).map(({ label }) => label)).toEqual([
      'Affected',
      'What we know',
      'What we are doing',
      'Workaround',
      'Next step',
      'Expected time',
      'Class',
    ]);
    const saved = words(await fill(linda, '/comms facts PRB-1', { ...SHEET, 'Expected time': 'today 15:00' }));
    expect(saved).toContain('Facts of PRB-1 saved');
    expect(saved).toContain('Changed: Affected, What we know, What we are doing, Expected time.');
    expect(words(await fill(linda, '/comms facts PRB-1', {}))).toContain('The facts stood like this already');
    expect(saved).toMatch(/Senior management\s+has a draft made from them/u);
    expect(words(await jamie.say('/comms release PRB-1 customers'))).toContain(
      'What is affected: Card payments are refused in all branches.',
    );
    expect(words(await jamie.say('/comms release PRB-1 working-staff'))).toContain('Known: One of two switches failed.');
  });

  test('are filled in and seen before their release by nobody who has no part in it', async () => {
    expect(words(await kate.say('/comms facts PRB-1'))).toContain('fill in the facts; nothing was changed');
    expect(words(await kate.say('/comms preview PRB-1'))).not.toContain('Card payments');
  });

  test('mark what somebody wrote when they change; it is made anew by a button, and then released', async () => {
    await fill(linda, '/comms draft PRB-1 customers', { Text: 'Payments are refused. Ask Linda about db-prod-3.' });
    await house.advance(60_000);
    await fill(linda, '/comms facts PRB-1', {
      Workaround: 'Customers can pay by code',
      'What we are doing': 'We move the traffic',
    });
    const card = await jamie.say('/comms release PRB-1 customers');
    expect(words(card)).toMatch(/The facts changed at .*after this was written\.[\s\S]*Workaround: Customers can pay by code/u);
    const remake = buttonsIn(card.message?.content).find(({ action }) => action === 'comms.remake');
    expect(words(await jamie.press('comms.remake', 'PRB-1', remake?.value))).toContain('Made anew');
    const anew = await jamie.say('/comms release PRB-1 customers');
    expect(words(anew)).toContain('What you can do: Customers can pay by code.');
    expect(words(anew)).not.toContain('after this was written');
  });

  test('are shown as each audience would read them now, and one by itself with what is new', async () => {
    const all = words(await jamie.say('/comms preview PRB-1'));
    for (const said of ['Senior management', 'Status: open.', 'All staff', 'If somebody asks:', 'State: Card payments']) {
      expect(all).toContain(said);
    }
    expect(words(await jamie.say('/comms preview PRB-1 customers'))).toContain('What you can do: Customers can pay by code.');
  });
});

describe('words that do not belong outside', () => {
  test('are named on the draft, and a forbidden one stops the release', async () => {
    await admin.say('/bellman words add db-prod-3');
    expect(words(await jamie.say('/bellman words add "Project Falcon" forbidden'))).toContain('cannot be released');
    expect(words(await kate.say('/bellman words add x'))).toContain('This needs the role');
    await fill(linda, '/comms draft PRB-1 customers', { Text: 'Project Falcon broke db-prod-3.' });
    const card = await jamie.say('/comms release PRB-1 customers');
    expect(words(card)).toContain('"Project Falcon" (a forbidden word: it cannot be released with it), "db-prod-3" (word list)');
    const release = buttonsIn(card.message?.content).find(({ action }) => action === 'comms.release');
    expect(words(await jamie.press('comms.release', 'PRB-1', release?.value))).toContain(
      'holds what may not leave (Project Falcon)',
    );
    expect(words(await admin.say('/bellman words list'))).toMatch(/Project Falcon.*forbidden/u);
    await admin.say('/bellman words remove project falcon'.replace('project falcon', '"project falcon"'));
    expect(words(await jamie.press('comms.release', 'PRB-1', release?.value))).toContain('Leaves');
  });
});

describe('a template', () => {
  test('is shown, refused with its place where it is wrong, saved as a version, and used from then on', async () => {
    const dialog = await admin.say('/comms template edit customers problem workaround');
    expect(initial(dialog).Text).toContain('What is affected: {{ facts.affected');
    const wrong = await fill(admin, '/comms template edit customers problem workaround', { Text: 'Hello\n{{ owner }}' });
    expect(wrong.fields).toEqual({ text: 'Line 2, column 4: There is no variable owner.' });
    const mine = 'Our bank: {{ facts.affected | fact: "what" }}';
    expect(words(await fill(admin, '/comms template edit customers problem first', { Text: mine }))).toMatch(/is version 1 now/u);
    expect(words(await jamie.say('/comms template preview PRB-1 customers first'))).toContain(
      'Our bank: Card payments are refused in all branches.',
    );
    expect(words(await admin.say('/comms template list'))).toMatch(/Customers and partners, problem, first.*version 1/u);
    expect(words(await admin.say('/comms template show customers problem first'))).toContain(mine);
  });

  test('has its earlier versions brought back, also the one that comes with Bellman', async () => {
    await fill(admin, '/comms template edit customers problem first', { Text: 'Second {{ title }}' });
    expect(words(await admin.say('/comms template show customers problem first 1'))).toContain('Our bank:');
    expect(words(await admin.say('/comms template restore customers problem first 1'))).toContain('Version 1 is in force again');
    expect(words(await admin.say('/comms template show customers problem first'))).toContain('Our bank:');
    expect(words(await admin.say('/comms template restore customers problem first 0'))).toContain(
      'comes with Bellman is in force',
    );
    expect(words(await admin.say('/comms template history customers problem first'))).toMatch(/Version 4[\s\S]*Version 1/u);
    expect(words(await admin.say('/comms template restore customers problem first 9'))).toContain('has no version 9');
    expect(words(await kate.say('/comms template restore customers problem first 1'))).toContain('This needs the role');
  });
});

describe('what follows an update', () => {
  test('begins with what is known: a correction with the wrong text, the last one with what made it work again', async () => {
    await house.advance(10_000);
    const correction = await eventually('UPD-1 has left', async () => initial(await jamie.say('/comms correct UPD-1')).Text);
    expect(correction).toMatch(
      /^Our statement of \d\d:\d\d UTC said: "Project Falcon broke db-prod-3\."\nRight is: ‹what is right›/u,
    );
    await fill(linda, '/problem resolve PRB-1', { Resolution: 'We replaced the switch' });
    const last = initial(await linda.say('/comms draft PRB-1 customers')).Text;
    expect(last).toMatch(/^It works again since \d\d:\d\d UTC\./u);
    expect(last).toContain('So that it stays so: We replaced the switch.');
    expect(last).not.toContain('‹');
  });
});
