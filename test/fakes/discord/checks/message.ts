import { refuse } from '../rest/errors.ts';
import { type Fields, fieldsOf, isFields, listOf } from '../world/json.ts';
import { flag } from '../world/model.ts';
import { checkComponents } from './components.ts';
import { checkEmbeds } from './embeds.ts';
import { Form } from './form.ts';

const CONTENT = 2000;
const NONCE = 25;
const MENTION_IDS = 100;

/** Checks the body of a message to be sent. `flags` counts those it will have; `files` how many came with it. */
export function checkNewMessage(body: Fields, flags: number, files: number): void {
  const form = new Form();
  checkParts(form, body, flags);
  if (typeof body.nonce === 'string') form.text(body.nonce, ['nonce'], 0, NONCE);
  form.done();
  const filled = [body.embeds, body.components, body.sticker_ids].some((list) => listOf(list).length > 0);
  if (!body.content && !filled && files === 0 && !isFields(body.poll)) throw refuse.emptyMessage();
}

/** Checks the body of an edit. `flags` counts those the message will have after it. */
export function checkEdit(body: Fields, flags: number): void {
  const form = new Form();
  checkParts(form, body, flags);
  form.done();
}

function checkParts(form: Form, body: Fields, flags: number): void {
  const v2 = (flags & flag.componentsV2) !== 0;
  form.text(body.content, ['content'], 0, CONTENT);
  checkEmbeds(form, body.embeds);
  checkComponents(form, body.components, v2);
  if (v2) {
    if (body.content) wrongInV2(form, 'content');
    if (listOf(body.embeds).length > 0) wrongInV2(form, 'embeds');
  }
  checkAllowedMentions(form, body.allowed_mentions);
}

function wrongInV2(form: Form, field: string): void {
  const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
  form.wrong([field], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
}

function checkAllowedMentions(form: Form, value: unknown): void {
  const allowed = fieldsOf(value);
  const parse = listOf(allowed.parse);
  for (const each of parse) {
    if (each !== 'users' && each !== 'roles' && each !== 'everyone') {
      form.wrong(['allowed_mentions', 'parse'], 'BASE_TYPE_CHOICES', "Value must be one of ('everyone', 'roles', 'users').");
    }
  }
  for (const list of ['users', 'roles']) {
    const ids = form.list(allowed[list], ['allowed_mentions', list], 0, MENTION_IDS);
    if (ids.length > 0 && parse.includes(list)) {
      const message = `parse:["${list}"] and ${list}: [ids...] are mutually exclusive.`;
      form.wrong(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
    }
  }
}
