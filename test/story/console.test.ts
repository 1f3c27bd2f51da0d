/** The story on the console, as browsers play it. */
import { test } from 'vitest';
import { mailServer } from '../adapters/email/mail-server.ts';
import { startHouse } from '../support/bellman.ts';
import { consoleStage } from './console-stage.ts';
import { mailText } from './mail.ts';
import { STARTS, tellStory } from './story.ts';

test("the bank's story on the console", { timeout: 120_000 }, async () => {
  const mail = await mailServer();
  const environment = { SMTP_URL: mail.url, MAIL_FROM: 'Bellman <bellman@woodgrovebank.example>' };
  const house = await startHouse({ environment, startsAt: STARTS });
  const stage = await consoleStage(house.bellman.consoleUrl ?? '');
  try {
    const mails = () => mail.taken.map(({ raw }) => mailText(raw));
    await tellStory({ stage, db: house.db, advance: house.advance, mails });
  } finally {
    stage.close();
    await house.stop();
    await mail.stop();
  }
});
