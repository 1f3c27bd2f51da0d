/** Times of the delivery protocol so short that a test is quick, and yet in their order: in real milliseconds. A board waits for its picture. */
export const QUICK = { timeout: 3000, quiet: 200, lease: 1200, twins: 400, edits: 200 } as const;
