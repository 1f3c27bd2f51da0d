/** A message of the fake Discord as its reader sees it: escaped mark-up plain again, mentions by handle, blocks as lines. */
import type { Seen, SeenField } from '../../contract/stage.ts';
import { buttonsOf, type FakeMessage, type FakeModal, picturesOf, textOf } from '../../fakes/discord/fake-discord.ts';

/** What Discord's own client would make of a message's text, in the order in which it looks. */
const TOKENS =
  /\\([^0-9A-Za-z\s])|(`+)(.+?)\2(?!`)|\[((?:\\.|[^\]\\])*)\]\(<?([^)>]+)>?\)|<@!?(\d+)>|<#(\d+)>|<t:(-?\d+)(?::\w)?>|<(https?:\/\/[^>]+)>|(https?:\/\/[^\s<]+)|(\*\*|__|~~|\|\||[*_])|^(?:#{1,3}|-#|>) /gmu;

interface Reading {
  readonly text: string;
  readonly links: readonly string[];
}

/** Text as Discord shows it, and the addresses in it that can be clicked. */
export function shown(source: string, handle: (user: string) => string): Reading {
  const links: string[] = [];
  const text = source.replaceAll(TOKENS, (_all, escaped, _ticks, code, label, target, user, channel, time, masked, address) => {
    if (escaped !== undefined) return escaped;
    if (code !== undefined) return code;
    if (target !== undefined) {
      links.push(target);
      return shown(label, handle).text;
    }
    if (user !== undefined) return `@${handle(user)}`;
    if (channel !== undefined) return `#${channel}`;
    if (time !== undefined) return new Date(Number(time) * 1000).toISOString();
    const link = masked ?? address;
    if (link !== undefined) links.push(link);
    return link ?? '';
  });
  return { text: text.replaceAll('\u2060', ''), links };
}

/** What can be read, pressed and clicked on a message, and whom it called. */
export function seen(message: FakeMessage, handle: (user: string) => string): Seen & { readonly message: FakeMessage } {
  const { text, links } = shown(textOf(message), handle);
  const { users, roles, everyone } = message.pings;
  return {
    text,
    links,
    buttons: buttonsOf(message).map(({ label }) => label),
    mentions: [...users, ...roles, ...(everyone ? ['everyone'] : [])],
    pictures: picturesOf(message),
    id: message.id,
    message,
  };
}

/** The fields of a form, and what stands in them: text, the label of a choice, user ids. */
export const fieldsOf = (modal: FakeModal): SeenField[] =>
  modal.fields.map(({ label, required, preset, component }) => ({
    label,
    optional: !required,
    value: component.options
      ? (component.options.find((option) => option.default)?.label ?? '')
      : typeof preset === 'boolean'
        ? String(preset)
        : preset,
  }));
