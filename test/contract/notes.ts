/** A small room of its own for the contract suite: notes that can be said, written in a form, liked and questioned. */
import { card, controls, facts, list, text } from '../../src/chat/card.ts';
import { choice, line, maybe, paragraph, people, person, span, time } from '../../src/chat/form.ts';
import {
  aPerson,
  button,
  command,
  openly,
  perhaps,
  privately,
  type Registry,
  registry,
  theRest,
} from '../../src/chat/registry.ts';
import { accept, type Part } from '../../src/core/record.ts';
import { refuse } from '../../src/core/refusal.ts';

/** The only record. */
export const NOTE = 'RFC-1';

interface Note {
  readonly likes: readonly string[];
}
type NoteCommand = { readonly type: 'like' };
type NoteEvent = { readonly type: 'liked'; readonly by: string };

export const note: Part<Note, NoteCommand, NoteEvent> = {
  name: 'note',
  initial: { likes: [] },
  decide: ({ likes }, _command, { actor }) =>
    likes.includes(actor.person) ? refuse('already-liked', {}) : accept({ type: 'liked', by: actor.person }),
  evolve: ({ likes }, { by }) => ({ likes: [...likes, by] }),
};

/** How often each doing ran: what is repeated must not run into the record twice. */
export interface Runs {
  said: string[];
  formed: Readonly<Record<string, unknown>>[];
  asked: string[];
}

/** The instant that cards of this room show. */
export const SHOWN_AT = Date.UTC(2027, 0, 31, 22, 0);

/** How a message becomes a note. */
export const NOTE_THIS = { id: 'note_this', label: 'Note this', help: 'Write a note about a message', field: 'body' } as const;

export function notes(runs: Runs): Registry {
  const say = command({
    name: 'note say',
    help: 'Say something back, only to you.',
    args: { words: theRest('the words') },
    run: async (_c, { words }) => {
      runs.said.push(words);
      return privately(card('Said', [text(words)], { summary: words }));
    },
  });
  const tell = command({
    name: 'note tell',
    help: 'Say something back, to everybody here.',
    args: { words: theRest('the words') },
    run: async (_c, { words }) => openly(card('Told', [text(words)], { summary: words })),
  });
  const fields = {
    title: line('Title'),
    body: paragraph('Body', { hint: 'A few sentences.' }),
    kind: choice('Kind', ['standard', 'minor'] as const),
    owner: maybe(person('Owner')),
    readers: maybe(people('Readers')),
    start: time('Start'),
    length: maybe(span('Length')),
  };
  const write = command({
    name: 'note write',
    help: 'Write a note in a form.',
    shortcut: NOTE_THIS,
    args: { title: perhaps(theRest('the title')) },
    form: {
      title: 'Write a note',
      submit: 'Keep',
      fields,
      initial: async (c, { title }) => ({ title: title ?? '', kind: 'minor', owner: c.me }),
    },
    run: async (_c, _values, answers) => {
      runs.formed.push(answers);
      return privately(card('Kept', [text('The note "', { bold: answers.title }, '" is kept.'), text(answers.body)]));
    },
  });
  const pin = command({
    name: 'note pin',
    help: 'Post a card with buttons here.',
    args: {},
    run: async () => openly(pinned(0)),
  });
  const mine = command({
    name: 'note mine',
    help: 'Get a card with buttons for yourself.',
    args: {},
    run: async () => privately(pinned(0)),
  });
  const about = command({
    name: 'note about',
    help: 'Show somebody.',
    args: { who: aPerson('a person') },
    run: async (_c, { who }) =>
      openly(
        card('About', [
          text(
            'It is about ',
            { person: who },
            ', due ',
            { time: SHOWN_AT },
            ', see ',
            { link: 'https://example.org/n', label: 'the page' },
            '.',
          ),
          facts(['Code', { code: '/note say' }], ['Bold', { bold: 'loud' }]),
          list(['one'], ['two']),
        ]),
      ),
  });
  const fail = command({
    name: 'note fail',
    help: 'Fail.',
    args: {},
    run: async () => {
      throw new Error('made to fail');
    },
  });
  const like = button({
    name: 'note.like',
    run: (c, { record, value }) =>
      c.change({
        record,
        part: note,
        command: { type: 'like' },
        reply: ({ view }) => privately(card('Counted', [text(`${view.state(note).likes.length} like it (${value}).`)])),
      }),
  });
  const ask = button({
    name: 'note.ask',
    form: { title: 'Ask', submit: 'Ask', fields: { question: line('Question') } },
    run: async (_c, { record }, { question }) => {
      runs.asked.push(`${record}: ${question}`);
      return privately(card('Asked', [text(question)]));
    },
  });
  return registry([say, tell, write, pin, mine, about, fail, like, ask]);
}

/** A card with two equal actions, which platforms must keep apart. */
export const pinned = (likes: number) =>
  card('A note', [
    text(`${likes} like it.`),
    controls(
      { label: 'Like', action: 'note.like', record: NOTE, value: 'first', style: 'primary' },
      { label: 'Like it more', action: 'note.like', record: NOTE, value: 'second' },
      { label: 'Ask', action: 'note.ask', record: NOTE },
    ),
  ]);

/** What people put into fields to make a bot shout, link or break. */
export const HOSTILE = [
  '<!channel> <!here|here> <!subteam^S1>',
  '@everyone @here @channel',
  '<@U0BELLMAN> <@1001> <#C1>',
  '*bold* _it_ ~no~ `code` ||spoiler|| # head',
  '> quote & &amp; <b>html</b> &lt;!channel&gt;',
  '[click](https://evil.example) <https://evil.example|good>',
  'שלום \u202Eabc\u202C مرحبا',
  '👩‍👩‍👧 🏳️‍🌈 naïve ﷽',
] as const;
