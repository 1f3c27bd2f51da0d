import { fieldsOf, objectsOf, textOrEmpty } from './json.ts';
import { type Component, type FakeMessage, kind, selectKinds } from './model.ts';

/** A button as a person sees it. */
interface SeenButton {
  readonly label: string;
  /** Empty for a link. */
  readonly customId: string;
  readonly style: number;
  readonly disabled: boolean;
  readonly url: string | null;
}

/** All components, from the top down, those inside others too. */
export function walk(components: readonly Component[]): Component[] {
  return components.flatMap((part) => [
    part,
    ...walk(part.components ?? []),
    ...(part.component ? walk([part.component]) : []),
    ...(part.accessory ? walk([part.accessory]) : []),
  ]);
}

/** The text that a person reads in a message: content, embeds and text displays, a line each. Labels of buttons are not in it. */
export function textOf(message: Pick<FakeMessage, 'content' | 'embeds' | 'components'>): string {
  const lines = [message.content];
  for (const embed of message.embeds) {
    lines.push(textOrEmpty(fieldsOf(embed.author).name), textOrEmpty(embed.title), textOrEmpty(embed.description));
    for (const field of objectsOf(embed.fields)) lines.push(textOrEmpty(field.name), textOrEmpty(field.value));
    lines.push(textOrEmpty(fieldsOf(embed.footer).text));
  }
  for (const part of walk(message.components)) {
    if (part.type === kind.textDisplay) lines.push(part.content ?? '');
  }
  return lines.filter((line) => line !== '').join('\n');
}

/** The buttons of a message, in the order in which a person sees them. */
export function buttonsOf(message: Pick<FakeMessage, 'components'>): SeenButton[] {
  return walk(message.components)
    .filter((part) => part.type === kind.button)
    .map((part) => ({
      label: part.label ?? '',
      customId: part.custom_id ?? '',
      style: part.style ?? 0,
      disabled: part.disabled ?? false,
      url: part.url ?? null,
    }));
}

/** The descriptions of the pictures that a person sees in a message; one whose file did not come along is none. */
export function picturesOf(message: Pick<FakeMessage, 'components'>): string[] {
  return walk(message.components)
    .filter((part) => part.type === kind.mediaGallery)
    .flatMap((part) => objectsOf(part.items))
    .filter((item) => /^https?:/u.test(textOrEmpty(fieldsOf(item.media).url)))
    .map((item) => textOrEmpty(item.description));
}

/** The selects of a message. */
export function selectsOf(message: Pick<FakeMessage, 'components'>): Component[] {
  return walk(message.components).filter((part) => selectKinds.includes(part.type));
}
