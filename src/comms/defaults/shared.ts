/** What the texts of several audiences have in common. */
import type { TemplateKind, TemplatePhase } from '../template-name.ts';

/** What only changes have. */
type OfChanges = 'moved' | 'failed';
/** What of a change is told in words of its own. */
type Changing = 'first' | 'progress' | OfChanges | 'resolved' | 'normal';

/** One audience's texts: by phase, and where a kind of record is told otherwise, by kind and phase. */
export interface Texts {
  readonly usual: Readonly<Record<Exclude<TemplatePhase, OfChanges>, string>>;
  readonly change: Readonly<Record<Changing, string>>;
  readonly breach: Readonly<Partial<Record<TemplatePhase, string>>>;
}

type Some = Readonly<Partial<Record<TemplatePhase, string>>>;

/** The text for a kind and a phase: its own, else the usual one; what is moved or failed without being a change reads like progress. */
export function textFor({ usual, change, breach }: Texts, kind: TemplateKind, phase: TemplatePhase): string {
  const own: Some = kind === 'change' ? change : kind === 'breach' ? breach : {};
  return own[phase] ?? (usual as Some)[phase] ?? usual.progress;
}

/** When a change takes place. */
export const WHEN =
  'When: {% if starts_at %}from {{ starts_at }}{% if ends_at %} to {{ ends_at }}{% endif %}.{% else %}‹from when to when›.{% endif %}';

/** What is being done at first: nobody has to know more yet, but what is on the sheet is told. */
export const LOOKING = '{% if facts.doing %}{{ facts.doing | sentence }}{% else %}We are looking into it.{% endif %}';

/** The earlier statement said this, and right is that; what it changes for the reader. */
export const correction = (changes: string): string =>
  `{% if wrong_text %}Our statement{% if wrong_at %} of {{ wrong_at }}{% endif %} said: "{{ wrong_text | truncate: 300 }}"
{% endif %}Right is: {{ right_text | fact: "what is right" }}
${changes}`;

/** The earlier statement is taken back; what the reader does with it. */
export const retraction = (then: string): string =>
  `We take back our statement{% if wrong_at %} of {{ wrong_at }}{% endif %}.{% if wrong_text %} It said: "{{ wrong_text | truncate: 300 }}"{% endif %}
{% if right_text %}{{ right_text | sentence }}
{% endif %}${then}`;

/**
 * Nothing was released in time. It is released long before it leaves, so it names no time; the one by which the next update comes
 * stands below it.
 */
export const holding = (more: string, end = ''): string => `Our update on this is delayed. ${more}
${end}`;

/** When it worked again, where that is known. */
export const AGAIN = 'It works again{% if resolved_at %} since {{ resolved_at }}{% endif %}.';

/** What made it work again, or that it does. */
export const MENDED =
  '{{ resolution | default: facts.doing | fact: "what was done so that it stays so", "We go on watching it." }}';

/** What people were told while it lasted. */
export const reported = (hint: string): string => `We reported: {{ facts.affected | fact: "${hint}" }}`;

export const THANKS = 'Thank you for your patience.';

/** Nobody knows how long something takes: an estimate is said to be one. */
export const ESTIMATE = '{% if facts.expected %} Our estimate: {{ facts.expected | sentence }} It may change.{% endif %}';
