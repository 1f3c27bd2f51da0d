/** What those who manage problems read of incidents that come again, and the button that raises a problem of them. */
import { type Card, card, list, rowOf, shortened, text, type Words } from '../chat/card.ts';
import { line, maybe, paragraph } from '../chat/form.ts';
import { type LiveCards, liveName } from '../chat/live.ts';
import { type Button, button, openly } from '../chat/registry.ts';
import { type Reaction, tell, when } from '../core/ask.ts';
import { DAY } from '../core/instant.ts';
import { holdersOf, ORG } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { CATEGORIES, noIntake } from '../incidents/index.ts';
import { type ProblemEvent, problem } from '../problems/index.ts';
import {
  clusterOf,
  type Recurrences,
  type RecurrencesCommand,
  type RecurrencesEvent,
  recurrences,
  WINDOW,
} from './recurrence.ts';

const CARD = 'recurring';
const SHOWN = 10;

/** "9 like this in 14 days: raise a problem?" with its button, until a problem has them. */
function recurringCard(state: Recurrences, number: number): Card {
  const cluster = clusterOf(state, number);
  if (!cluster)
    return card('These incidents were told long ago', [
      text('Those that still have no problem are told anew when they come again.'),
    ]);
  const { incidents, category, problem: known } = cluster;
  const rows = incidents.slice(0, SHOWN).map(({ id, title }): Words => [{ bold: id }, ` ${shortened(title, 80)}`]);
  const title = `${incidents.length} like this in ${WINDOW / DAY} days${known === undefined ? ': raise a problem?' : ''}`;
  return card(
    title,
    [
      text(
        { bold: shortened(incidents.at(-1)?.title ?? '', 120) },
        category === undefined ? '.' : `, category ${category.replaceAll('-', ' ')}.`,
        known === undefined ? ' None of them has a problem.' : ` ${known} has them: `,
        ...(known === undefined ? [] : [{ code: `/problem show ${known}` }]),
      ),
      list(...rows),
      ...(incidents.length > SHOWN ? [text(`And ${incidents.length - SHOWN} more.`)] : []),
      ...rowOf(
        known === undefined
          ? [{ label: 'Raise a problem', action: 'report.raise-problem', record: ORG, value: String(number), style: 'primary' }]
          : [],
      ),
    ],
    { tone: known === undefined ? 'warning' : 'success', summary: `${title} ${incidents.at(-1)?.title ?? ''}` },
  );
}

export const recurrenceCards: LiveCards = {
  [CARD]: (view, _now, number) => recurringCard(view.state(recurrences), Number(number)),
};

export const recurrenceReactions: readonly Reaction[] = [
  when<RecurrencesEvent, 'recurring'>(recurrences.name, 'recurring', ({ cluster }, view, { org }) => {
    const managers = holdersOf(org, 'problem-manager');
    const told = managers.length > 0 ? managers : holdersOf(org, 'incident-manager', 'admin');
    return tell(told, recurringCard(view.state(recurrences), cluster), { live: liveName(CARD, String(cluster)) });
  }),
  when<RecurrencesEvent, 'explained'>(recurrences.name, 'explained', ({ cluster }) => [
    { ask: 'refresh', live: liveName(CARD, String(cluster)) },
  ]),
  when<ProblemEvent, 'linked'>(problem.name, 'linked', ({ records }, view) => {
    const incidents = records.filter((id) => id.startsWith('INC-'));
    const command: RecurrencesCommand = { type: 'belongs', problem: view.id, incidents };
    return incidents.length === 0 ? [] : [{ ask: 'elsewhere', record: ORG, part: recurrences.name, command }];
  }),
];

/** Raises the problem with all of the cluster linked. */
export const raiseProblem: Button = button({
  name: 'report.raise-problem',
  right: ['problem-manager', 'incident-manager', 'admin'],
  form: {
    title: 'New problem',
    submit: 'Raise',
    fields: { title: line('Title'), details: maybe(paragraph('Details', { hint: 'What they have in common' })) },
    initial: async (c, { value }) => {
      const cluster = clusterOf((await c.view(ORG))?.state(recurrences) ?? recurrences.initial, Number(value));
      if (!cluster) return refuse('recurrence-gone');
      if (cluster.problem !== undefined) return refuse('recurrence-known', { problem: cluster.problem });
      return {
        title: cluster.incidents.at(-1)?.title ?? '',
        details: `${cluster.incidents.length} incidents alike in ${WINDOW / DAY} days.`,
      };
    },
  },
  run: async (c, { value }, { title, details = '' }) => {
    const cluster = clusterOf((await c.view(ORG))?.state(recurrences) ?? recurrences.initial, Number(value));
    if (!cluster) return c.refused(refuse('recurrence-gone'));
    if (cluster.problem !== undefined) return c.refused(refuse('recurrence-known', { problem: cluster.problem }));
    const links = cluster.incidents.map(({ id }) => id);
    const category = CATEGORIES.find((known) => known === cluster.category);
    return c.change({
      record: { raise: 'PRB' },
      part: problem,
      command: {
        type: 'raise',
        intake: { ...noIntake, title, details, ...(category ? { category } : {}) },
        source: 'incidents',
        links,
      },
      reply: ({ view }) =>
        openly(
          card(`${view.id} is raised`, [
            text({ bold: title }, `, with ${links.length} incidents linked: `, { code: `/problem show ${view.id}` }, '.'),
          ]),
        ),
    });
  },
});
