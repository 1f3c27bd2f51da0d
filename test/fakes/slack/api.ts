import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Door, readBody, readMembers } from './door.ts';
import { type JsonObject, object } from './json.ts';
import { Args, type Method, type Stores } from './methods/call.ts';
import { chat } from './methods/chat.ts';
import { conversations } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { people } from './methods/people.ts';
import { teamMethods } from './methods/team.ts';
import { viewMethods } from './methods/views.ts';
import { Rates } from './rates.ts';
import { SlackError } from './world.ts';

/** What proves that a call comes from our app. */
export type Tokens = { readonly bot: string; readonly app: string };

/** Slack's Web API over HTTP. */
export class Api {
  /** Whether Slack's own rate limits hold. */
  limited = false;
  private readonly stores: Stores;
  private readonly door: Door;
  private readonly tokens: Tokens;
  private readonly methods: Record<string, Method>;
  private readonly rates = new Rates();

  constructor(stores: Stores, door: Door, tokens: Tokens, urls: { socket: () => string; upload: (id: string) => string }) {
    this.stores = stores;
    this.door = door;
    this.tokens = tokens;
    this.methods = {
      ...chat,
      ...conversations,
      ...people,
      ...viewMethods,
      ...fileMethods(urls.upload),
      ...teamMethods(urls.socket),
    };
  }

  /** Answers one call of a method. */
  async serve(method: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const members = { ...Object.fromEntries(query), ...(await readMembers(request, await readBody(request))) };
    const { token: inBody, ...given } = members;
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? inBody;
    const args = new Args(given);
    this.door.pass(method, args.all, this.stores.world.now(), response, () => this.run(method, args, token));
  }

  private run(method: string, args: Args, token: unknown): Answer {
    try {
      const found = this.methods[method];
      if (found === undefined) throw new SlackError('unknown_method', { req_method: method });
      this.authorize(method, token);
      const wait = this.limited ? this.rates.refuse(method, args.all, this.stores.world.now()) : undefined;
      if (wait !== undefined) {
        const headers = { 'retry-after': String(wait) };
        return { status: 429, body: { ok: false, error: 'ratelimited' }, headers, outcome: 'ratelimited' };
      }
      const { scopes } = this.stores.world;
      const headers = scopes === undefined ? {} : { 'x-oauth-scopes': scopes.join(',') };
      return { status: 200, body: { ok: true, ...found(args, this.stores) }, headers, outcome: 'ok' };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { status: 200, body: this.refusal(error), outcome: error.code };
    }
  }

  private refusal(error: SlackError): JsonObject {
    return { ok: false, error: error.code, ...object(error.extra) };
  }

  private authorize(method: string, token: unknown): void {
    if (method === 'api.test') return;
    if (token === undefined || token === '') throw new SlackError('not_authed');
    if (token !== this.tokens.bot && token !== this.tokens.app) throw new SlackError('invalid_auth');
    const wanted = method === 'apps.connections.open' ? this.tokens.app : this.tokens.bot;
    if (token !== wanted) throw new SlackError('not_allowed_token_type');
  }
}
