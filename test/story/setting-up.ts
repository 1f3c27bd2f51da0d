/** Chapter 1: the bank's administrator sets Bellman up, by chat alone. */
import type { Teller } from './teller.ts';

/** The address of the bank's customers, who are told by mail. */
export const CUSTOMERS = 'customers@woodgrovebank.example';

const LINES = [
  '/bellman role grant @neil change-manager',
  '/bellman role grant @jerry problem-manager',
  '/bellman role grant @jamie communications',
  '/bellman role grant @kate service-desk',
  '/bellman board create CAB #cab',
  ...['charles', 'kevin', 'linda', 'jamie', 'ray'].map((member) => `/bellman board add CAB @${member}`),
  '/bellman board create ECAB #ecab emergency',
  '/bellman board add ECAB @charles',
  '/bellman board add ECAB @kevin',
  '/bellman audience set senior-management #management',
  '/bellman audience set all-staff #staff',
  '/bellman audience set working-staff #working-staff',
  `/bellman audience set customers ${CUSTOMERS}`,
  '/bellman audience releasers senior-management @charles',
  '/bellman audience releasers all-staff @neil',
  '/bellman audience releasers customers @charles @neil',
  '/bellman audience releasers working-staff @jerry',
  '/bellman audience author all-staff @kate',
  '/bellman audience author customers @jamie',
  '/bellman audit channel #audit',
];

export async function settingUp({ chapter, say, reads }: Teller): Promise<void> {
  chapter('Setting up');
  await say('admin', '/bellman setup');
  await reads('admin', 'answer', 'There is no CAB. Create it: /bellman board create CAB #channel');
  for (const line of LINES) await say('admin', line);
  await say('admin', '/bellman board show CAB');
  await reads('admin', 'answer', 'Board CAB');
  await looksUntilSetUp({ say, reads });
  await say('ray', '/bellman role grant @ray change-manager');
  await reads('ray', 'answer', 'This needs the role admin, so nothing was changed. Ask @admin.');
}

/** A platform that answers late looks closed for that moment; whoever is told so looks again, as the card says. */
async function looksUntilSetUp({ say, reads }: Pick<Teller, 'say' | 'reads'>, looks = 3): Promise<void> {
  await say('admin', '/bellman setup');
  try {
    await reads('admin', 'answer', 'Bellman is set up');
  } catch (error) {
    if (looks === 1) throw error;
    await looksUntilSetUp({ say, reads }, looks - 1);
  }
}
