/** A message of the fake Slack as its reader sees it. */

import type { Seen, SeenField } from '../../contract/stage.ts';
import type { FakeMessage, FakeView } from '../../fakes/slack/fake-slack.ts';
import type { Json, JsonObject } from '../../fakes/slack/json.ts';

const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(object) : []);
const string = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

interface Reading {
  readonly lines: string[];
  readonly mentions: string[];
  readonly links: string[];
  readonly pictures: string[];
}

/** Marked-up text: what Slack would make of it, and what is left to read. */
function readMarkup(text: string, into: Reading): string {
  for (const [, range] of text.matchAll(/<!(here|channel|everyone|subteam\^[^|>]+)(?:\|[^>]*)?>/gu))
    into.mentions.push(range ?? '');
  for (const [, user] of text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/gu)) into.mentions.push(user ?? '');
  for (const [, url] of text.matchAll(/<(https?:[^|>]+)(?:\|[^>]*)?>/gu)) into.links.push(url ?? '');
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u2060', '');
}

function readRich(element: JsonObject, handle: (user: string) => string, into: Reading): string {
  const inner = () => objects(element.elements).map((one) => readRich(one, handle, into));
  switch (element.type) {
    case 'rich_text_section':
      return inner().join('');
    case 'rich_text_list':
      return inner().join('\n');
    case 'text':
      return string(element.text);
    case 'user':
      into.mentions.push(string(element.user_id));
      return `@${handle(string(element.user_id))}`;
    case 'broadcast':
      into.mentions.push(string(element.range));
      return `@${string(element.range)}`;
    case 'channel':
      return `#${string(element.channel_id)}`;
    case 'link':
      into.links.push(string(element.url));
      return string(element.text) || string(element.url);
    case 'date':
      return string(element.fallback);
    default:
      throw new Error(`Nobody reads ${string(element.type)} yet`);
  }
}

function readText(text: JsonObject, into: Reading): string {
  return text.type === 'mrkdwn' ? readMarkup(string(text.text), into) : string(text.text);
}

function readBlock(block: JsonObject, handle: (user: string) => string, into: Reading): void {
  if (block.type === 'rich_text') into.lines.push(...objects(block.elements).map((one) => readRich(one, handle, into)));
  else if (block.type === 'header' || block.type === 'section') into.lines.push(readText(object(block.text), into));
  else if (block.type === 'image') into.pictures.push(string(block.alt_text));
}

/** What can be read, pressed and clicked on a message. */
export function seen(
  message: FakeMessage,
  buttons: readonly string[],
  handle: (user: string) => string,
): Seen & { message: FakeMessage } {
  const into: Reading = { lines: [], mentions: [], links: [], pictures: [] };
  // The text above the blocks is read out in notifications: what it would call counts, even where nobody reads it.
  const text = readMarkup(message.text, into);
  if (message.blocks.length === 0) into.lines.push(text);
  for (const block of message.blocks) readBlock(block, handle, into);
  const { mentions, links, pictures } = into;
  return { text: into.lines.join('\n'), buttons, mentions, links, pictures, id: message.ts, message };
}

/** The fields of a dialog, and what stands in them. */
export function fieldsOf(view: FakeView, values: JsonObject): SeenField[] {
  return view.blocks
    .filter(({ type }) => type === 'input')
    .map((block) => {
      const [state = {}] = Object.values(object(values[string(block.block_id)])).map(object);
      const option = object(state.selected_option ?? null);
      const users = Array.isArray(state.selected_users) ? state.selected_users.map(string) : undefined;
      return {
        label: string(object(block.label).text),
        optional: block.optional === true,
        value: users ?? (string(state.selected_user) || string(object(option.text).text) || string(state.value)),
      };
    });
}
