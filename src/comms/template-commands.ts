/** What people can say about templates: `/comms template list|show|edit|preview|history|restore`. */
import { paragraph } from '../chat/form.ts';
import { anAudience, aRecord, aWord, type Conversation, command, oneOf, perhaps, privately } from '../chat/registry.ts';
import { history } from '../core/history.ts';
import { ORG } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { audiencesOf } from '../people/index.ts';
import { defaultTemplate } from './default-templates.ts';
import { sourceOf, sourcesOf, subjectOf, templateOn } from './drafting.ts';
import { mayWrite } from './rights.ts';
import { knowingOf, audience as lineArgument, lineOf } from './showing.ts';
import { asItWasCard, failedCard, historyCard, listCard, previewCard, savedCard, templateCard } from './template-cards.ts';
import { faultIn, faultWords, rendered } from './template-engine.ts';
import {
  phasesOf,
  TEMPLATE_KINDS,
  TEMPLATE_PHASES,
  type TemplateFor,
  type TemplateKind,
  type TemplateName,
  type TemplatePhase,
  templateName,
} from './template-name.ts';
import { type Templates, templates, versionOf } from './templates.ts';

/** What fits in a dialog; longer templates are kept as files. */
const MOST_IN_A_FORM = 3000;

const right = ['admin', 'communications'] as const;
const about = {
  audience: anAudience('the audience, for example customers'),
  kind: oneOf('what it is about', ...TEMPLATE_KINDS),
  phase: oneOf('why it is told', ...TEMPLATE_PHASES),
};
interface About {
  readonly audience: string;
  readonly kind: TemplateKind;
  readonly phase: TemplatePhase;
}

const ownOf = async (c: Conversation): Promise<Templates> => (await c.view(ORG))?.state(templates) ?? {};

/** The template that is meant. Refuses `unknown-audience`, `phase-of-changes`. */
async function meant(c: Conversation, { audience, ...rest }: About): Promise<TemplateFor | Refusal> {
  const known = audiencesOf(await c.org());
  if (!known.includes(audience)) return refuse('unknown-audience', { audience, audiences: [...known] });
  return phasesOf(rest.kind).includes(rest.phase) ? { ...rest, audience } : refuse('phase-of-changes', { ...rest });
}

/**
 * The text of a version, by the journal; undefined: the one that comes with Bellman was in force. Refuses `unknown-version`,
 * `version-erased`.
 */
async function textOf(
  c: Conversation,
  own: Templates,
  wanted: TemplateFor,
  version: number,
): Promise<string | undefined | Refusal> {
  const template = templateName(wanted);
  const newest = versionOf(own, template);
  if (version === 0) return undefined;
  if (version === newest) return own[template]?.text;
  const entry = (await history(c.db, ORG, c.me)).find(
    ({ type, data }) => type === 'templates.saved' && data.template === template && data.version === version,
  );
  if (!entry) return refuse('unknown-version', { template, version: Number.isNaN(version) ? '' : version, newest });
  if (typeof entry.words?.text === 'string') return entry.words.text;
  return entry.data.text === 'ours' ? undefined : refuse('version-erased', { template, version });
}

const list = command({
  name: 'comms template list',
  help: 'Show which templates were changed, and what each audience has.',
  args: {},
  run: async (c) => privately(listCard(await ownOf(c), audiencesOf(await c.org()))),
});

const show = command({
  name: 'comms template show',
  help: 'Show a template: the one in force, or an earlier version.',
  args: { ...about, version: perhaps(aWord('the number of a version; 0 is the one that comes with Bellman')) },
  run: async (c, { version, ...said }) => {
    const wanted = await meant(c, said);
    if (isRefusal(wanted)) return c.refused(wanted);
    const own = await ownOf(c);
    const number = version === undefined ? versionOf(own, templateName(wanted)) : Number(version);
    const text = await textOf(c, own, wanted, number);
    if (isRefusal(text)) return c.refused(text);
    return privately(templateCard(wanted, number, text ?? defaultTemplate(wanted), text === undefined));
  },
});

/** What reads as it comes with Bellman is no text of the organisation's own: it gets better with Bellman. */
const ownText = (wanted: TemplateFor, text: string): string | undefined => (text === defaultTemplate(wanted) ? undefined : text);

const save = (c: Conversation, template: TemplateName, text: string | undefined) =>
  c.change({
    record: ORG,
    part: templates,
    command: { type: 'save', texts: [{ template, text }] },
    reply: ({ events, view }) =>
      privately(events.length === 0 ? asItWasCard(template) : savedCard(template, versionOf(view.state(templates), template))),
  });

const edit = command({
  name: 'comms template edit',
  help: 'Change a template; it is checked before it is saved.',
  args: about,
  right,
  form: {
    title: 'Template',
    submit: 'Save',
    fields: { text: paragraph('Text', { hint: 'Variables are in docs/templates.md', most: MOST_IN_A_FORM }) },
    initial: async (c, said) => {
      const wanted = await meant(c, said);
      if (isRefusal(wanted)) return wanted;
      const text = sourceOf(await ownOf(c), wanted);
      const template = templateName(wanted);
      return text.length > MOST_IN_A_FORM ? refuse('template-for-files', { template, most: MOST_IN_A_FORM }) : { text };
    },
  },
  run: async (c, said, { text }) => {
    const wanted = await meant(c, said);
    if (isRefusal(wanted)) return c.refused(wanted);
    const fault = faultIn(text);
    // What was written stays in the dialog, with the place that is wrong.
    return fault ? { kind: 'mend', fields: { text: faultWords(fault) } } : save(c, templateName(wanted), ownText(wanted, text));
  },
});

const preview = command({
  name: 'comms template preview',
  help: 'Show what a template makes of a real record.',
  args: {
    record: aRecord('the problem, incident or change, for example PRB-1', 'PRB', 'INC', 'RFC', 'REL'),
    line: lineArgument,
    phase: perhaps(oneOf('why it is told; left out: what is due next', ...TEMPLATE_PHASES)),
  },
  run: async (c, values) => {
    const found = await lineOf(c, values.record, values.line);
    if (isRefusal(found)) return c.refused(found);
    // What was not released yet is shown to nobody else.
    const refused = mayWrite(found.plan, found.line, await knowingOf(c, values.record));
    if (refused) return c.refused(refused);
    const view = await c.view(values.record);
    if (!view) return c.refused(refuse('unknown-record', { record: values.record }));
    const sources = await sourcesOf(c, view);
    const subject = subjectOf(sources, found.line, values.phase === undefined ? {} : { phase: values.phase });
    const wanted = templateOn(found.line, subject);
    const text = rendered(sourceOf(sources.own, wanted), subject);
    const version = versionOf(sources.own, templateName(wanted));
    return privately(
      typeof text === 'string'
        ? previewCard(values.record, wanted, version, text)
        : failedCard(values.record, wanted, faultWords(text)),
    );
  },
});

const versions = command({
  name: 'comms template history',
  help: 'Show who changed a template, and when.',
  args: about,
  run: async (c, said) => {
    const wanted = await meant(c, said);
    if (isRefusal(wanted)) return c.refused(wanted);
    return privately(historyCard(wanted, (await ownOf(c))[templateName(wanted)]?.versions ?? []));
  },
});

const restore = command({
  name: 'comms template restore',
  help: 'Bring an earlier version of a template back; 0 is the one that comes with Bellman.',
  args: { ...about, version: aWord('the number of the version') },
  right,
  run: async (c, { version, ...said }) => {
    const wanted = await meant(c, said);
    if (isRefusal(wanted)) return c.refused(wanted);
    const number = Number(version);
    const text = await textOf(c, await ownOf(c), wanted, number);
    if (isRefusal(text)) return c.refused(text);
    const template = templateName(wanted);
    return c.change({
      record: ORG,
      part: templates,
      command: { type: 'restore', template, version: number, text },
      reply: ({ events, view }) =>
        privately(
          events.length === 0 ? asItWasCard(template) : savedCard(template, versionOf(view.state(templates), template), number),
        ),
    });
  },
});

export const templateDoings = [list, show, edit, preview, versions, restore];
