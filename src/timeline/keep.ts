/** Messages from the channel of a record: pinned or marked ones are kept, and what becomes of them is followed. Nobody is answered. */
import { card, text } from '../chat/card.ts';
import { emojiName, MARKED, type Mark } from '../chat/marked.ts';
import type { Reply } from '../chat/port.ts';
import { aWord, button, type Conversation, command, privately } from '../chat/registry.ts';
import { loadView } from '../chat/store.ts';
import { viewOf } from '../core/apply.ts';
import { ORG, type RecordId } from '../core/record.ts';
import { SETTINGS_ROLES, settings } from './settings.ts';
import { recordAt, recordOfMessage } from './store.ts';
import { timeline } from './timeline.ts';

const nothing: Reply = { kind: 'nothing' };
/** More than any timeline needs; the message itself can be opened. */
const LONGEST = 3000;

/** The record whose channel this is, where the mark is one that keeps a message. */
async function keepsFor(c: Conversation, { how, emoji }: Mark): Promise<RecordId | undefined> {
  const record = await recordAt(c.db, c.at);
  if (record === undefined || how === 'pin') return record;
  const org = await loadView(c.db, ORG);
  const wanted = org ? viewOf(org).state(settings).emoji : settings.initial.emoji;
  return emoji !== undefined && emojiName(emoji) === wanted ? record : undefined;
}

async function keep(c: Conversation, mark: Mark, key: string): Promise<Reply> {
  const { message, how } = mark;
  const record = how === 'changed' ? undefined : await keepsFor(c, mark);
  const written = record && (await c.written(message));
  if (record === undefined || how === 'changed' || !written || written.text === '') return nothing;
  const { user, at, link } = written;
  const author = await c.find(user);
  const as = { text: written.text.slice(0, LONGEST).toWellFormed(), at, author, link };
  return c.change({ record, part: timeline, command: { type: 'keep', message: key, by: how, as }, reply: () => nothing });
}

/** What it reads now is asked for, so that it does not matter in which order the platform tells of changes. */
async function follow(c: Conversation, { message }: Mark, key: string): Promise<Reply> {
  const record = await recordOfMessage(c.db, key);
  if (record === undefined) return nothing;
  const text = (await c.written(message))?.text.slice(0, LONGEST).toWellFormed();
  // The platform does not let us read it, which says nothing of what it reads.
  if (text === '') return nothing;
  const command = { type: 'follow', message: key, ...(text === undefined ? {} : { text }) } as const;
  // It follows from what is there, whoever changed it.
  return c.change({ record, part: timeline, command, itself: true, reply: () => nothing });
}

export const marked = button({
  name: MARKED,
  run: (c, { value }) => {
    // Only the dispatch makes it, from a mark.
    const mark = JSON.parse(value) as Mark;
    const key = `${c.at} ${mark.message}`;
    return mark.how === 'changed' ? follow(c, mark, key) : keep(c, mark, key);
  },
});

export const emoji = command({
  name: 'bellman timeline emoji',
  help: 'Choose the emoji that puts a message on the timeline of the record whose channel it is in.',
  args: { emoji: aWord('the emoji, for example :pushpin:') },
  right: SETTINGS_ROLES,
  run: (c, values) =>
    c.change({
      record: ORG,
      part: settings,
      command: { type: 'set-emoji', emoji: values.emoji },
      reply: ({ view }) =>
        privately(
          card('Timeline', [
            text(
              'A message in the channel of an incident or a problem is kept when somebody pins it, or marks it with ',
              { code: `:${view.state(settings).emoji}:` },
              '.',
            ),
          ]),
        ),
    }),
});
