/** Answering one interaction: inside Discord's three seconds, once, and by its token for a quarter of an hour after that. */
import {
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import { CODE, codeOf, platformError } from './errors.ts';
import type { Asked } from './intents.ts';
import { request } from './pictures.ts';
import type { Body } from './render.ts';
import { forOne } from './send.ts';

/**
 * Where an interaction stands: nothing said yet; "thinking", which an answer takes the place of; acknowledged without a word, so that
 * answers follow; answered; or lost to us, because it was answered before (a repeat) or is too old.
 */
type Standing = 'new' | 'thinking' | 'quiet' | 'answered' | 'repeated' | 'too late';

export interface AnswerParts {
  readonly rest: REST;
  readonly applicationId: string;
}

/** One interaction's answers, in the order in which they were asked for. */
export class Answer {
  private readonly parts: AnswerParts;
  private readonly id: string;
  private readonly token: string;
  /** Whether there is a message whose button was pressed: then nothing has to be said at once. */
  private readonly onMessage: boolean;
  private readonly isModal: boolean;
  private standing: Standing = 'new';
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    parts: AnswerParts,
    { id, token, type, message }: Pick<Asked, 'id' | 'token' | 'type'> & { readonly message?: unknown },
  ) {
    this.parts = parts;
    this.id = id;
    this.token = token;
    this.onMessage = message !== undefined;
    this.isModal = type === InteractionType.ModalSubmit;
  }

  /** Tells Discord that the answer takes longer; the person alone sees that. Nothing where something was said already. */
  defer(): Promise<void> {
    return this.next(async () => {
      if (this.standing !== 'new') return;
      await (this.onMessage
        ? this.first({ type: InteractionResponseType.DeferredMessageUpdate }, 'quiet')
        : this.first(
            { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } },
            'thinking',
          ));
    });
  }

  /** Says nothing, where Discord allows that; else what is given, to the person alone. */
  nothing(instead: Body): Promise<Standing> {
    return this.next(async () => {
      if (this.standing === 'new' && this.onMessage)
        await this.first({ type: InteractionResponseType.DeferredMessageUpdate }, 'quiet');
      else if (this.standing !== 'quiet') await this.put(forOne(instead));
      return this.standing;
    });
  }

  /** Shows a form. `not now` when something was said already, or another form stands before it: Discord shows one only at once. */
  modal(
    data: Extract<APIInteractionResponse, { type: InteractionResponseType.Modal }>['data'],
  ): Promise<'shown' | 'not now' | 'repeated'> {
    return this.next(async () => {
      if (this.standing === 'new' && !this.isModal) {
        const standing = await this.first({ type: InteractionResponseType.Modal, data }, 'answered');
        if (standing === 'answered') return 'shown';
        if (standing === 'repeated') return 'repeated';
      }
      return 'not now';
    });
  }

  /** Says something to the person alone. */
  privately(body: Body): Promise<Standing> {
    return this.next(async () => {
      await this.put(forOne(body));
      return this.standing;
    });
  }

  /** Says something to everybody in the channel. `before` takes the place of "thinking", which only the person sees. */
  openly(body: Body, before: Body): Promise<Standing> {
    return this.next(async () => {
      if (this.standing === 'thinking') await this.put(forOne(before));
      await this.put(body);
      return this.standing;
    });
  }

  private async put(body: Body): Promise<void> {
    const { rest, applicationId } = this.parts;
    switch (this.standing) {
      case 'new':
        await this.first(said(body), 'answered', body.files);
        return;
      case 'thinking':
        await rest.patch(Routes.webhookMessage(applicationId, this.token), { ...request(body), auth: false });
        this.standing = 'answered';
        return;
      case 'quiet':
      case 'answered':
        await rest.post(Routes.webhook(applicationId, this.token), { ...request(body), auth: false });
        return;
      case 'repeated':
      case 'too late':
        return;
      default:
        this.standing satisfies never;
    }
  }

  /** The first answer, which also acknowledges. Sent again where nobody knows whether it arrived: Discord takes only one. */
  private async first(body: object, then: Standing, files: Body['files'] = []): Promise<Standing> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.parts.rest.post(Routes.interactionCallback(this.id, this.token), {
          body,
          ...(files.length > 0 ? { files: [...files] } : {}),
          auth: false,
        });
        this.standing = then;
        return then;
      } catch (error) {
        const code = codeOf(error);
        if (code === CODE.alreadyAnswered) {
          this.standing = attempt > 1 ? then : 'repeated';
          return this.standing;
        }
        if (code === CODE.unknownInteraction) {
          this.standing = 'too late';
          return this.standing;
        }
        if (attempt > 1 || platformError(error).outcome !== 'unknown') throw error;
      }
    }
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

/** A message as the first answer. */
const said = (body: Body) => ({ type: InteractionResponseType.ChannelMessageWithSource, data: request(body).body });

/** Says something to the person alone through an interaction that was acknowledged before; Discord takes it for 15 minutes. */
export async function followUp({ rest, applicationId }: AnswerParts, token: string, body: Body): Promise<void> {
  await rest.post(Routes.webhook(applicationId, token), { ...request(forOne(body)), auth: false });
}
