/** Chapters 4 to 7: incidents repeat, a problem is declared major, its audiences are told, and it is resolved. */
import assert from 'node:assert/strict';
import { MINUTE } from '../../src/core/instant.ts';
import type { Where } from './stage.ts';
import type { Teller } from './teller.ts';

const MANAGEMENT = 'Senior management, PRB-1';
const STAFF = 'All staff, PRB-1';
const CUSTOMERS = 'Customers and partners, PRB-1';
const WORKING = 'Working staff, PRB-1';
const REFUSED = 'Connections are refused from time to time';

/** So long a release can be taken back, and a moment. */
const LEAVES = 11_000;

/** Presses Release and lets the time pass in which that can be taken back. */
async function release({ press, reads, advance }: Teller, who: string, where: Where, reading: string | RegExp): Promise<void> {
  await press(who, where, reading, 'Release');
  await reads(who, 'answer', 'Until then Undo takes it back.');
  await advance(LEAVES);
}

/** Incidents repeat; the problem behind them is raised, linked and declared major with an owner. */
export async function declared(story: Teller): Promise<void> {
  const { chapter, say, sayAndFill, reads, once } = story;
  chapter('Connections are refused, again and again');
  for (const [at, site] of ['the branch in Oakland', 'the branch in Fresno', 'the call centre'].entries()) {
    await sayAndFill('kate', '/incident new', {
      Title: `Connection refused at ${site}`,
      Details: 'The teller program says: connection refused. It works again after some minutes.',
      Impact: 'High',
    });
    await reads('kate', '#general', `INC-${at + 1} is raised\nConnection refused at ${site}, priority high.`);
  }
  await sayAndFill('kate', '/problem new', {
    Title: REFUSED,
    Details: 'Three incidents today, all since the servers were updated.',
    Category: 'Network',
    Impact: 'High',
    Urgency: 'High',
  });
  await reads('kate', '#general', `PRB-1 is raised\n${REFUSED}, priority critical.`);
  await reads('jerry', 'direct', `PRB-1 ${REFUSED}`);
  await say('kate', '/problem link PRB-1 INC-1 INC-2 INC-3');
  await reads('kate', 'answer', 'INC-2 Connection refused at the branch in Fresno');

  // Who may not declare it is told before anything is filled in.
  await say('kate', '/problem major PRB-1');
  await reads('kate', 'answer', 'This needs the role problem-manager, so nothing was changed. Ask @jerry.');
  await sayAndFill('jerry', '/problem major PRB-1', { Owner: 'jerry' }, '#working-staff');
  await reads('jamie', '#working-staff', 'PRB-1 is major now\n@jerry owns it. Its communication plan follows here.');
  const plan = await reads('jamie', '#working-staff', 'Communication plan of PRB-1');
  for (const line of [
    /Senior management: due \{.*\}, draft asked \{.*\}\. Every 1h, released by @charles, goes to #management\./u,
    /All staff: due \{.*\}, draft asked \{.*\}\. Every 4h, released by @neil, goes to #staff\./u,
    /Customers and partners: due \{.*\}, .*goes to customers@woodgrovebank\.example \(reaches 1 person\)\./u,
    /Working staff: due \{.*\}, .*Every 30m, released by @jerry, goes to #working-staff\./u,
    /Press and media: not needed yet\. .*goes nowhere yet\. Not ready: no destination; fill in Destination of \/comms line PRB-1 press\./u,
    /Emergency services and authorities: not needed yet\./u,
  ])
    assert.match(plan.text, line);
  await reads('jerry', 'direct', `You own PRB-1\nThe major problem ${REFUSED} is yours.`);
  await reads('kate', 'direct', `PRB-1 is major\n${REFUSED}. @jerry owns it.`);
  once('kate', 'direct', 'PRB-1 is major');
}

/** Management's and staff's updates fall due: written, sent back, written again, released by whoever may. */
export async function told(story: Teller): Promise<void> {
  const { chapter, say, press, pressAndFill, reads, settled, advance, stage } = story;
  chapter('The updates fall due');
  await advance(16 * MINUTE);
  const wanted = `Text wanted: ${MANAGEMENT}\nWrite the update on ${REFUSED} for Senior management. It is due {time} and is released by @charles.`;
  await reads('jerry', 'direct', wanted);
  await reads('jamie', '#working-staff', `Text wanted: ${MANAGEMENT}\n@jerry writes the update; it is due {time}.`);
  await press('jerry', 'direct', `Text wanted: ${MANAGEMENT}`, 'Write');
  const { fields } = await stage.dialog('jerry');
  assert.match(fields.Text ?? '', /^Impact: ‹what the business cannot do/u);
  await stage.fill('jerry', {
    Text: 'Impact: tellers cannot reach accounts for minutes at a time.\nDecision needed from you: none.',
  });
  await reads('jerry', 'answer', 'The text for Senior management awaits its release now; its releasers have it.');
  await settled('jerry', 'direct', `Handed in: ${MANAGEMENT}\nHanded in to @charles for release.`);

  await reads('charles', 'direct', 'This is to reach Senior management by {time}. Read it as they will, then release it.');
  await pressAndFill('charles', 'direct', `To release: ${MANAGEMENT}`, 'Send back', {
    'What to change': 'Say how many branches.',
  });
  await pressAndFill('jerry', 'direct', '@charles wants this changed: Say how many branches.', 'Write', {
    Text: 'Impact: tellers in 2 of 40 branches cannot reach accounts for minutes at a time.\nDecision needed from you: none.',
  });
  await release(story, 'charles', 'direct', 'tellers in 2 of 40 branches');
  await reads('charles', 'answer', 'Leaves in 10s\nUpdate 1 to Senior management leaves at {time}.');
  await settled('charles', 'direct', `Update to ${MANAGEMENT}\nReleased as UPD-1 {time} by @charles.`);
  await reads(
    'janet',
    '#management',
    `Update 1: ${REFUSED}
As of {time}.
Impact: tellers in 2 of 40 branches cannot reach accounts for minutes at a time.
Decision needed from you: none.
Next update by {time}.`,
  );

  // Only the line's releasers release, whoever else can read the draft.
  await pressAndFill('kate', 'direct', `Text wanted: ${STAFF}`, 'Write', {
    Text: 'Effect: the teller program refuses connections for minutes at a time.\nWhat to do: wait five minutes and try again.',
  });
  const only = 'Only the releasers of the line all staff can release it or send it back: @neil. They have it.';
  await say('linda', '/comms release PRB-1 all-staff');
  await reads('linda', 'answer', only);
  await say('kate', '/comms release PRB-1 all-staff');
  await press('kate', 'answer', `To release: ${STAFF}`, 'Release');
  await reads('kate', 'answer', only);
  assert.equal(story.times('kate', '#staff', 'Update 1'), 0, 'Nothing may leave yet');
  await release(story, 'neil', 'direct', `To release: ${STAFF}`);
  await reads('kate', '#staff', `Update 1: ${REFUSED}`);

  // An author who is a releaser releases it alone, where one release is enough.
  await advance(5 * MINUTE);
  await pressAndFill('jerry', 'direct', `Text wanted: ${WORKING}`, 'Write', {
    Text: 'State: the servers in Oakland and Fresno refuse connections.\nDoing: Ray compares their certificates.',
  });
  await release(story, 'jerry', 'direct', `To release: ${WORKING}`);
  await reads('ray', '#working-staff', `Update 1: ${REFUSED}`);
}

/** The customers' update is not written in time: everybody who must know knows, again and again. */
export async function overdue(story: Teller): Promise<void> {
  const { chapter, pressAndFill, reads, mailed, advance, times } = story;
  chapter('One update is overdue');
  await advance(10 * MINUTE);
  const late = `Overdue: ${CUSTOMERS}\nThe update was due {time}. It waits for its text by @jamie.`;
  for (const who of ['jamie', 'jerry', 'charles', 'neil']) await reads(who, 'direct', late);
  await advance(6 * MINUTE);
  await story.until('the owner hears of it a second time', () => times('jerry', 'direct', late) >= 2);
  await reads('ray', '#working-staff', 'Customers and partners: overdue since {time}');

  await pressAndFill('jamie', 'direct', `Overdue: ${CUSTOMERS}`, 'Write', {
    Text: 'What is affected: payments at the counter take longer.\nWhat you can do: you need do nothing; your money is safe.',
  });
  await release(story, 'charles', 'direct', new RegExp(`^Overdue: ${CUSTOMERS}[\\s\\S]*your money is safe`, 'u'));
  await mailed(`Update 1: ${REFUSED}

As of {time}. Late: it was due {time}.

What is affected: payments at the counter take longer.
What you can do: you need do nothing; your money is safe.

Next update by {time}.`);
}

const CLOSINGS = [
  { line: MANAGEMENT, writer: 'jerry', releaser: 'charles', says: 'Decision needed from you: none.' },
  { line: STAFF, writer: 'kate', releaser: 'neil', says: 'What to do: work as usual.' },
  { line: CUSTOMERS, writer: 'jamie', releaser: 'neil', says: 'No data was lost or read by others.' },
  { line: WORKING, writer: 'jerry', releaser: 'jerry', says: 'One server had not been updated; it is now.' },
] as const;

/** Resolved: each audience that was told gets its closing update, once. */
export async function resolved(story: Teller): Promise<void> {
  const { chapter, sayAndFill, press, pressAndFill, reads, mailed, once, times, mails, advance } = story;
  chapter('Resolved');
  await sayAndFill('jerry', '/problem resolve PRB-1', { Resolution: 'One server was not updated correctly; it is now.' });
  await reads('jerry', 'answer', 'PRB-1 is resolved\nEach line of its plan is asked for its last update now.');
  for (const { line, writer, releaser, says } of CLOSINGS) {
    await pressAndFill(writer, 'direct', new RegExp(`^Text wanted: ${line}\n.*the last update`, 'u'), 'Write', {
      Text: `It works again since this morning.\n${says}\nThank you for your patience.`,
    });
    await press(releaser, 'direct', new RegExp(`^To release: ${line}[\\s\\S]*${says}`, 'u'), 'Release');
  }
  await advance(LEAVES);
  const closing = (says: string) => `It works again since this morning.\n${says}\nThank you for your patience.`;
  const title = `Update 2, resolved: ${REFUSED}`;
  const [management, staff, customers, working] = CLOSINGS.map(({ says }) => closing(says));
  const last = 'This is the last update on this.';
  await reads('janet', '#management', `${title}\nAs of {time}.\n${management}\n${last}`);
  await reads('kate', '#staff', `${title}\nAs of {time}.\n${staff}\n${last}`);
  await reads('ray', '#working-staff', `${title}\nAs of {time}.\n${working}\n${last}`);
  await mailed(`${title}\n\nAs of {time}.\n\n${customers}\n\n${last}`);
  await reads('ray', '#working-staff', 'Everybody who was told got the last word.');
  await reads('kate', 'direct', `PRB-1 is resolved\n${REFUSED}.`);

  // Nobody was told anything twice.
  once('kate', 'direct', 'PRB-1 is resolved');
  once('jerry', 'direct', 'You own PRB-1');
  for (const [who, where] of [
    ['janet', '#management'],
    ['kate', '#staff'],
    ['ray', '#working-staff'],
  ] as const) {
    once(who, where, `Update 1: ${REFUSED}`);
    once(who, where, title);
  }
  assert.equal(times('janet', '#management', ''), 2, 'Management reads its two updates and nothing else');
  assert.equal(times('kate', '#staff', ''), 2, 'Staff read their two updates and nothing else');
  assert.equal(mails().length, 2, 'The customers have two mails');
}
