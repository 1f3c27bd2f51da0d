/**
 * The least that a Slack app with the same SDK can be: Bolt's own receiver, which checks signatures, one command that answers at once,
 * and, with DATABASE_URL, one button that stores a vote in three round trips before it answers.
 */
import { App, HTTPReceiver } from '@slack/bolt';
import postgres from 'postgres';
import { bareVote } from './bare-vote.ts';

const { BENCH_SECRET = '', BENCH_PORT = '', BENCH_ANSWER = '{}', DATABASE_URL } = process.env;

const answer = JSON.parse(BENCH_ANSWER) as { text: string };
const sql = DATABASE_URL === undefined ? undefined : postgres(DATABASE_URL, { max: 10, onnotice: () => {}, fetch_types: false });
const receiver = new HTTPReceiver({ signingSecret: BENCH_SECRET, port: Number(BENCH_PORT), endpoints: '/slack/events' });
const app = new App({ receiver, authorize: async () => ({}), convoStore: false, ignoreSelf: false, attachFunctionToken: false });

app.command(/.*/u, async ({ ack }) => {
  await ack(answer);
});
app.action({ type: 'block_actions' }, async ({ ack, body }) => {
  const pressed = body.type === 'block_actions' ? body.actions[0] : undefined;
  const { record } = JSON.parse(pressed?.type === 'button' ? (pressed.value ?? '{}') : '{}') as { record?: string };
  if (sql) await bareVote(sql, record ?? '', body.user.id, pressed?.action_id ?? '');
  await ack();
});

await app.start();
process.send?.('ready');
process.on('disconnect', () => process.exit());
