import type { Fields } from './json.ts';

/** A component of a message or of a modal, as Discord's API writes it. */
export interface Component {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly description?: string;
  readonly content?: string;
  readonly style?: number;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly value?: string;
  readonly default?: boolean;
  readonly placeholder?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly options?: readonly SelectOption[];
  readonly default_values?: readonly { readonly id: string; readonly type: string }[];
  readonly components?: readonly Component[];
  readonly component?: Component;
  readonly accessory?: Component;
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string }[];
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
  readonly accent_color?: number;
}

/** One choice of a select, a radio group or a group of checkboxes. */
export interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly default?: boolean;
}

/** The numbers by which Discord's API calls the kinds of components. */
export const kind = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** The kinds of select that may stand in a message. */
export const selectKinds: readonly number[] = [
  kind.stringSelect,
  kind.userSelect,
  kind.roleSelect,
  kind.mentionableSelect,
  kind.channelSelect,
];

/** The bits of a message's flags that the fake knows. */
export const flag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  quiet: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** The kinds of channel that the fake knows. */
export const channelKind = { text: 0, direct: 1, voice: 2, category: 4, publicThread: 11, privateThread: 12 } as const;

/** A person or a bot. Everyone in a fake Discord is a member of its one guild, unless said otherwise. */
export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly isBot: boolean;
  readonly isMember: boolean;
  /** The person accepts no direct messages from the bot. */
  dmClosed: boolean;
  roles: string[];
  /** Server permissions on top of everyone's, by which Discord hides or shows commands. */
  permissions: bigint;
}

/** A role of the guild. */
export interface FakeRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  readonly mentionable: boolean;
}

export interface FakeOverwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

/** A channel, a thread or a direct conversation. The object is live: it shows later changes. */
export interface FakeChannel {
  readonly id: string;
  readonly type: number;
  readonly parentId: string | null;
  readonly recipientId: string | null;
  readonly ownerId: string | null;
  name: string;
  topic: string | null;
  botCanRead: boolean;
  botCanReadHistory: boolean;
  botCanSend: boolean;
  archived: boolean;
  locked: boolean;
  deleted: boolean;
  readonly threadMembers: Set<string>;
  /** What roles (type 0) and members (type 1) may and may not there, beside the server's own permissions. */
  overwrites: readonly FakeOverwrite[];
  readonly messages: FakeMessage[];
}

/** A file that came with a message; its bytes are served at its address. */
export interface FakeAttachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string | null;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly url: string;
}

/** Whom a message would have pinged on the real Discord. */
export interface Pings {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** What a message said at one time. */
interface MessageVersion {
  readonly content: string;
  readonly embeds: readonly Fields[];
  readonly components: readonly Component[];
}

/** A message. The object is live: it shows later edits and deletion. */
export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly type: number;
  readonly createdAt: number;
  readonly nonce: string | number | null;
  /** The person who alone sees it, for an ephemeral message. */
  readonly ephemeralFor: string | null;
  readonly interaction: { readonly id: string; readonly type: number; readonly userId: string } | null;
  readonly replyTo: string | null;
  content: string;
  embeds: readonly Fields[];
  components: readonly Component[];
  attachments: readonly FakeAttachment[];
  flags: number;
  /** As the last request wrote it; null when it wrote none, which on Discord means that everything pings. */
  allowedMentions: Fields | null;
  pings: Pings;
  editedAt: number | null;
  /** What it said before each edit, oldest first. */
  readonly edits: MessageVersion[];
  deleted: boolean;
  pinned: boolean;
  readonly reactions: string[];
}

/** One request that the fake received. */
export interface Call {
  readonly at: number;
  readonly method: string;
  /** The path after `/api/v10`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly string[];
  /** The fault that was ordered for it, in words. */
  fault: string | null;
  /** The status sent; null while unanswered, and for good when the connection was cut. */
  status: number | null;
  /** The code of Discord's error, when the answer was one. */
  code: number | null;
}
