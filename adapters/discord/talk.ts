/** From what somebody asks on Discord to the answer that they read. */
import { createHash } from 'node:crypto';
import { type APIInteraction, type GatewayMessageCreateDispatchData, InteractionType, type REST } from 'discord.js';
import type { Card } from '../../src/chat/card.ts';
import { OPEN } from '../../src/chat/dispatch.ts';
import type { Form } from '../../src/chat/form.ts';
import { peopleOfForm } from '../../src/chat/mentions.ts';
import type { Overflow } from '../../src/chat/overflow.ts';
import type { Dispatch, Intent, Log, Names, Reply, ReplyAddress } from '../../src/chat/port.ts';
import type { Registry } from '../../src/chat/registry.ts';
import { Answer, followUp } from './answer.ts';
import { belowCard, closedCard, isOfForm, mendCard, openCard, receivedCard, sentDirectlyCard, withoutButtons } from './cards.ts';
import { lineOf } from './commands.ts';
import { complete } from './completing.ts';
import { platformError } from './errors.ts';
import { askedIn, intentOf, personPlace, wordsIntent } from './intents.ts';
import type { Press } from './keys.ts';
import { modal } from './modal.ts';
import type { Places } from './places.ts';
import { nonceOf, type Sender, type Sent } from './send.ts';

export interface TalkParts {
  readonly rest: REST;
  readonly applicationId: string;
  readonly registry: Registry;
  readonly places: Places;
  readonly send: Sender;
  readonly overflow: Overflow;
  readonly log: Pick<Log, 'warn'>;
  readonly dispatch: () => Dispatch | undefined;
  /** Keys of the audiences that there are. */
  readonly audiences: () => Promise<readonly string[]>;
  /** How long an answer may take before Discord is told that it takes longer, in milliseconds; Discord waits 3 seconds. */
  readonly patience: number;
}

export interface Talk {
  readonly interaction: (interaction: APIInteraction) => Promise<void>;
  readonly message: (message: GatewayMessageCreateDispatchData, bot: string) => Promise<void>;
  /** Something was done to a message; nobody is answered. */
  readonly mark: (intent: Intent) => Promise<void>;
  readonly replyPrivately: (address: ReplyAddress, card: Card, names: Names) => Promise<void>;
  readonly openForm: (address: ReplyAddress, form: Form, names: Names) => Promise<void>;
}

type Where = 'ephemeral' | 'here' | 'direct';

const buttonsOf = (card: Card) => card.blocks.flatMap((block) => (block.kind === 'controls' ? block.controls : []));

/** A card with buttons must outlive the moment, so it is a message; buttons that go on with a form live as long as the form. */
const whereFor = (card: Card): Where => (buttonsOf(card).some(({ action }) => !isOfForm(action)) ? 'direct' : 'ephemeral');

/** Makes the conversation between Discord and the dispatch. */
export function talker(parts: TalkParts): Talk {
  const { registry, places, send, log } = parts;

  /** A message to one person directly. Sent again where nobody knows whether it arrived: the nonce keeps it one message. */
  async function sayDirectly(user: string, card: Card, nonce: string, names?: Names): Promise<Sent> {
    const channel = await places.channelId(personPlace(user));
    const body = await send.body(card, names);
    try {
      return await send.say(channel, body, nonce);
    } catch (error) {
      if (platformError(error).outcome !== 'unknown') throw error;
      return send.say(channel, body, nonce);
    }
  }

  /** The same; undefined where it did not arrive, most likely because theirs are closed to us. */
  async function direct(user: string, card: Card, nonce: string, names?: Names): Promise<Sent | undefined> {
    try {
      return await sayDirectly(user, card, nonce, names);
    } catch (error) {
      log.warn({ user, reason: platformError(error).message }, 'Discord: a direct message did not arrive');
      return undefined;
    }
  }

  /** What the person alone reads: the card itself, or where it went. */
  async function privateCard(user: string, card: Card, nonce: string, names?: Names): Promise<Card> {
    if (whereFor(card) === 'ephemeral') return card;
    const sent = await direct(user, card, nonce, names);
    if (!sent) return withoutButtons(card);
    return sentDirectlyCard(card.title, `https://discord.com/channels/@me/${sent.channel}/${sent.id}`);
  }

  async function interaction(raw: APIInteraction): Promise<void> {
    if (raw.type === InteractionType.ApplicationCommandAutocomplete) return complete(parts, raw);
    const asked = askedIn(raw);
    const intent = asked && intentOf(asked, registry);
    const dispatch = parts.dispatch();
    if (!asked || !intent || !dispatch) return;
    const answer = new Answer(parts, asked);
    const late = setTimeout(() => {
      answer.defer().catch((error: unknown) => log.warn({ error }, 'Discord: an interaction could not be acknowledged'));
    }, parts.patience);
    try {
      await give(answer, intent, await dispatch(intent));
    } finally {
      clearTimeout(late);
    }
  }

  async function give(answer: Answer, intent: Intent, reply: Reply): Promise<void> {
    switch (reply.kind) {
      case 'nothing':
        await answer.nothing(await send.body(receivedCard));
        return;
      case 'form':
        await giveForm(answer, intent, reply.form);
        return;
      case 'mend':
        await answer.privately(await send.body(mendFor(intent, reply)));
        return;
      case 'card':
        await giveCard(answer, intent, reply.card, reply.to);
        return;
      default:
        reply satisfies never;
    }
  }

  async function giveForm(answer: Answer, intent: Intent, form: Form): Promise<void> {
    const shown = await answer.modal(modal(form, await send.namesFor(peopleOfForm(form)), parts.overflow));
    if (shown === 'not now') await answer.privately(await send.body(laterCard(form, intent)));
  }

  async function giveCard(answer: Answer, intent: Intent, card: Card, to: 'private' | 'here'): Promise<void> {
    const { user } = intent.from;
    const nonce = nonceOf(idIn(intent), 'a');
    // In a direct message everything said is for the person alone already, and stays.
    const standing =
      to === 'here' || intent.address.direct === 'yes'
        ? await answer.openly(await send.body(card), await send.body(belowCard))
        : await answer.privately(await send.body(await privateCard(user, card, nonce)));
    if (standing === 'too late') await direct(user, card, nonce);
  }

  function mendFor(intent: Intent, { fields, draft = '', step = 1 }: Extract<Reply, { kind: 'mend' }>): Card {
    const doing = intent.kind === 'submit' ? (registry.command(intent.doing) ?? registry.button(intent.doing)) : undefined;
    const labelled = Object.entries(fields).map(([name, wrong]) => [doing?.form?.fields[name]?.label ?? name, wrong] as const);
    return mendCard(labelled, draft, step);
  }

  /** A form that could not be shown at once, behind a button: the same press again, or the command as a line of words. */
  function laterCard(form: Form, intent?: Intent): Card {
    const said = lineOf(form.doing, form.input, registry);
    const again: Press | undefined =
      intent?.kind === 'press'
        ? { action: intent.action, record: intent.record, ...(intent.value === undefined ? {} : { value: intent.value }) }
        : registry.command(form.doing)
          ? { action: OPEN, record: '', value: said }
          : registry.button(form.doing)
            ? { action: form.doing, record: form.input.record ?? '', value: form.input.value ?? '' }
            : undefined;
    return openCard(form.title, again, `/${said}`);
  }

  async function message(raw: GatewayMessageCreateDispatchData, bot: string): Promise<void> {
    const intent = wordsIntent(raw, bot);
    const dispatch = parts.dispatch();
    if (!intent || !dispatch) return;
    const reply = await dispatch(intent);
    switch (reply.kind) {
      case 'nothing':
      case 'mend':
        return;
      case 'form':
        // Only who presses is shown the form, so the button may stand where it was said.
        return answerWords(intent, laterCard(reply.form, intent), 'here');
      case 'card':
        return answerWords(intent, reply.card, reply.to);
      default:
        return reply satisfies never;
    }
  }

  /** Words have no private answer where they were said: what only the person may read goes to them directly. */
  async function answerWords({ address, from, words }: Extract<Intent, { kind: 'words' }>, card: Card, to: 'private' | 'here') {
    const { channel = '', message: said = '' } = address;
    if (to === 'here' || address.direct === 'yes') {
      try {
        await send.say(channel, await send.body(card), nonceOf(said, 'w'), said);
        return;
      } catch (error) {
        // Where we may read and not write, whoever asked is told directly.
        if (platformError(error).outcome !== 'refused') throw error;
      }
    }
    if (await direct(from.user, card, nonceOf(said, 'd'))) return;
    await send.say(channel, await send.body(closedCard(`/${words}`)), nonceOf(said, 'c'), said);
  }

  async function replyPrivately(address: ReplyAddress, card: Card, names: Names): Promise<void> {
    const { user = '', token, interaction: id, message: said } = address;
    // One request can have several late answers, so what is said belongs to the nonce.
    const nonce = `${nonceOf(id ?? said ?? '0', 'p')}${createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 8)}`;
    if (token !== undefined) {
      const shown = address.direct === 'yes' ? card : await privateCard(user, card, nonce, names);
      try {
        await followUp(parts, token, await send.body(shown, names));
        return;
      } catch (error) {
        // The token has ended, or the request was never acknowledged; the person can still be written to. What was is not written twice.
        if (platformError(error).outcome !== 'refused') throw error;
      }
    }
    await sayDirectly(user, card, nonce, names);
  }

  async function openForm(address: ReplyAddress, form: Form, names: Names): Promise<void> {
    const { interaction: id, token } = address;
    if (id !== undefined && token !== undefined) {
      const answer = new Answer(parts, { id, token, type: InteractionType.ApplicationCommand });
      if ((await answer.modal(modal(form, names, parts.overflow))) === 'shown') return;
    }
    await replyPrivately(address, laterCard(form), names);
  }

  async function mark(intent: Intent): Promise<void> {
    await parts.dispatch()?.(intent);
  }

  return { interaction, message, mark, replyPrivately, openForm };
}

/** The id of the request that an intent is. */
const idIn = ({ address }: Intent): string => address.interaction ?? address.message ?? '0';
