/** The door of webhooks for `main.ts`. */
export { type WebhookOptions, webhook } from './webhook.ts';
