/** The story on Discord, on both queues. */
import { describe, test } from 'vitest';
import { mailServer } from '../adapters/email/mail-server.ts';
import { QUEUES, queueMissing, startHouse } from '../support/bellman.ts';
import { discordEnvironment, discordServer, discordStage } from './discord-stage.ts';
import { mailText } from './mail.ts';
import { STARTS, tellStory } from './story.ts';

// Most of a story is waiting for what a platform permits, so both queues tell theirs at the same time.
describe.concurrent('the story', () => {
  describe.each(QUEUES)('on Discord, with the queue in %s', (queue) => {
    const missing = queueMissing(queue);
    test.skipIf(missing !== undefined)(`the bank's story${missing ? ` (${missing})` : ''}`, { timeout: 180_000 }, async () => {
      const [fake, mail] = await Promise.all([discordServer(), mailServer()]);
      const environment = {
        ...discordEnvironment(fake),
        SMTP_URL: mail.url,
        MAIL_FROM: 'Bellman <bellman@woodgrovebank.example>',
      };
      const house = await startHouse({ environment, queue, startsAt: STARTS });
      try {
        await fake.gateway.connected(10_000);
        const mails = () => mail.taken.map(({ raw }) => mailText(raw));
        await tellStory({ stage: discordStage(fake, house.bellman.registry), db: house.db, advance: house.advance, mails });
      } finally {
        await house.stop();
        await fake.close();
        await mail.stop();
      }
    });
  });
});
