/** Operator commands: `npm run bellman -- <command>`. */
import { createInterface } from 'node:readline/promises';
import { run } from './operator/run.ts';

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  async ask(question) {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      // At the end of input nobody answers: that is no yes.
      const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
      return await Promise.race([terminal.question(question), ended]);
    } finally {
      terminal.close();
    }
  },
});
