/** Requests as Slack sends them, signed beforehand and whole to the last byte. */
import { createHmac } from 'node:crypto';

export const SECRET = 'signing-secret-of-the-bench';
const CHANNEL = 'C1';

let made = 0;

function signed(body: string, port: number): Buffer {
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  return Buffer.from(
    `POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-www-form-urlencoded\r\n` +
      `user-agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\naccept: */*\r\nx-slack-request-timestamp: ${seconds}\r\n` +
      `x-slack-signature: v0=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** A slash command of `user`, different from all others. */
export function commandRequest(port: number, user: string, command: string, text: string, answers: string): Buffer {
  made += 1;
  const body = new URLSearchParams({
    token: 'old-token',
    team_id: 'T1',
    team_domain: 'bank',
    channel_id: CHANNEL,
    channel_name: 'cab',
    user_id: user,
    user_name: user.toLowerCase(),
    command,
    text,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: answers,
    trigger_id: `${made}.bench`,
  });
  return signed(body.toString(), port);
}

/** A press of a button of a ballot's card, different from all others. */
export function pressRequest(port: number, user: string, action: string, record: string, answers: string): Buffer {
  made += 1;
  const payload = {
    type: 'block_actions',
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: 'T1' },
    api_app_id: 'A1',
    token: 'old-token',
    team: { id: 'T1', domain: 'bank' },
    enterprise: null,
    is_enterprise_install: false,
    container: { type: 'message', message_ts: '1700000000.000100', channel_id: CHANNEL, is_ephemeral: false },
    trigger_id: `${made}.bench`,
    channel: { id: CHANNEL, name: 'cab' },
    state: { values: {} },
    response_url: answers,
    actions: [
      {
        type: 'button',
        action_id: action,
        block_id: 'b1',
        action_ts: `${1_700_000_000 + made}.000200`,
        text: { type: 'plain_text', text: 'Approve', emoji: false },
        value: JSON.stringify({ record, value: '1' }),
      },
    ],
  };
  return signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), port);
}
