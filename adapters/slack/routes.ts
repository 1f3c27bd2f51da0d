/** Bolt, which tells commands, clicks, forms and events apart for us. */
import { App, type Receiver } from '@slack/bolt';
import type { Dispatch, Log } from '../../src/chat/port.ts';
import { type Changed, fromChanged, fromPin, fromReaction, type Pin, type Reaction } from './marks.ts';
import type { Answer } from './once.ts';
import type { Exchange } from './receiver.ts';
import { fromAction, fromCommand, fromMessage, fromShortcut, fromSubmission, type Message, type Request } from './requests.ts';
import type { Talk } from './talk.ts';
import { FORM } from './view.ts';
import { sdkLogger } from './web.ts';

/** Wires Bolt to the conversation. Until `dispatch` gives one, everything is answered 503. */
export function routes(receiver: Receiver, talk: Talk, dispatch: () => Dispatch | undefined, log: Log): App {
  const app = new App({
    receiver,
    // No token: our own clients make every call, and who asks is looked up there.
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
    logger: sdkLogger(log),
  });

  async function answer(request: Request | undefined): Promise<Answer> {
    const known = dispatch();
    if (known === undefined) return { status: 503 };
    return request === undefined ? { status: 200 } : talk.answer(request, known);
  }

  const heard = async (message: Message & Changed, body: EventBody, exchange: Exchange): Promise<void> => {
    const bot = ourselves(body);
    exchange.answer = await answer(fromMessage(message, body.event_id, bot) ?? fromChanged(message, body.event_id, bot));
  };

  app.command(/.*/u, async ({ command, context }) => {
    exchangeOf(context).answer = await answer(fromCommand(command));
  });
  app.action({ type: 'block_actions' }, async ({ body, context }) => {
    exchangeOf(context).answer = await answer(body.type === 'block_actions' ? fromAction(body) : undefined);
  });
  app.shortcut({ type: 'message_action' }, async ({ body, context }) => {
    exchangeOf(context).answer = await answer(body.type === 'message_action' ? fromShortcut(body) : undefined);
  });
  app.view(FORM, async ({ body, context }) => {
    exchangeOf(context).answer = await answer(body.type === 'view_submission' ? fromSubmission(body) : undefined);
  });
  app.event('app_mention', ({ event, body, context }) => heard(event, body, exchangeOf(context)));
  app.event('reaction_added', async ({ event, body, context }) => {
    exchangeOf(context).answer = await answer(fromReaction(event as Reaction, body.event_id, ourselves(body)));
  });
  app.event('pin_added', async ({ event, body, context }) => {
    exchangeOf(context).answer = await answer(fromPin(event as Pin, body.event_id, ourselves(body)));
  });
  app.event('message', ({ event, body, context }) => heard(event, body, exchangeOf(context)));
  return app;
}

interface EventBody {
  readonly event_id: string;
  readonly authorizations?: readonly { readonly user_id: string }[];
}

const ourselves = (body: EventBody): string | undefined => body.authorizations?.[0]?.user_id;

// The receiver has put it there; Bolt's context is untyped.
const exchangeOf = (context: Readonly<Record<string, unknown>>): Exchange => context.exchange as Exchange;
