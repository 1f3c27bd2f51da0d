/** The documents that are made from the code: most from the command registry. */
import { slackManifest } from '../../adapters/slack/index.ts';
import { commandReference } from '../../src/chat/help.ts';
import { connect } from '../../src/db/database.ts';
import { peopleStore } from '../../src/people/index.ts';
import { everything } from '../../src/rooms.ts';
import { clockReference } from './clock-reference.ts';
import { problemReference } from './problem-reference.ts';
import { templateReference } from './template-reference.ts';

/** Path from the root -> text. Nothing is connected: the registry only needs to be declared. */
export function documents(): Readonly<Record<string, string>> {
  const known = everything(peopleStore(connect('postgres://127.0.0.1:1/none')), { dataDir: '.bellman' });
  return {
    'docs/commands.md': commandReference(known),
    'docs/clock.md': clockReference(),
    'docs/problems.md': problemReference(),
    'docs/templates.md': templateReference(),
    'deploy/slack-manifest.json': `${JSON.stringify(slackManifest(known, 'socket'), null, 2)}\n`,
  };
}
