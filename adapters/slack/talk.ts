/** From a request to Slack's answer: who asks, what the dispatch says, and how it is told, all inside Slack's three seconds. */
import { randomBytes } from 'node:crypto';
import { type Card, card, shortened, text } from '../../src/chat/card.ts';
import { OPEN } from '../../src/chat/dispatch.ts';
import type { Form } from '../../src/chat/form.ts';
import { peopleOfCard, peopleOfForm } from '../../src/chat/mentions.ts';
import type { Overflow } from '../../src/chat/overflow.ts';
import { type Asker, type Dispatch, type Log, type Names, PlatformError, type Reply } from '../../src/chat/port.ts';
import { refusalCard } from '../../src/chat/refusals/index.ts';
import { refuse } from '../../src/core/refusal.ts';
import { SLACK_LIMITS } from './limits.ts';
import { type Answer, answeredOnce } from './once.ts';
import type { People } from './people.ts';
import type { Address, Request } from './requests.ts';
import { openCard, type Saying } from './saying.ts';
import { viewOf } from './view.ts';
import type { Web } from './web.ts';

export interface TalkParts {
  readonly web: Web;
  readonly people: People;
  readonly saying: Saying;
  readonly overflow: Overflow;
  readonly log: Log;
  readonly names: (people: readonly string[]) => Promise<Names>;
}

export interface Talk {
  /** Answers a request; a repeat of it gets the same answer. */
  answer(request: Request, dispatch: Dispatch): Promise<Answer>;
  /** Opens a dialog. Throws `PlatformError`; `refused` too when the click was too long ago. */
  open(address: Address, form: Form, names: Names): Promise<void>;
  /** Waits for what is still being said, at most this many milliseconds. */
  settled(limit: number): Promise<void>;
}

/** How long names may take, in milliseconds; past it people are shown by their ids rather than not at all. */
const NAMES_WITHIN = 1000;
/** When the body of an answer still reaches Slack, which waits three seconds: milliseconds after the request came. */
const IN_TIME = 2800;
/** How much of a complaint fits beside a field. */
const COMPLAINT = 500;
const OK: Answer = { status: 200 };

/** A request and when it came. */
type Asked = Request & { readonly since: number };

/** Makes the conversation between Slack and the dispatch. */
export function talk({ web, people, saying, overflow, log, names: ask }: TalkParts): Talk {
  const once = answeredOnce();
  const running = new Set<Promise<void>>();

  async function namesOf(wanted: readonly string[]): Promise<Names> {
    const byId: Names = (person) => ({ name: person });
    if (wanted.length === 0) return byId;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Names>((resolve) => {
      timer = setTimeout(() => resolve(byId), NAMES_WITHIN);
    });
    try {
      return await Promise.race([ask([...new Set(wanted)]), late]);
    } catch (error) {
      log.warn({ error }, 'Slack: names could not be read');
      return byId;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Says it after Slack was answered; what goes wrong is logged, as nobody waits for it any more. */
  function later(say: () => Promise<void>): void {
    const saying = say()
      .catch((error: unknown) => log.warn({ error }, 'Slack: an answer could not be given'))
      .finally(() => running.delete(saying));
    running.add(saying);
  }

  async function tell({ address, way, since }: Asked, shown: Card, to: 'private' | 'here'): Promise<Answer> {
    const names = await namesOf(peopleOfCard(shown));
    // Slack has given up on a late body and told the person so: the answer then goes the way of all others.
    const inTime = way === 'command' && Date.now() - since < IN_TIME;
    const body = inTime ? await saying.inBody(shown, to, names) : undefined;
    if (body !== undefined) return { status: 200, body };
    const say = () => (to === 'here' ? saying.openly(address, shown, names) : saying.privately(address, shown, names));
    if (way !== 'event') {
      later(say);
      return OK;
    }
    try {
      await say();
      return OK;
    } catch (error) {
      log.warn({ error }, 'Slack: an answer could not be given');
      // Slack sends the event again, and it is answered then; what may have been said already is not said twice.
      const limited = error instanceof PlatformError && error.outcome === 'limited';
      return limited ? { status: 503, again: true } : OK;
    }
  }

  async function away(request: Asked, shown: Card): Promise<Answer> {
    const [first] = request.fields ?? [];
    if (request.way === 'event') return { status: 503, again: true };
    // The dialog stays open, so that nothing that was written is lost.
    if (first !== undefined) return { ...complaints({ [first]: shown.summary }), again: true };
    return { ...(await tell(request, shown, 'private')), again: true };
  }

  const complaints = (fields: Readonly<Record<string, string>>): Answer => ({
    status: 200,
    body: {
      response_action: 'errors',
      errors: Object.fromEntries(Object.entries(fields).map(([name, words]) => [name, shortened(words, COMPLAINT)])),
    },
    again: true,
  });

  function mend(request: Asked, fields: Readonly<Record<string, string>>): Answer | Promise<Answer> {
    const known = Object.entries(fields).filter(([name]) => request.fields?.includes(name));
    if (known.length > 0) return complaints(Object.fromEntries(known));
    const lines = Object.entries(fields).map(([name, words]) => text({ bold: name }, `: ${words}`));
    return tell(request, card('Not done', lines, { tone: 'warning' }), 'private');
  }

  async function open(address: Address, form: Form, names: Names): Promise<void> {
    const trigger = address.trigger_id;
    if (trigger === undefined) throw new PlatformError('refused', 'Slack opens a form only at the moment of a click');
    const view = viewOf(form, names, overflow, address);
    if (view === undefined) throw new TooLong(JSON.stringify(form.input).length);
    await web.quick('views.open', (client) => client.views.open({ trigger_id: trigger, view }));
  }

  async function show(request: Asked, form: Form): Promise<Answer> {
    const names = await namesOf(peopleOfForm(form));
    if (request.way === 'submit') {
      const view = viewOf(form, names, overflow, request.address);
      return view === undefined ? tooLong(request, form) : { status: 200, body: { response_action: 'update', view } };
    }
    const again = request.again ?? { line: form.doing };
    if (request.way === 'event') return tell(request, openCard(form.title, again, OPEN), 'here');
    try {
      await open(request.address, form, names);
      return OK;
    } catch (error) {
      if (error instanceof TooLong) return tooLong(request, form);
      log.warn({ error, form: form.title }, 'Slack: a form did not open');
      return tell(request, openCard(form.title, again, OPEN), 'private');
    }
  }

  function tooLong(request: Asked, { input }: Form): Promise<Answer> {
    const length = JSON.stringify(input).length;
    return tell(request, refusalCard(refuse('too-long', { length, most: SLACK_LIMITS.privateMetadata / 2 })), 'private');
  }

  function give(request: Asked, reply: Reply): Answer | Promise<Answer> {
    if (request.quiet && !(reply.kind === 'card' && reply.away)) return OK;
    switch (reply.kind) {
      case 'nothing':
        return OK;
      case 'form':
        return show(request, reply.form);
      case 'mend':
        return mend(request, reply.fields);
      case 'card':
        return reply.away ? away(request, reply.card) : tell(request, reply.card, reply.to);
      default:
        return reply satisfies never;
    }
  }

  async function whoAsks(user: string): Promise<Asker | undefined> {
    try {
      return await people.describe(user);
    } catch (error) {
      log.warn({ error }, 'Slack: it did not say who asks');
      return undefined;
    }
  }

  async function answer(request: Asked, dispatch: Dispatch): Promise<Answer> {
    const asker = await whoAsks(request.user);
    // Without knowing whether it is a bot or a guest nothing may be done in somebody's name.
    if (!asker) return away(request, refusalCard(refuse('unknown-person')));
    const reply = await dispatch(request.intent(asker), request.since);
    try {
      return await give(request, reply);
    } catch (error) {
      return failed(request, error);
    }
  }

  /** The answer was found and could not be shown: what was asked for may well be done, so it must not be said that it is not. */
  function failed(request: Asked, error: unknown): Promise<Answer> {
    const ref = randomBytes(2).toString('hex').toUpperCase();
    log.error({ ref, error }, 'Slack: an answer could not be shown');
    const words = `Something failed on our side while the answer was shown (ref ${ref}). Look at the record before you do it again.`;
    return tell(request, card('Not shown', [text(words)], { tone: 'warning', summary: words }), 'private');
  }

  return {
    answer: (request, dispatch) => once(request.key, () => answer({ ...request, since: Date.now() }, dispatch)),
    open,
    settled: async (limit) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limit);
      });
      await Promise.race([Promise.allSettled(running), late]);
      clearTimeout(timer);
    },
  };
}

/** A form carries along more than Slack keeps for us. */
class TooLong extends PlatformError {
  constructor(length: number) {
    super('refused', `The form would carry ${length} characters along, and Slack keeps ${SLACK_LIMITS.privateMetadata}`);
  }
}
