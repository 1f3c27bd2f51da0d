import { chatContract } from '../../contract/chat-contract.ts';
import { slackSetup } from './setup.ts';

chatContract('Slack over HTTP', (parts) => slackSetup('http', parts));
chatContract('Slack by socket', (parts) => slackSetup('socket', parts));
