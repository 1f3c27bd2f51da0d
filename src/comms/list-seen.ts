/** The organisation's lists as a plan saw them last. */
export interface ListSeen {
  /** What differs whenever another list, or another version of it, is in force. */
  readonly mark: string;
  readonly people: number;
}

/** By audience. */
export type ListsSeen = Readonly<Record<string, ListSeen>>;
