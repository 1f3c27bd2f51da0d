/** Runs the whole suite once and ends with one line that counts it, made from the runner's own results. */
import { startVitest } from 'vitest/node';

const filters = process.argv.slice(2);
const vitest = await startVitest('test', filters, { run: true, watch: false, reporters: ['default'] });
const count = { passed: 0, failed: 0, skipped: 0 };
const skipped: string[] = [];
for (const module of vitest.state.getTestModules()) {
  if (module.state() === 'failed' && [...module.children.allTests()].every((test) => test.result().state !== 'failed'))
    count.failed += 1;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') count.passed += 1;
    else if (state === 'failed') count.failed += 1;
    else {
      count.skipped += 1;
      const note = test.result().state === 'skipped' ? (test.result() as { note?: string }).note : undefined;
      skipped.push(`${test.fullName}${note ? `: ${note}` : ''}`);
    }
  }
}
const unhandled = vitest.state.getUnhandledErrors().length;
await vitest.close();
for (const name of skipped) console.log(`skipped: ${name}`);
if (unhandled > 0) console.log(`${unhandled} errors outside of any test`);
count.failed += unhandled;
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);
