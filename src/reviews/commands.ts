/** What people can say and press about reviews (P17). */
import { card, text } from '../chat/card.ts';
import { classCommand } from '../chat/class-command.ts';
import { foreseen } from '../chat/foreseen.ts';
import { line, paragraph, people, person, time } from '../chat/form.ts';
import { listCard } from '../chat/list-card.ts';
import {
  aRecord,
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
import { timeWords } from '../chat/time-words.ts';
import type { Accepted } from '../core/apply.ts';
import type { RecordId } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { incident } from '../incidents/index.ts';
import { problem } from '../problems/index.ts';
import { actionCard, reviewCard } from './cards.ts';
import { FORMATS, type Format, minutesOf, namedIn } from './minutes.ts';
import { kindOf, peopleOf, type ReviewCommand, review, TIMELINE_BEFORE } from './review.ts';
import { reviewList } from './store.ts';

/** Writes a document where it can be fetched. */
export type ExportDocument = (
  name: string,
  document: string,
  format: Format,
) => Promise<{ readonly path: string; readonly link?: string; readonly sha256: string }>;

const aReview = aRecord('the review, for example REV-1', 'REV');

const change = (c: Conversation, record: RecordId, wanted: ReviewCommand) =>
  c.change({ record, part: review, command: wanted, reply: shown });
const shown = ({ view }: Accepted) => privately(reviewCard(view.id, view.state(review)));

/** The incident or problem as whoever asks may know it. */
async function reviewed(c: Conversation, of: RecordId) {
  const view = await c.view(of);
  const state = kindOf(of) === 'problem' ? view?.state(problem) : view?.state(incident);
  return view && state?.raised ? { view, state } : undefined;
}

const schedule = command({
  name: 'review schedule',
  help: 'Call the review of an incident or a problem; who is invited gets the timeline a day before.',
  args: { of: aRecord('the incident or problem, for example INC-1', 'INC', 'PRB') },
  form: {
    title: 'Call a review',
    submit: 'Invite',
    fields: {
      when: time('When', { hint: 'For example tomorrow 14:00, or 2027-01-31 14:00' }),
      people: people('People', { hint: 'Who took part, and who should learn from it' }),
    },
    initial: async (c, { of }) => {
      const found = await reviewed(c, of);
      if (!found) return refuse('unknown-record', { record: of });
      const { raised, standing } = found.state;
      const known = [standing.owner, raised?.by].filter((one) => one !== undefined);
      return { people: [...new Set(known)].join(',') };
    },
  },
  run: async (c, { of }, { when, people: invited }) => {
    const found = await reviewed(c, of);
    if (!found) return c.refused(refuse('unknown-record', { record: of }));
    const { standing, intake } = found.state;
    return c.change({
      record: { raise: 'REV' },
      part: review,
      command: {
        type: 'schedule',
        of,
        title: intake.title,
        when,
        people: invited,
        owner: standing.owner,
        class: found.view.class,
      },
      reply: ({ view, now }) => {
        const made = view.state(review);
        const soon = made.when - TIMELINE_BEFORE <= now;
        return openly(
          card(
            `${view.id} is called: review of ${of}`,
            [
              text({ bold: made.title }, ', at ', { time: made.when }, `. ${peopleOf(made).length} people take part.`),
              text(`The timeline of ${of} is sent to them ${soon ? 'now' : 'a day before'}. `, {
                code: `/review show ${view.id}`,
              }),
              ...(standing.status === 'open' ? [text(`${of} is not resolved yet.`)] : []),
            ],
            { tone: 'success' },
          ),
        );
      },
    });
  },
});

const show = command({
  name: 'review show',
  help: 'Show a review: its agenda, actions, decisions and minutes.',
  args: { review: aReview },
  run: async (c, { review: id }) => {
    const view = await c.view(id);
    return view ? privately(reviewCard(id, view.state(review))) : c.refused(refuse('unknown-record', { record: id }));
  },
});

const list = command({
  name: 'review list',
  help: 'List reviews, newest first; at first those that are not closed.',
  args: { which: perhaps(oneOf('which ones', 'open', 'closed', 'all')) },
  run: async (c, { which = 'open' }) => {
    const none = ['There are none. ', { code: '/review schedule INC-1' }, ' calls one.'];
    return privately(listCard('Reviews', await reviewList(c.db, which, c.me), none));
  },
});

const act = command({
  name: 'review action',
  help: 'Note what is to be done, by whom and until when; whoever it is gets reminded until it is done.',
  args: { review: aReview },
  form: {
    title: 'Action',
    submit: 'Note',
    fields: {
      action: line('Action', { hint: 'What is to be done' }),
      owner: person('Owner'),
      due: time('Due', { hint: 'For example 2027-01-31' }),
    },
    initial: async (c, { review: id }) =>
      (await foreseen(c, id, review, { type: 'act', what: '', owner: c.me, due: await c.now() })) ?? {},
  },
  run: (c, { review: id }, { action: what, owner, due }) => change(c, id, { type: 'act', what, owner, due }),
});

const done = button({
  name: 'review.done',
  run: (c, { record, value }) =>
    c.change({
      record,
      part: review,
      command: { type: 'done', action: Number(value) },
      told: true,
      reply: ({ view }) => privately(actionCard(view.id, view.state(review), Number(value))),
    }),
});

const minute = command({
  name: 'review minutes',
  help: 'Write the minutes of a review, or mend them.',
  args: { review: aReview },
  form: {
    title: 'Minutes',
    submit: 'Save',
    fields: { minutes: paragraph('Minutes', { hint: 'What was found, what was agreed' }) },
    initial: async (c, { review: id }) => {
      const before = (await c.view(id))?.state(review).minutes?.text ?? '';
      return (await foreseen(c, id, review, { type: 'minute', text: before })) ?? { minutes: before };
    },
  },
  run: (c, { review: id }, { minutes }) => change(c, id, { type: 'minute', text: minutes }),
});

const settle = command({
  name: 'review decide',
  help: 'Settle what is disputed in a review; it is kept with who settled it.',
  args: { review: aReview, decision: theRest('what is decided') },
  right: ['problem-manager'],
  run: (c, { review: id, decision }) => change(c, id, { type: 'settle', text: decision }),
});

const close = command({
  name: 'review close',
  help: 'Close a review once it has minutes and every action is done.',
  args: { review: aReview },
  run: (c, { review: id }) => change(c, id, { type: 'close' }),
});

const file = (exported: ExportDocument): Button =>
  button({
    name: 'review.file',
    run: async (c, { record: id, value }) => {
      const format = FORMATS.find((one) => one === value) ?? 'md';
      const view = await c.view(id);
      if (!view) return c.refused(refuse('unknown-record', { record: id }));
      const state = view.state(review);
      const names = new Map(await Promise.all(namedIn(state).map(async (one) => [one, await c.nameOf(one)] as const)));
      const document = minutesOf(id, state, format, {
        nameOf: (one) => names.get(one) ?? one,
        timeOf: (at) => timeWords(at, c.asker.timeZone),
      });
      const { link, path, sha256 } = await exported(`minutes-${id}`, document, format);
      return privately(
        card(
          `Minutes of ${id}`,
          [
            text(
              ...(link === undefined
                ? ['They lie on the server: ', { code: path }, '. Ask whoever runs the server for them.']
                : [{ link, label: 'Download' }, ' within an hour. The link works for whoever has it: do not pass it on.']),
            ),
            text('SHA-256: ', { code: sha256 }),
          ],
          { tone: 'success' },
        ),
      );
    },
  });

const room = { root: 'review', one: 'a review', kind: 'REV', part: review } as const;

/** Everything that can be said and pressed about reviews. */
export const reviewDoings = (exported: ExportDocument): readonly (Command | Button)[] => [
  schedule,
  show,
  list,
  act,
  done,
  minute,
  settle,
  close,
  classCommand(room),
  file(exported),
];
