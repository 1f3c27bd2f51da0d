import { Form } from '../checks/form.ts';
import { checkEdit, checkNewMessage } from '../checks/message.ts';
import { checkModal } from '../checks/modal.ts';
import { fieldsOfForm } from '../people/forms.ts';
import { answerKind, type Choice, type FakeInteraction, interactionKind, isLoading } from '../people/interaction.ts';
import { type Fields, fieldsOf, objectsOf, textOrEmpty } from '../world/json.ts';
import { createMessage, deleteMessage, editMessage, type Upload, withIds } from '../world/messages.ts';
import { type FakeMessage, flag } from '../world/model.ts';
import { messageJson } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import { ApiError, refuse } from './errors.ts';
import { flagsAfter, keepsSomething } from './messages.ts';
import type { Answer, Request, Route } from './router.ts';

const SENDABLE = flag.suppressEmbeds | flag.quiet | flag.componentsV2 | flag.ephemeral;
const COMMAND_REPLY = 20;
const CHOICES = 25;
const CHOICE = 100;

/** What a message is to be made of. */
interface Draft {
  readonly body: Fields;
  readonly uploads: readonly Upload[];
}

function callback({ world, params, body, uploads, query }: Request): Answer {
  const interaction = world.interactions.get(params.token ?? '');
  if (!interaction || interaction.id !== params.interaction || interaction.failed) throw refuse.unknownInteraction();
  if (interaction.acknowledgement !== null) throw refuse.alreadyAcknowledged();
  const type = typeof body.type === 'number' ? body.type : 0;
  const allowed = allowedAnswers(interaction);
  if (!allowed.includes(type)) {
    const problem = { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${allowed.join(', ')}}.` };
    throw new ApiError(400, 50035, 'Invalid Form Body', { type: { _errors: [problem] } });
  }
  underData(() => answer(world, interaction, type, { body: fieldsOf(body.data), uploads }));
  interaction.acknowledge(type);
  world.waiting.changed();
  if (query.get('with_response') !== 'true') return {};
  const message = interaction.original;
  const about = { id: interaction.id, type: interaction.type, response_message_loading: type === answerKind.deferred };
  const shown = {
    response_message_id: message?.id ?? null,
    response_message_ephemeral: message ? message.ephemeralFor !== null : null,
  };
  const resource = { type, ...(message ? { message: messageJson(world, message) } : {}) };
  return { body: { interaction: { ...about, ...shown }, resource } };
}

function allowedAnswers({ type, source }: FakeInteraction): number[] {
  const { message, deferred, deferredUpdate, update, choices, modal } = answerKind;
  if (type === interactionKind.autocomplete) return [choices];
  const onMessage = source ? [deferredUpdate, update] : [];
  return [message, deferred, ...onMessage, ...(type === interactionKind.modal ? [] : [modal])];
}

/** Discord names the errors of an answer under `data`. */
function underData(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ApiError) || !error.errors) throw error;
    throw new ApiError(error.status, error.code, error.message, { data: error.errors });
  }
}

function answer(world: World, interaction: FakeInteraction, type: number, draft: Draft): void {
  const { body, uploads } = draft;
  switch (type) {
    case answerKind.message:
      checkNewMessage(body, flagsIn(body), uploads.length);
      interaction.original = create(world, interaction, draft, flagsIn(body));
      interaction.written = true;
      return;
    case answerKind.deferred:
      interaction.original = create(
        world,
        interaction,
        { body: {}, uploads: [] },
        (flagsIn(body) & flag.ephemeral) | flag.loading,
      );
      return;
    case answerKind.deferredUpdate:
      interaction.original = interaction.source;
      return;
    case answerKind.update:
      interaction.original = interaction.source;
      rewrite(world, interaction, draft);
      return;
    case answerKind.modal:
      openModal(interaction, body);
      return;
    default:
      interaction.choices = choicesIn(body);
  }
}

function flagsIn(body: Fields): number {
  return (typeof body.flags === 'number' ? body.flags : 0) & SENDABLE;
}

function create(world: World, interaction: FakeInteraction, draft: Draft, flags: number): FakeMessage {
  const { id, type, user, channel } = interaction;
  const origin = {
    channel,
    authorId: world.bot.id,
    flags,
    type: type === interactionKind.command ? COMMAND_REPLY : 0,
    ephemeralFor: (flags & flag.ephemeral) === 0 ? null : user.id,
    interaction: { id, type, userId: user.id },
  };
  return createMessage(world, origin, draft.body, draft.uploads);
}

/** Writes what `@original` means: the answer, or the message with the button. */
function rewrite(world: World, interaction: FakeInteraction, draft: Draft): FakeMessage {
  const message = existing(interaction.original);
  change(world, message, draft);
  interaction.written = true;
  world.waiting.changed();
  return message;
}

function change(world: World, message: FakeMessage, { body, uploads }: Draft): void {
  const flags = flagsAfter(message, body);
  checkEdit(body, flags);
  keepsSomething(message, body, uploads.length);
  editMessage(world, message, body, uploads, flags);
}

function existing(message: FakeMessage | null | undefined): FakeMessage {
  if (!message || message.deleted) throw refuse.unknownMessage();
  return message;
}

function openModal(interaction: FakeInteraction, body: Fields): void {
  const form = new Form();
  checkModal(form, body);
  form.done();
  const components = withIds(objectsOf(body.components));
  const customId = textOrEmpty(body.custom_id);
  const title = textOrEmpty(body.title);
  interaction.modal = { interaction, customId, title, components, fields: fieldsOfForm(components) };
}

function choicesIn(body: Fields): Choice[] {
  const form = new Form();
  const choices = form.list(body.choices, ['choices'], 0, CHOICES).map(fieldsOf);
  for (const [index, choice] of choices.entries()) {
    form.text(choice.name, ['choices', index, 'name'], 1, CHOICE);
    if (typeof choice.value !== 'number') form.text(choice.value, ['choices', index, 'value'], 1, CHOICE);
  }
  form.done();
  return choices.map(({ name, value }) => ({
    name: textOrEmpty(name),
    value: typeof value === 'number' ? value : textOrEmpty(value),
  }));
}

/** The interaction of a webhook's path, if the app may still speak through it. */
function spoken({ world, params }: Request): FakeInteraction {
  const interaction = world.interactions.get(params.token ?? '');
  if (params.app !== world.options.applicationId || !interaction) throw refuse.unknownWebhook();
  if (!interaction.tokenIsValid) throw refuse.invalidWebhookToken();
  if (interaction.acknowledgement === null) throw refuse.unknownWebhook();
  return interaction;
}

function followUp(request: Request): Answer {
  const { world, body, uploads } = request;
  const interaction = spoken(request);
  const flags = flagsIn(body);
  checkNewMessage(body, flags, uploads.length);
  // The first followup after "thinking" takes its place, and keeps whether it is private.
  if (interaction.original && isLoading(interaction.original)) {
    return { body: messageJson(world, rewrite(world, interaction, { body, uploads })) };
  }
  const message = create(world, interaction, { body, uploads }, flags);
  interaction.followups.push(message);
  world.waiting.changed();
  return { body: messageJson(world, message) };
}

function named(request: Request): FakeMessage {
  const interaction = spoken(request);
  const { original, followups } = interaction;
  const id = request.params.message;
  if (id === '@original' || id === original?.id) return existing(original);
  return existing(followups.find((message) => message.id === id));
}

function edit(request: Request): Answer {
  const { world, body, uploads } = request;
  const interaction = spoken(request);
  const message = named(request);
  if (message === interaction.original) rewrite(world, interaction, { body, uploads });
  else change(world, message, { body, uploads });
  return { body: messageJson(world, message) };
}

function remove(request: Request): Answer {
  deleteMessage(request.world, named(request));
  return {};
}

/** The routes by which the app answers people; their right is the interaction's token. */
export const interactionRoutes: readonly Route[] = [
  { pattern: 'POST /interactions/:interaction/:token/callback', open: true, run: callback },
  { pattern: 'POST /webhooks/:app/:token', open: true, run: followUp },
  {
    pattern: 'GET /webhooks/:app/:token/messages/:message',
    open: true,
    run: (request) => ({ body: messageJson(request.world, named(request)) }),
  },
  { pattern: 'PATCH /webhooks/:app/:token/messages/:message', open: true, run: edit },
  { pattern: 'DELETE /webhooks/:app/:token/messages/:message', open: true, run: remove },
];
