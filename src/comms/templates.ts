/**
 * The organisation's own templates, on ORG-1: each save makes a version, and every version can be had again. What a text may hold is
 * checked by a handler (`template-engine.ts`), because rules never render. Pure. Source: design section 8.
 */
import type { Instant } from '../core/instant.ts';
import { accept, type Context, type Decision, type Part, type PersonId, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { audiencesOf } from '../people/index.ts';
import { type TemplateName, templateFor } from './template-name.ts';

export interface TemplateVersion {
  readonly number: number;
  readonly at: Instant;
  readonly by: PersonId;
  /** Which earlier version it brought back; 0: the text that comes with Bellman. */
  readonly restores?: number | undefined;
}

export interface OwnTemplate {
  /** Absent: the text that comes with Bellman is in force again. */
  readonly text?: string | undefined;
  /** Newest first, as many as people look at; older ones stay in the journal. */
  readonly versions: readonly TemplateVersion[];
}

export type Templates = Readonly<Record<TemplateName, OwnTemplate>>;

export interface TemplateText {
  readonly template: TemplateName;
  /** Absent: the one that comes with Bellman. */
  readonly text?: string | undefined;
}

export type TemplatesCommand =
  | { readonly type: 'save'; readonly texts: readonly TemplateText[] }
  /** `text` as a handler read it from the journal; absent: the one that comes with Bellman. */
  | { readonly type: 'restore'; readonly template: TemplateName; readonly version: number; readonly text?: string | undefined };

/** A template may hold the name and number of a contact: `words`. */
export type TemplatesEvent = {
  readonly type: 'saved';
  readonly template: TemplateName;
  readonly version: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly restores?: number | undefined;
  /** `ours`: the text that comes with Bellman is in force from now on. */
  readonly text: 'own' | 'ours';
  readonly words?: { readonly text: string } | undefined;
};

const MOST_VERSIONS = 50;

/** The number of the version in force; 0: nobody saved one. */
export const versionOf = (templates: Templates, name: TemplateName): number => templates[name]?.versions[0]?.number ?? 0;

/** Refuses `role-needed`, `unknown-template`, `unknown-version`. A text that is in force already changes nothing. */
export const templates: Part<Templates, TemplatesCommand, TemplatesEvent> = {
  name: 'templates',
  initial: {},
  decide(state, command, context): Decision<TemplatesEvent> {
    const lacking = requireRole(context, 'admin', 'communications');
    if (lacking) return lacking;
    const wanted = command.type === 'save' ? command.texts : [{ template: command.template }];
    const unknown = wanted.find(({ template }) => !isTold(template, context));
    if (unknown) return refuse('unknown-template', { template: unknown.template, audiences: [...audiencesOf(context.org)] });
    const saved = ({ template, text }: TemplateText, restores?: number): TemplatesEvent => ({
      type: 'saved',
      template,
      version: versionOf(state, template) + 1,
      at: context.now,
      by: context.actor.person,
      ...(restores === undefined ? {} : { restores }),
      ...(text === undefined ? { text: 'ours' } : { text: 'own', words: { text } }),
    });
    const differs = ({ template, text }: TemplateText): boolean => state[template]?.text !== text;
    switch (command.type) {
      case 'save':
        return accept(...command.texts.filter(differs).map((one) => saved(one)));
      case 'restore': {
        const { template, version } = command;
        const newest = versionOf(state, template);
        if (version < 0 || version > newest) return refuse('unknown-version', { template, version, newest });
        return differs(command) ? accept(saved(command, version)) : accept();
      }
      default:
        return command satisfies never;
    }
  },
  evolve(state, { template, version, at, by, restores, words }): Templates {
    const made: TemplateVersion = { number: version, at, by, ...(restores === undefined ? {} : { restores }) };
    const versions = [made, ...(state[template]?.versions ?? [])].slice(0, MOST_VERSIONS);
    return { ...state, [template]: { ...(words === undefined ? {} : { text: words.text }), versions } };
  },
};

/** Whether somebody is told by it: it names an audience, or the set of templates that a line may name. */
function isTold(name: TemplateName, { org }: Pick<Context, 'org'>): boolean {
  const known = templateFor(name);
  return known !== undefined && audiencesOf(org).some((audience) => audience === known.audience);
}
