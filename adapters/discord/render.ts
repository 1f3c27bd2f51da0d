/** A card as a Discord message: one container that reads well on a phone. Pure. */
import { createHash } from 'node:crypto';
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RawFile,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { type Block, type Card, type Control, shortened, type Tone } from '../../src/chat/card.ts';
import { peopleOfCard } from '../../src/chat/mentions.ts';
import { type Overflow, within } from '../../src/chat/overflow.ts';
import type { Names } from '../../src/chat/port.ts';
import { MORE } from './cards.ts';
import { buttonKey } from './keys.ts';
import { DISCORD_LIMITS } from './limits.ts';
import { escaped, markdown } from './markdown.ts';

/** What a message is made of, whichever way it is sent. */
export type Body = Required<Pick<RESTPostAPIChannelMessageJSONBody, 'flags' | 'allowed_mentions'>> & {
  readonly components: APIContainerComponent[];
  /** Attached to the message, which shows them. */
  readonly files: readonly RawFile[];
};

/** The drawings of one card, ready to be attached. */
export interface Drawn {
  readonly files: readonly RawFile[];
  /** The name under which a drawing is attached; undefined: its words stand there instead. */
  readonly nameOf: (svg: string) => string | undefined;
}

export interface RenderOptions {
  readonly names: Names;
  readonly overflow: Overflow;
  /** The delivery that the message is: found again by it. */
  readonly delivery?: string;
  /** Its drawings; without them their words are shown. */
  readonly drawn?: Drawn;
}

const ACCENTS: Readonly<Record<Tone, number | undefined>> = {
  neutral: undefined,
  info: 0x3b82f6,
  success: 0x2e9e5b,
  warning: 0xe0a100,
  danger: 0xd0342c,
};

/** Room that is kept for the line which says that there is more. */
const MORE_ROOM = MORE.length + 10;

/**
 * The ids of a delivery's container and of its title: 60 bits of its hash. People do not see a component's id, history shows it,
 * and an edit that renders the same delivery keeps it.
 */
export function marks(delivery: string): readonly [container: number, title: number] {
  const hash = createHash('sha256').update(delivery).digest();
  // The highest bit that Discord takes is set, so that no id is one that Discord counts up by itself.
  return [0x4000_0000 | (hash.readUInt32BE(0) & 0x3fff_ffff), 0x4000_0000 | (hash.readUInt32BE(4) & 0x3fff_ffff)];
}

/** The card as a message. Pings only the people whom it names as persons; nothing is unfurled. */
export function render(card: Card, options: RenderOptions): Body {
  const { names, overflow, delivery, drawn } = options;
  const budget = new Budget(overflow);
  const [containerId, titleId] = delivery === undefined ? [] : marks(delivery);
  const inside: APIComponentInContainer[] = [];
  const title = within(card.title.replaceAll(/\s+/gu, ' ').trim() || shortened(card.summary, 150), 150, 'a title', overflow);
  // The first text is what a notification shows, so the title is text and not a decoration.
  inside.push({
    type: ComponentType.TextDisplay,
    content: budget.text(`### ${escaped(title)}`),
    ...(titleId ? { id: titleId } : {}),
  });
  budget.take(2);
  const keys = new Set<string>();
  for (const block of card.blocks) inside.push(...blockParts(block, { names, overflow, budget, keys, drawn }));
  if (budget.cut) inside.push({ type: ComponentType.TextDisplay, content: MORE });
  const accent = ACCENTS[card.tone];
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    components: inside,
    ...(accent === undefined ? {} : { accent_color: accent }),
    ...(containerId ? { id: containerId } : {}),
  };
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [container],
    allowed_mentions: mentions(card, names),
    files: drawn?.files ?? [],
  };
}

function mentions(card: Card, names: Names) {
  const users = new Set(peopleOfCard(card).flatMap((person) => names(person).user ?? []));
  return { parse: [], users: [...users].slice(0, 100) };
}

interface Within {
  readonly names: Names;
  readonly overflow: Overflow;
  readonly budget: Budget;
  readonly keys: Set<string>;
  readonly drawn: Drawn | undefined;
}

/** Counts what a message may hold. What no longer fits is left out, and a line says that there is more. */
class Budget {
  cut = false;
  private readonly overflow: Overflow;
  private characters = 0;
  private components = 0;

  constructor(overflow: Overflow) {
    this.overflow = overflow;
  }

  /** The text, or as much of it as still fits. */
  text(words: string): string {
    const left = DISCORD_LIMITS.text - MORE_ROOM - this.characters;
    if (words.length > left) {
      this.over('the text of a card', this.characters + words.length, DISCORD_LIMITS.text - MORE_ROOM);
      const kept = left > 1 ? shortened(words, left) : '';
      this.characters += kept.length;
      return kept;
    }
    this.characters += words.length;
    return words;
  }

  /** Whether so many components still fit; they are counted then. One is kept for the line that says that there is more. */
  take(count: number): boolean {
    if (this.components + count > DISCORD_LIMITS.components - 1) {
      this.over('the components of a card', this.components + count, DISCORD_LIMITS.components - 1);
      return false;
    }
    this.components += count;
    return true;
  }

  private over(what: string, length: number, limit: number): void {
    this.cut = true;
    this.overflow(what, length, limit);
  }
}

function blockParts(block: Block, within: Within): APIComponentInContainer[] {
  const { names, budget } = within;
  switch (block.kind) {
    case 'text':
      return textParts(markdown(block.text, names), budget);
    case 'facts':
      return textParts(
        block.facts.map(({ label, value }) => `**${escaped(label)}:** ${markdown(value, names)}`).join('\n'),
        budget,
      );
    case 'list':
      return textParts(block.items.map((item) => `- ${markdown(item, names).replaceAll('\n', '\n  ')}`).join('\n'), budget);
    case 'image':
      return imageParts(block, within);
    case 'picture': {
      const name = within.drawn?.nameOf(block.svg);
      if (name === undefined) return textParts(escaped(block.alternative), budget);
      return galleryParts(`attachment://${name}`, block.alternative, within);
    }
    case 'divider':
      return budget.take(1) ? [{ type: ComponentType.Separator }] : [];
    case 'controls':
      return controlRows(block.controls, within);
    default:
      return block satisfies never;
  }
}

function textParts(words: string, budget: Budget): APIComponentInContainer[] {
  if (words.trim() === '' || !budget.take(1)) return [];
  const content = budget.text(words);
  return content === '' ? [] : [{ type: ComponentType.TextDisplay, content }];
}

function imageParts({ url, alternative }: Extract<Block, { kind: 'image' }>, inside: Within): APIComponentInContainer[] {
  // Discord refuses the whole message for an address that it cannot fetch by the web's own scheme.
  const reachable = URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol) && /[.:]/u.test(new URL(url).hostname);
  return reachable ? galleryParts(url, alternative, inside) : textParts(escaped(alternative), inside.budget);
}

function galleryParts(url: string, alternative: string, { budget, overflow }: Within): APIComponentInContainer[] {
  if (!budget.take(1)) return [];
  const description = within(alternative, DISCORD_LIMITS.alternative, 'the alternative text of a picture', overflow);
  return [{ type: ComponentType.MediaGallery, items: [{ media: { url }, ...(description === '' ? {} : { description }) }] }];
}

function controlRows(controls: readonly Control[], inside: Within): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const buttons = controls.flatMap((control) => button(control, inside));
  const rows: APIActionRowComponent<APIButtonComponentWithCustomId>[] = [];
  for (let at = 0; at < buttons.length; at += DISCORD_LIMITS.buttonsARow) {
    const row = buttons.slice(at, at + DISCORD_LIMITS.buttonsARow);
    if (inside.budget.take(1 + row.length)) rows.push({ type: ComponentType.ActionRow, components: row });
  }
  return rows;
}

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger, other: ButtonStyle.Secondary } as const;

/** One button; none where its key is too long, or stands in the card already: Discord would refuse the whole message. */
function button(control: Control, { overflow, keys }: Within): APIButtonComponentWithCustomId[] {
  const key = buttonKey(control);
  const fits = key.length <= DISCORD_LIMITS.customId;
  if (!fits) overflow(`the key of the button ${control.action}`, key.length, DISCORD_LIMITS.customId);
  if (keys.has(key)) overflow(`the button ${key} of a card`, 2, 1);
  if (!fits || keys.has(key)) return [];
  keys.add(key);
  const label = within(control.label, DISCORD_LIMITS.buttonLabel, 'the label of a button', overflow);
  return [{ type: ComponentType.Button, style: STYLES[control.style ?? 'other'], label, custom_id: key }];
}

/** Whether a message carries a delivery's marks. */
export function isMarked(components: readonly unknown[] | undefined, delivery: string): boolean {
  const [containerId, titleId] = marks(delivery);
  return (components ?? []).some((part) => {
    const { id, components: inside } = part as { id?: unknown; components?: readonly { id?: unknown }[] };
    return id === containerId && inside?.[0]?.id === titleId;
  });
}
