import { chatContract } from '../../contract/chat-contract.ts';
import { discordSetup } from './setup.ts';

chatContract('Discord', (parts) => discordSetup(parts), {
  'closed direct': 'Discord opens the conversation and refuses only what is sent in it; tested beside this suite',
});
