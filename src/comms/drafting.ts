/** Putting the facts into words for a line, by the template in force. For handlers, before their transaction: rules never render. */
import type { Conversation } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import { actorsIn } from '../core/history.ts';
import type { Instant } from '../core/instant.ts';
import { BELLMAN, holdersOf, ORG, type Org, type PersonId, type RecordId } from '../core/record.ts';
import { contacts } from './contacts.ts';
import { defaultTemplate } from './default-templates.ts';
import { type Facts, type MadeFromFacts, sheetState } from './facts.ts';
import { readersKnow, titleFor } from './guarding.ts';
import { authorOf, type Line, releasersOf, type Update } from './line.ts';
import { plan as planPart } from './part.ts';
import type { Plan } from './plan.ts';
import { managersOf } from './rights.ts';
import { audienceLabel } from './template.ts';
import { rendered } from './template-engine.ts';
import { type TemplateFor, templateKind, templateName, templatePhase } from './template-name.ts';
import type { Subject } from './template-variables.ts';
import { type Templates, templates } from './templates.ts';

/** Everything that texts are made from, read once for all lines. */
export interface Sources {
  readonly view: RecordView;
  readonly plan: Plan;
  readonly org: Org;
  readonly own: Templates;
  readonly now: Instant;
}

/** Reads what texts about this record are made from. */
export async function sourcesOf(c: Conversation, view: RecordView): Promise<Sources> {
  const [org, house, now] = await Promise.all([c.org(), c.view(ORG), c.now()]);
  return { view, plan: view.state(planPart), org, own: house?.state(templates) ?? {}, now };
}

/** The facts as the sheet holds them; undefined while nobody filled it in. */
const factsOf = ({ view }: Sources): Facts | undefined => view.state(sheetState).facts;

const hasWorkaround = (facts: Facts | undefined): boolean => (facts?.workaround ?? '') !== '';
const phaseOf = (sources: Sources, { phase }: Pick<Update, 'phase'>) => templatePhase(phase, hasWorkaround(factsOf(sources)));

/** What an update to this line would be about. */
export function subjectOf(sources: Sources, line: Line, more: Partial<Subject> = {}): Subject {
  const { view, plan, org, now } = sources;
  const facts = 'facts' in more ? more.facts : factsOf(sources);
  const phase = templatePhase(line.update?.phase ?? (line.told ? 'progress' : 'first'), hasWorkaround(facts));
  return {
    // Readers who may not know of the record read neither its number nor its name.
    record: readersKnow(plan, line) ? view.id : '',
    title: titleFor(plan, line),
    kind: templateKind(view.id, plan.breach ? 'breach' : plan.kind),
    audience: audienceLabel(line.audience, plan.lines),
    phase,
    number: line.released + 1,
    declaredAt: plan.declaredAt,
    knownAt: plan.known,
    asOf: now,
    nextUpdate: line.update && line.update.due > now ? line.update.due : undefined,
    window: plan.window,
    resolvedAt: plan.closing === 'resolved' ? plan.closingSince : undefined,
    resolution: plan.resolution,
    facts,
    last: line.last,
    exercise: plan.exercise === true,
    zone: org.audiences[line.audience]?.zone ?? 'UTC',
    ...more,
  };
}

/** Which template a subject is told by on this line. */
export const templateOn = (line: Line, { kind, phase }: Subject): TemplateFor => ({
  audience: line.template ?? line.audience,
  kind,
  phase,
});

/** The source in force: the organisation's own, else ours. */
export const sourceOf = (own: Templates, wanted: TemplateFor): string =>
  own[templateName(wanted)]?.text ?? defaultTemplate(wanted);

/**
 * A subject in words. A template of the organisation that fails on this record (it was accepted on samples) gives way to ours, so
 * that nothing delays an update.
 */
export function wordsFor(sources: Sources, line: Line, more: Partial<Subject> = {}): string {
  const subject = subjectOf(sources, line, more);
  const wanted = templateOn(line, subject);
  const text = rendered(sourceOf(sources.own, wanted), subject);
  if (typeof text === 'string' && text !== '') return text;
  const ours = rendered(defaultTemplate(wanted), subject);
  return typeof ours === 'string' ? ours : '';
}

/**
 * What stands in a dialog at first: the draft as it stands; else the facts in words; while nobody filled them in, what this audience
 * was told last, or what its writer has to fill in.
 */
export function openingWords(sources: Sources, line: Line, update: Update | undefined = line.update): string {
  if (!update) return '';
  if (update.draft) return update.draft.text;
  const again = update.phase === 'progress' && factsOf(sources) === undefined && !line.last?.wrong ? line.last?.text : undefined;
  return again ?? wordsFor(sources, line, { phase: phaseOf(sources, update) });
}

/** A text for each line that is being told, from these facts; and the names that none of them may give away. */
export async function madeFromFacts(c: Conversation, sources: Sources, facts: Facts): Promise<MadeFromFacts> {
  const lines = sources.plan.lines.filter(({ status, update }) => status === 'active' && update !== undefined);
  return {
    texts: Object.fromEntries(lines.map((line) => [line.audience, wordsFor(sources, line, { facts })])),
    names: await namesKnown(c, sources),
  };
}

/** The names of everybody who has to do with the record: who did something with it, owner, authors, releasers, contacts, managers. */
export async function namesKnown(
  c: Conversation,
  { view, plan, org }: Pick<Sources, 'view' | 'plan' | 'org'>,
): Promise<readonly string[]> {
  const acting = await actorsIn(c.db, view.id, c.me, MOST_NAMES);
  const working = plan.lines.flatMap((line): readonly PersonId[] => [authorOf(line, plan), ...releasersOf(line, org)]);
  const contacted = view.state(contacts).contacts.map(({ person }) => person);
  const people = [c.me, plan.owner, ...working, ...acting, ...holdersOf(org, ...managersOf(plan)), ...contacted];
  const known = [...new Set(people)].filter((person) => person !== BELLMAN && person !== '');
  return Promise.all(known.slice(0, MOST_NAMES).map((person) => c.nameOf(person)));
}

/** The same, of a record of which nothing else is read. */
export async function namesAbout(c: Conversation, id: RecordId): Promise<readonly string[]> {
  const [view, org] = await Promise.all([c.view(id), c.org()]);
  return view ? namesKnown(c, { view, plan: view.state(planPart), org }) : [];
}

/** Each name costs a look; more people than this are no longer a record's own. */
const MOST_NAMES = 40;
