/** Templates as files, for operators: one for each audience, kind and phase, `customers/problem/first.liquid`. */
import { defaultTemplate } from './default-templates.ts';
import { sourceOf } from './drafting.ts';
import { type Fault, faultIn } from './template-engine.ts';
import { phasesOf, TEMPLATE_KINDS, templateFor, templateName } from './template-name.ts';
import type { Templates, TemplateText } from './templates.ts';

const ENDING = '.liquid';

export interface TemplateFile {
  /** From the folder of the templates, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Whether a file in the folder is meant to be a template. */
export const isTemplateFile = (path: string): boolean => path.endsWith(ENDING);

/** Every template as it is in force, ours and the organisation's own. */
export const filesOf = (own: Templates, audiences: readonly string[]): readonly TemplateFile[] =>
  audiences.flatMap((audience) =>
    TEMPLATE_KINDS.flatMap((kind) =>
      phasesOf(kind).map((phase): TemplateFile => {
        const about = { audience, kind, phase };
        return { path: `${templateName(about)}${ENDING}`, text: `${sourceOf(own, about)}\n` };
      }),
    ),
  );

/** A file that cannot become a template. */
export interface WrongFile {
  readonly path: string;
  readonly fault: Fault;
}

/** The texts of these files to be saved; or all that is wrong with them, and then none is. */
export function textsOf(
  files: readonly TemplateFile[],
  audiences: readonly string[],
): { readonly texts: readonly TemplateText[] } | { readonly wrong: readonly WrongFile[] } {
  const texts: TemplateText[] = [];
  const wrong: WrongFile[] = [];
  for (const { path, text } of files) {
    const template = path.slice(0, -ENDING.length);
    const about = templateFor(template);
    // The end of the last line is the file's, not the text's; Windows ends lines otherwise.
    const source = text.replaceAll('\r\n', '\n').replace(/\n$/u, '');
    const fault =
      about && audiences.includes(about.audience)
        ? faultIn(source)
        : { why: `It is called by no audience, kind and phase, like customers/problem/first${ENDING}.` };
    if (fault) wrong.push({ path, fault });
    // What reads as it comes with Bellman is no text of the organisation's own: it gets better with Bellman.
    else texts.push(about && source === defaultTemplate(about) ? { template } : { template, text: source });
  }
  return wrong.length > 0 ? { wrong } : { texts };
}
