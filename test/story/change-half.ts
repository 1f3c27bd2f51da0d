/** Chapters 2 and 3: a change is raised, reviewed, voted on and decided; a second one is edited while it is voted on. */
import assert from 'node:assert/strict';
import { timeless } from './stage.ts';
import type { Teller } from './teller.ts';

const IPSEC = "RFC-1: Encrypt the bank's data with IPSec";
const CERTIFICATES = 'RFC-2: Enroll certificates automatically';
const WINDOW = '{2027-01-16 22:00} to {2027-01-17 04:00}';
const MOVED = '{2027-01-15 20:00} to {2027-01-15 22:00}';

const HISTORY = [
  '@ray: raised it',
  '@ray: submitted revision 1',
  '@neil: changed Category, Priority',
  '@neil: agreed',
  'Bellman: opened ballot 1 of CAB on revision 1',
  'Bellman: the ballot runs until {time}',
  '@kevin: voted approve',
  '@linda: voted reject: The payment server was never tested with it.',
  '@jamie: voted abstain',
  '@charles: voted approve',
  'Bellman: ballot 1 ended: approved',
  'Bellman: approved, revision 1',
];

/** RFC-1: raised, agreed, voted on and decided by the rule. */
export async function encryption(story: Teller): Promise<void> {
  const { chapter, say, sayAndFill, press, pressAndFill, reads, settled, once } = story;
  chapter('A change: encrypt all data');
  await sayAndFill('ray', '/rfc new', {
    Title: "Encrypt the bank's data with IPSec",
    Description: 'All traffic between servers is encrypted, as the laws of California ask for customer data.',
    Type: 'Major',
    Priority: 'Medium',
    'Affected items': 'domain controllers, remote access servers',
    Risk: 'A server without the policy refuses connections.',
    Impact: 'Nobody notices it when it works.',
    Benefit: 'The bank may open in California.',
    'Implementation plan': 'Domain controllers first, then remote access servers, then all computers, site by site.',
    'Backout plan': 'Unassign the IPSec policy; it takes effect within ten minutes.',
    Start: '2027-01-16 22:00',
    End: '2027-01-17 04:00',
  });
  await reads('ray', 'answer', `RFC-1 is a draft: Encrypt the bank's data with IPSec\nWindow: ${WINDOW}.`);
  await press('ray', 'direct', IPSEC, 'Submit');
  await reads('ray', 'direct', 'In review. Waiting for @neil since {time}, due {time}.');

  // The change manager agrees on priority and category.
  await reads('neil', 'direct', `Review ${IPSEC}\n@ray asks for this change.`);
  await pressAndFill('neil', 'direct', `Review ${IPSEC}`, 'Change', { Priority: 'High', Category: 'security' });
  await reads('neil', 'answer', `Agreed: ${IPSEC}\nIt is major, high. CAB votes in #cab until {time}.`);
  await settled('neil', 'direct', `Agreed: ${IPSEC}`);
  await reads('ray', 'direct', '@neil changed Category, Priority (now high). This was done in its review.');

  // The requester is on the board, and may not vote all the same.
  await reads('charles', '#cab', `Vote on ${IPSEC}\nCAB votes until {time}: a major change of @ray.`);
  await press('ray', '#cab', `Vote on ${IPSEC}`, 'Approve');
  await reads(
    'ray',
    'answer',
    'You raised RFC-1, so you cannot vote on it. Its electorate: @charles, @kevin, @linda and @jamie.',
  );

  // Two approve, one rejects, one abstains.
  await press('kevin', '#cab', `Vote on ${IPSEC}`, 'Approve');
  await reads('kevin', 'answer', 'Your vote is counted: approve. To change it, press another button while the ballot is open.');
  await pressAndFill('linda', '#cab', `Vote on ${IPSEC}`, 'Reject', { Reason: 'The payment server was never tested with it.' });
  await reads('linda', 'answer', 'Your vote is counted: reject.');
  await press('jamie', '#cab', `Vote on ${IPSEC}`, 'Abstain');
  await reads('jamie', 'answer', 'Your vote is counted: abstain.');
  await reads('charles', '#cab', '1 approved, 1 rejected, 1 abstained');
  await press('charles', '#cab', `Vote on ${IPSEC}`, 'Approve');
  await reads(
    'charles',
    'answer',
    'Your vote is counted: approve. The ballot is decided: approved, because everybody who may vote has voted.',
  );

  // Decided by the rule: the card has no buttons any more, and everybody whom it concerns is told once.
  const decision = 'Approved by CAB: 2 approved, 1 rejected, 1 abstained, because everybody who may vote has voted.';
  await settled('charles', '#cab', `Approved: ${IPSEC}\nApproved at {time}`);
  await reads('jamie', '#cab', decision);
  await reads('ray', 'direct', decision);
  await reads('ray', 'direct', `Window: ${WINDOW}`);
  await reads('ray', 'direct', '@linda: The payment server was never tested with it.');
  once('ray', 'direct', decision);
  once('charles', '#cab', decision);
  assert.equal(story.times('kevin', 'direct', decision), 0, 'The board reads it in its channel, not twice');
  await say('ray', '/rfc history RFC-1');
  const { text } = await reads('ray', 'answer', 'History of RFC-1');
  let from = 0;
  for (const entry of HISTORY) {
    from = timeless(text).indexOf(entry, from);
    assert.notEqual(from, -1, `The history should say, in its order: ${entry}`);
  }
}

/** RFC-2: its window is edited while it is voted on. */
export async function certificates(story: Teller): Promise<void> {
  const { chapter, sayAndFill, press, reads, settled, once } = story;
  chapter('A second change: its window moves while it is voted on');
  await sayAndFill('ray', '/rfc new', {
    Title: 'Enroll certificates automatically',
    Description: 'Servers enroll their certificates by themselves, not by hand.',
    Type: 'Minor',
    Priority: 'Low',
    Risk: 'A server may enroll late.',
    'Backout plan': 'Enroll by hand again.',
    Start: '2027-01-14 20:00',
    End: '2027-01-14 22:00',
  });
  await press('ray', 'direct', CERTIFICATES, 'Submit');
  await press('neil', 'direct', `Review ${CERTIFICATES}`, 'Agree');
  await press('kevin', '#cab', `Vote on ${CERTIFICATES}`, 'Approve');
  await reads('kevin', 'answer', `Counted: approve on ${CERTIFICATES}`);

  await sayAndFill('ray', '/rfc edit RFC-2', { Start: '2027-01-15 20:00', End: '2027-01-15 22:00' });
  await reads('ray', 'answer', `Changed: Start, End. Window: ${MOVED}. The ballot is void; its voters are told why.`);
  const voided = 'The ballot of CAB is void, because it was edited (Start, End) by @ray. Votes on it no longer count.';
  for (const voter of ['kevin', 'charles', 'linda', 'jamie']) {
    await reads(voter, 'direct', voided);
    once(voter, 'direct', voided);
  }
  await settled('kevin', '#cab', `Ballot void: ${CERTIFICATES}\nBallot void at {time}`);
  once('kevin', '#cab', voided);

  // Agreed again, it is voted on anew; nobody has voted on what it is now.
  await press('neil', 'direct', `Review ${CERTIFICATES}`, 'Agree');
  const ballot = await reads('kevin', '#cab', new RegExp(`^Vote on ${CERTIFICATES}[^]*0 approved, 0 rejected`, 'u'));
  for (const said of [MOVED, '@charles, @kevin, @linda and @jamie'])
    assert.ok(ballot.text.includes(said), `The new ballot should say ${said}:\n${ballot.text}`);
}
