import { fieldsOf, lengthOf, textOrEmpty } from '../world/json.ts';
import type { Form } from './form.ts';

const EMBEDS = 10;
const TITLE = 256;
const DESCRIPTION = 4096;
const FIELDS = 25;
const FIELD_NAME = 256;
const FIELD_VALUE = 1024;
const FOOTER = 2048;
const AUTHOR = 256;
const IN_ALL = 6000;

/** Checks the embeds of a message against Discord's limits. */
export function checkEmbeds(form: Form, value: unknown): void {
  let total = 0;
  for (const [index, embed] of form.list(value, ['embeds'], 0, EMBEDS).map(fieldsOf).entries()) {
    const path = ['embeds', index];
    const footer = fieldsOf(embed.footer);
    const author = fieldsOf(embed.author);
    form.text(embed.title, [...path, 'title'], 0, TITLE);
    form.text(embed.description, [...path, 'description'], 0, DESCRIPTION);
    form.text(footer.text, [...path, 'footer', 'text'], 0, FOOTER);
    form.text(author.name, [...path, 'author', 'name'], 0, AUTHOR);
    form.whole(embed.color, [...path, 'color'], 0, 0xffffff);
    if (embed.url) form.address(embed.url, [...path, 'url'], 2048, ['http:', 'https:']);
    for (const picture of ['image', 'thumbnail']) {
      const url = fieldsOf(embed[picture]).url;
      if (url !== undefined) form.address(url, [...path, picture, 'url'], 2048);
    }
    const texts = [embed.title, embed.description, footer.text, author.name];
    for (const [at, field] of form
      .list(embed.fields, [...path, 'fields'], 0, FIELDS)
      .map(fieldsOf)
      .entries()) {
      form.text(field.name, [...path, 'fields', at, 'name'], 1, FIELD_NAME);
      form.text(field.value, [...path, 'fields', at, 'value'], 1, FIELD_VALUE);
      texts.push(field.name, field.value);
    }
    total += texts.reduce<number>((sum, text) => sum + lengthOf(textOrEmpty(text)), 0);
  }
  if (total > IN_ALL) {
    form.wrong(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${IN_ALL}`);
  }
}
