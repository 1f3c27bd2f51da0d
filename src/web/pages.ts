/** The status page and the press page as ways out: a delivery stands there once, however often it is sent. */
import { type Mechanism, PlatformError } from '../chat/port.ts';
import type { Database } from '../db/database.ts';
import { type PageName, putOnPage } from './page-store.ts';

const AGAIN_MS = 2000;

/** Makes the way out to one of the pages. Only updates stand there. */
export const pageWay = (db: Database, page: PageName): Mechanism => ({
  platform: page,
  canLook: false,
  canRepeat: true,
  rate: () => ({ key: page, perSecond: Number.POSITIVE_INFINITY, burst: 1 }),
  async post(_place, { delivery, record, update, card }) {
    if (update === undefined) throw new PlatformError('refused', `Only updates stand on the ${page} page`);
    try {
      await putOnPage(db, { page, delivery, record, update, card });
    } catch (error) {
      // Put there or not: putting it there again changes nothing.
      throw new PlatformError('limited', error instanceof Error ? error.message : String(error), AGAIN_MS);
    }
    return { externalId: delivery };
  },
});
