/** What went wrong at Slack, as the rest of Bellman knows it: refused for good, to be tried again later, or unknown. */
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { PlatformError } from '../../src/chat/port.ts';

const REINSTALL = 'install the app again with the scopes of deploy/slack-manifest.json';

/** Refusals of Slack after which nothing was done: why, and the one next step. Every other error leaves open whether it was done. */
const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found: 'this channel does not exist or is private: say /invite @Bellman there',
  is_archived: 'this channel is archived: open it again, or name another one',
  not_in_channel: 'Bellman is not in this channel: say /invite @Bellman there',
  restricted_action: 'the rules of this workspace do not let Bellman write there: an owner of the workspace can',
  restricted_action_read_only_channel: 'only some may write in this channel: let Bellman, or name another one',
  user_not_found: 'this person cannot be written to directly',
  user_disabled: 'this account is deactivated',
  user_not_visible: 'this person cannot be written to directly',
  users_not_found: 'there is nobody of that name',
  no_such_subteam: 'there is no such user group any more: name another one',
  user_not_in_channel: 'this person is not in the channel',
  cannot_dm_bot: 'bots cannot be written to directly',
  messages_tab_disabled: 'direct messages to Bellman are switched off: switch on the messages tab of the app',
  message_not_found: 'this message is gone',
  cant_update_message: 'this message is not one of Bellman',
  cant_delete_message: 'this message is not one of Bellman',
  edit_window_closed: 'this message is too old to be changed',
  thread_not_found: 'this thread is gone',
  method_not_supported_for_channel_type: 'this is not possible in a private channel or conversation',
  invalid_auth: 'Slack does not accept the token: set SLACK_BOT_TOKEN anew',
  not_authed: 'Slack got no token: set SLACK_BOT_TOKEN',
  not_allowed_token_type: 'this is the wrong kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-',
  token_revoked: 'the token was revoked: install the app again and set SLACK_BOT_TOKEN',
  token_expired: 'the token has expired: install the app again and set SLACK_BOT_TOKEN',
  account_inactive: 'the app was removed from the workspace: install it again',
  missing_scope: `the app lacks a scope: ${REINSTALL}`,
  no_permission: `the app lacks a scope: ${REINSTALL}`,
  file_uploads_disabled: 'uploads are switched off in this workspace: an owner of the workspace can allow them',
  file_uploads_except_images_disabled: 'uploads are switched off in this workspace: an owner of the workspace can allow them',
  file_upload_size_restricted: 'this workspace takes smaller files only',
  storage_limit_reached: 'this workspace has no room for files left',
  invalid_blocks: 'Slack does not accept how this card is built',
  invalid_arguments: 'Slack does not accept this request',
  msg_too_long: 'this text is too long for Slack',
  msg_blocks_too_long: 'this text is too long for Slack',
  no_text: 'there is nothing in this message',
  expired_trigger_id: 'the click or command was too long ago to open a form',
  exchanged_trigger_id: 'this click or command has opened a form already',
  invalid_trigger_id: 'this click or command cannot open a form',
  view_too_large: 'this form is too large for Slack',
};

/** Slack's own code in an error, if there is one. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/** Why Slack refused, in words for people; undefined when it did not, or not surely. */
export const refusalOf = (code: string | undefined): string | undefined => (code === undefined ? undefined : REFUSALS[code]);

/** Whether Slack refused how a message is built: then it was not said. */
export const refusesBlocks = (error: unknown): boolean =>
  error instanceof PlatformError && error.outcome === 'refused' && error.message.endsWith('(invalid_blocks)');

/** The error as a `PlatformError`. 429 is `limited`; what Slack surely did not do is `refused`; all else is `unknown`. */
export function platformError(error: unknown, method: string): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof WebAPIRateLimitedError)
    return new PlatformError('limited', `Slack wants ${method} slower`, error.retryAfter * 1000);
  const code = slackCode(error);
  if (code === 'ratelimited' || code === 'rate_limited') return new PlatformError('limited', `Slack wants ${method} slower`);
  const refusal = refusalOf(code);
  if (refusal !== undefined) return new PlatformError('refused', `Slack refused: ${refusal} (${code})`);
  const what = error instanceof Error ? error.message : String(error);
  return new PlatformError('unknown', `${method}: ${what.slice(0, 300)}`);
}
