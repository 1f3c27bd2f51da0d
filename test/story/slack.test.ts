/** The story on Slack, on both queues. */
import { describe, test } from 'vitest';
import { mailServer } from '../adapters/email/mail-server.ts';
import { QUEUES, queueMissing, startHouse } from '../support/bellman.ts';
import { mailText } from './mail.ts';
import { slackEnvironment, slackStage, slackWorkspace } from './slack-stage.ts';
import { STARTS, tellStory } from './story.ts';

// Most of a story is waiting for what a platform permits, so both queues tell theirs at the same time.
describe.concurrent('the story', () => {
  describe.each(QUEUES)('on Slack, with the queue in %s', (queue) => {
    const missing = queueMissing(queue);
    test.skipIf(missing !== undefined)(`the bank's story${missing ? ` (${missing})` : ''}`, { timeout: 180_000 }, async () => {
      const [fake, mail] = await Promise.all([slackWorkspace(), mailServer()]);
      const environment = { ...slackEnvironment(fake), SMTP_URL: mail.url, MAIL_FROM: 'Bellman <bellman@woodgrovebank.example>' };
      const house = await startHouse({ environment, queue, startsAt: STARTS });
      try {
        fake.sendTo(`${house.bellman.url}/slack/events`);
        const mails = () => mail.taken.map(({ raw }) => mailText(raw));
        await tellStory({ stage: slackStage(fake), db: house.db, advance: house.advance, mails });
      } finally {
        await house.stop();
        await fake.close();
        await mail.stop();
      }
    });
  });
});
