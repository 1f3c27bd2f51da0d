export { slackManifest } from './manifest.ts';
export { type Slack, type SlackOptions, slack } from './slack.ts';
