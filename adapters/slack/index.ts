export { slackManifest } from './manifest.ts';
export { type Slack, slack } from './slack.ts';
