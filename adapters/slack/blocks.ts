/** A card as Slack's blocks. Pure: the same card and names always make the same message. */
import type { types } from '@slack/bolt';
import { type Block, type Card, type Control, type Inline, LIMITS, shortened, type Words } from '../../src/chat/card.ts';
import { atMost, type Overflow, within } from '../../src/chat/overflow.ts';
import type { Names } from '../../src/chat/port.ts';
import { SLACK_LIMITS } from './limits.ts';
import { escaped, plainText } from './mrkdwn.ts';
import { type FileOf, noFiles } from './pictures.ts';
import { richSection, richWords } from './rich.ts';

/** What Slack's messages are made of: `text` is for notifications and screen readers, the blocks are what people see. */
export interface Content {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** What a button's value says when it is pressed. */
export interface Pressed {
  readonly record: string;
  readonly value?: string;
}

const MORE = 'There is more than fits here.';

/** How a card is shown. */
interface Showing {
  /** Without buttons, for where only one person sees it for a while. */
  readonly plain?: boolean;
  /** The files of its drawings; a drawing without one is shown in words. */
  readonly files?: FileOf;
}

/** A card as a message. */
export function contentOf(card: Card, names: Names, overflow: Overflow, how: Showing = {}): Content {
  const page = new Page(names, overflow, how.files ?? noFiles);
  const title = within(card.title, Math.min(LIMITS.title, SLACK_LIMITS.header), 'The title of a card', page.overflow);
  const blocks: types.KnownBlock[] =
    title === '' ? [] : [{ type: 'header', text: { type: 'plain_text', text: title, emoji: false } }];
  page.room -= title.length;
  for (const block of card.blocks) if (how.plain !== true || block.kind !== 'controls') blocks.push(...page.block(block));
  if (blocks.length > SLACK_LIMITS.blocks || blocks.length + page.components > LIMITS.components)
    page.overflow('The number of components of a card', blocks.length + page.components, LIMITS.components);
  const shown = blocks.slice(0, SLACK_LIMITS.blocks - 1);
  if (page.over) shown.push(rich([richSection([MORE], names)]));
  return {
    text: escaped(within(card.summary || card.title || MORE, LIMITS.text, 'The summary of a card', overflow)),
    blocks: shown,
  };
}

/** What stands in a button's value; undefined when it is none of ours. */
export function pressedIn(value: string | undefined): Pressed | undefined {
  try {
    const read: unknown = JSON.parse(value ?? '');
    if (typeof read !== 'object' || read === null || !('record' in read) || typeof read.record !== 'string') return undefined;
    return 'value' in read && typeof read.value === 'string'
      ? { record: read.record, value: read.value }
      : { record: read.record };
  } catch {
    return undefined;
  }
}

/** The action that a button's `action_id` names: without the number that tells equal ones of a message apart. */
export const actionOf = (actionId: string): string => actionId.replace(/#\d+$/u, '');

const rich = (elements: types.RichTextBlockElement[]): types.RichTextBlock => ({ type: 'rich_text', elements });

/** A message as it fills up: how much room is left, how often each action was used, and whether something did not fit. */
class Page {
  /** Characters of text that still fit. */
  room: number = LIMITS.card;
  /** Buttons, besides the blocks that hold them. */
  components = 0;
  over = false;
  readonly overflow: Overflow;
  private readonly names: Names;
  private readonly files: FileOf;
  private readonly used = new Map<string, number>();

  constructor(names: Names, overflow: Overflow, files: FileOf) {
    this.names = names;
    this.files = files;
    this.overflow = (what, length, limit) => {
      this.over = true;
      overflow(what, length, limit);
    };
  }

  block(block: Block): readonly types.KnownBlock[] {
    switch (block.kind) {
      case 'text':
        return [rich([richSection(this.fitting(block.text), this.names)])];
      case 'facts':
        return block.facts.length === 0 ? [] : [this.facts(block)];
      case 'list': {
        const items = block.items.map((item) => richSection(this.fitting(item), this.names));
        return items.length === 0 ? [] : [rich([{ type: 'rich_text_list', style: 'bullet', elements: items }])];
      }
      case 'image':
        return [this.image(block)];
      case 'picture': {
        const id = this.files(block.svg);
        if (id === undefined) return [rich([richSection(this.fitting([block.alternative]), this.names)])];
        return [{ type: 'image', slack_file: { id }, alt_text: this.described(block.alternative) }];
      }
      case 'divider':
        return [{ type: 'divider' }];
      case 'controls':
        return this.rows(block.controls);
      default:
        return block satisfies never;
    }
  }

  private facts({ facts }: Extract<Block, { kind: 'facts' }>): types.RichTextBlock {
    const lines = atMost(facts, LIMITS.facts, 'The facts of a card', this.overflow).map(({ label, value }, at): Words => {
      const line = this.fitting([{ bold: `${label}:` }, ' ', ...value]);
      return at === 0 ? line : ['\n', ...line];
    });
    return rich([{ type: 'rich_text_section', elements: richWords(lines.flat(), this.names) }]);
  }

  private image({ url, alternative }: Extract<Block, { kind: 'image' }>): types.KnownBlock {
    const alt = this.described(alternative);
    if (/^https:\/\//u.test(url) && URL.canParse(url) && url.length <= SLACK_LIMITS.imageUrl)
      return { type: 'image', image_url: url, alt_text: alt };
    // Slack fetches pictures itself, and only from public addresses: any other would make it refuse the whole message.
    return rich([richSection([alt], this.names)]);
  }

  private described(alternative: string): string {
    return within(alternative || ' ', SLACK_LIMITS.alternative, 'The description of a picture', this.overflow);
  }

  private rows(controls: readonly Control[]): readonly types.ActionsBlock[] {
    this.components += controls.length;
    return Array.from({ length: Math.ceil(controls.length / LIMITS.buttonsARow) }, (_, row) => ({
      type: 'actions',
      elements: controls.slice(row * LIMITS.buttonsARow, (row + 1) * LIMITS.buttonsARow).map((control) => this.button(control)),
    }));
  }

  private button({ label, action, record, value, style }: Control): types.Button {
    if (action.length > LIMITS.action) this.overflow(`The action ${action}`, action.length, LIMITS.action);
    const said = JSON.stringify({ record, ...(value === undefined ? {} : { value }) });
    if (said.length > SLACK_LIMITS.buttonValue) this.overflow(`The value of ${action}`, said.length, SLACK_LIMITS.buttonValue);
    const times = (this.used.get(action) ?? 0) + 1;
    this.used.set(action, times);
    return {
      type: 'button',
      text: {
        type: 'plain_text',
        text: within(label, LIMITS.buttonLabel, `The label of ${action}`, this.overflow),
        emoji: false,
      },
      action_id: times === 1 ? action : `${action}#${times}`,
      value: said,
      ...(style === undefined ? {} : { style }),
    };
  }

  /** The words, or as many of them as there is room for. */
  private fitting(words: Words): Words {
    const length = plainText(words, this.names).length;
    const most = Math.max(0, Math.min(LIMITS.text, this.room));
    this.room -= Math.min(length, most);
    if (length <= most) return words;
    this.overflow('A text of a card', length, most);
    return this.cut(words, most);
  }

  private cut(words: Words, most: number): Words {
    const kept: Inline[] = [];
    let left = most;
    for (const piece of words) {
      const length = plainText([piece], this.names).length;
      if (length <= left) kept.push(piece);
      else if (typeof piece === 'string') kept.push(shortened(piece, left));
      else if ('bold' in piece) kept.push({ bold: shortened(piece.bold, left) });
      else if ('code' in piece) kept.push({ code: shortened(piece.code, left) });
      else kept.push('…');
      left -= length;
      if (left <= 0) break;
    }
    return kept;
  }
}
