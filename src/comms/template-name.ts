/** What a template is for: a kind of reader, a kind of record, and why the update is written. Pure. */
import type { RecordId } from '../core/record.ts';

export const TEMPLATE_KINDS = ['problem', 'incident', 'change', 'breach'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export const TEMPLATE_PHASES = [
  'first',
  'progress',
  'workaround',
  'moved',
  'resolved',
  'normal',
  'failed',
  'correction',
  'retraction',
  'holding',
] as const;
export type TemplatePhase = (typeof TEMPLATE_PHASES)[number];

/** What is told of changes only. */
const OF_CHANGES: readonly TemplatePhase[] = ['moved', 'failed'];

/** The phases that a kind of record has. */
export const phasesOf = (kind: TemplateKind): readonly TemplatePhase[] =>
  TEMPLATE_PHASES.filter((phase) => kind === 'change' || !OF_CHANGES.includes(phase));

export interface TemplateFor {
  /** An audience's key, or a set of templates that a line names instead of it. */
  readonly audience: string;
  readonly kind: TemplateKind;
  readonly phase: TemplatePhase;
}

/** `customers/problem/first`. */
export type TemplateName = string;

export const templateName = ({ audience, kind, phase }: TemplateFor): TemplateName => `${audience}/${kind}/${phase}`;

const one = <T extends string>(of: readonly T[], said: string | undefined): T | undefined => of.find((known) => known === said);

/** What a name means; undefined when it is none. */
export function templateFor(name: TemplateName): TemplateFor | undefined {
  const [audience = '', kindSaid, phaseSaid, ...more] = name.split('/');
  const kind = one(TEMPLATE_KINDS, kindSaid);
  const phase = one(TEMPLATE_PHASES, phaseSaid);
  if (!kind || !phase || !phasesOf(kind).includes(phase)) return undefined;
  return /^[a-z0-9-]{1,60}$/u.test(audience) && more.length === 0 ? { audience, kind, phase } : undefined;
}

/**
 * The phase whose template an update takes. What lasts on and has a workaround says so first; a phase that no template knows reads
 * like progress.
 */
export function templatePhase(phase: string, workaround: boolean): TemplatePhase {
  if (phase === 'progress' && workaround) return 'workaround';
  return one(TEMPLATE_PHASES, phase) ?? 'progress';
}

/** The kind whose templates a record takes: the one that its plan names, else by its number. */
export const templateKind = (record: RecordId, planKind: string): TemplateKind =>
  one(TEMPLATE_KINDS, planKind) ?? (record.startsWith('INC') ? 'incident' : record.startsWith('RFC') ? 'change' : 'problem');
