/** What people can say about timelines (P8): `/timeline add|show|picture|export`. */
import { card, text } from '../chat/card.ts';
import { line, paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import {
  aRecord,
  aWord,
  type Button,
  button,
  type Command,
  type Conversation,
  command,
  oneOf,
  openly,
  perhaps,
  privately,
  theRest,
} from '../chat/registry.ts';
import { asPlain } from '../chat/written.ts';
import { history } from '../core/history.ts';
import { isPrivate } from '../core/reading.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { documentCard, type ExportsAt, exportDocument, exportTable, tableCard } from '../reports/index.ts';
import { pageOf, timelineCard, timelinePicture } from './cards.ts';
import type { Named } from './drawing.ts';
import { TIMELINE_COLUMNS, timelineDocument, timelineTable } from './export.ts';
import { ORDERS, type Row, timelineRows } from './rows.ts';
import { timeline } from './timeline.ts';

const record = aRecord('the incident or problem, for example INC-1', 'INC', 'PRB');
const RECORD = /^(INC|PRB)-[1-9]\d{0,8}$/u;

const addTo = (c: Conversation, id: RecordId, words: string): Promise<Reply> =>
  c.change({
    record: id,
    part: timeline,
    command: { type: 'add', text: words },
    reply: ({ view }) => {
      const told = card(`Added to the timeline of ${id}`, [text(words)], { tone: 'success' });
      return isPrivate(view.class) ? privately(told) : openly(told);
    },
  });

const add = command({
  name: 'timeline add',
  help: 'Write on the timeline of an incident or a problem.',
  args: { record, words: theRest('what happened') },
  run: (c, values) => addTo(c, values.record, values.words),
});

/** From the menu of a message, or said bare: which record, and the words. */
const note = command({
  name: 'timeline note',
  help: 'Put a message on the timeline of an incident or a problem.',
  args: {},
  form: {
    title: 'Add to a timeline',
    submit: 'Add',
    fields: {
      record: line('Record', { hint: 'For example INC-1' }),
      words: paragraph('What happened', { hint: 'As it should stand there' }),
    },
  },
  shortcut: {
    id: 'timeline_note',
    label: 'Add to a timeline',
    help: 'Put this message on the timeline of an incident or a problem',
    field: 'words',
  },
  run: async (c, _values, answers) => {
    const id = answers.record.trim().toUpperCase();
    return RECORD.test(id) ? addTo(c, id, answers.words) : c.refused(refuse('unknown-record', { record: answers.record }));
  },
});

/** Undefined where the asker may not know of the record. */
async function read(
  c: Conversation,
  id: RecordId,
): Promise<{ readonly title: string; readonly rows: readonly Row[] } | undefined> {
  const title = (await titlesOf(c.db, [id], c.me)).get(id);
  return title === undefined ? undefined : { title, rows: timelineRows(await history(c.db, id, c.me)) };
}

async function show(c: Conversation, id: RecordId, { order, page }: ReturnType<typeof pageOf>): Promise<Reply> {
  const found = await read(c, id);
  if (!found) return c.refused(refuse('unknown-record', { record: id }));
  return privately(timelineCard(id, order === 'oldest' ? found.rows : found.rows.toReversed(), order, page));
}

const shown = command({
  name: 'timeline show',
  help: 'Show what happened, with what people wrote and kept; oldest first, or newest.',
  args: { record, order: perhaps(oneOf('which first', ...ORDERS)), page: perhaps(aWord('the page, for example 2')) },
  run: (c, { record: id, order = 'oldest', page = '1' }) => show(c, id, pageOf(`${order} ${page}`)),
});

const turned = button({
  name: 'timeline.page',
  run: (c, { record: id, value }) => show(c, id, pageOf(value)),
});

/** Names of everybody in the rows, and the rows' words as plain text. */
async function namedIn(c: Conversation, rows: readonly Row[]): Promise<Named> {
  const people = new Set(
    rows.flatMap(({ who, words }) => [
      who,
      ...words.flatMap((piece) => (typeof piece === 'object' && 'person' in piece ? [piece.person] : [])),
    ]),
  );
  const names = new Map(
    await Promise.all(
      [...people].map(async (person) => [person, person === BELLMAN ? 'Bellman' : await c.nameOf(person)] as const),
    ),
  );
  const person = (id: string): string => names.get(id) ?? id;
  return { person, plain: ({ words }) => asPlain(words, { names: (id) => ({ name: person(id) }), zone: 'UTC' }) };
}

const drawn = command({
  name: 'timeline picture',
  help: 'Show the timeline as a picture.',
  args: { record },
  run: async (c, { record: id }) => {
    const found = await read(c, id);
    if (!found) return c.refused(refuse('unknown-record', { record: id }));
    return privately(timelinePicture(id, found.title, found.rows, await namedIn(c, found.rows)));
  },
});

const exported = (where: ExportsAt): Command =>
  command({
    name: 'timeline export',
    help: 'Make a file of the whole timeline.',
    args: { record, format: oneOf('for people, or for a spreadsheet', 'markdown', 'csv') },
    run: async (c, { record: id, format }) => {
      const found = await read(c, id);
      if (!found) return c.refused(refuse('unknown-record', { record: id }));
      const { title, rows } = found;
      const named = await namedIn(c, rows);
      const name = `timeline-${id.toLowerCase()}`;
      const heading = `Timeline of ${id}`;
      return privately(
        format === 'csv'
          ? tableCard(heading, await exportTable(where, name, TIMELINE_COLUMNS, timelineTable(rows, named)))
          : documentCard(heading, await exportDocument(where, name, timelineDocument(id, title, rows, named))),
      );
    },
  });

export const doings = (where: ExportsAt): readonly (Command | Button)[] => [add, note, shown, turned, drawn, exported(where)];
