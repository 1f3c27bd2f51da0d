/** Work that any number of callers may ask for while it runs: it then runs once more, and no asking is lost. */

/**
 * Runs `work` now, or once more after the run that is on. The promise settles with a run that began after the call.
 */
export function single(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    const run = work().finally(() => {
      if (running === run) running = undefined;
    });
    running = run;
    return run;
  };
  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => {
        // Whoever asked for that run has been told.
      })
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
