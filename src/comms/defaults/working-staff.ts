/**
 * Working staff: the state; what is known since the last update; what is being done; what is blocked or needed; what is not verified.
 * No reassurance without facts.
 */
import { AGAIN, correction, holding, MENDED, reported, retraction, type Texts, THANKS, WHEN } from './shared.ts';

const STATE = 'State: {{ facts.affected | fact: "what is affected, since when" }}';
const KNOWN = 'Known: {{ facts.known | fact: "what is verified", "Nothing about the cause is verified." }}';
const DOING = 'Doing: {{ facts.doing | fact: "what, and who has it", "Nothing is reported as being done." }}';
const NEXT =
  'Needs and next: {{ facts.next | fact: "what is blocked, and what is needed from whom", "No next step is reported." }}';
const OPEN = 'Not verified: everything that does not stand under Known.';

export const workingStaff: Texts = {
  usual: {
    first: `${STATE}
${KNOWN}
Doing: {{ facts.doing | fact: "what, and who has it", "We are looking into it." }}
${NEXT}
${OPEN}`,
    progress: `${STATE}
${KNOWN}
${DOING}{% if facts.expected %} Expected: {{ facts.expected | sentence }}{% endif %}
${NEXT}
${OPEN}`,
    workaround: `${STATE}
${KNOWN}
Until it is solved: {{ facts.workaround | fact: "the workaround" }}
${DOING}{% if facts.expected %} Expected: {{ facts.expected | sentence }}{% endif %}
${NEXT}
${OPEN}`,
    resolved: `State: solved. ${AGAIN}
${reported('what was affected')}
Done: ${MENDED}
Needs and next: keep your notes; a review follows, and its result is shared here.
${THANKS}`,
    normal: `State: no longer major. {{ facts.affected | fact: "what still fails" }}
${KNOWN}
${DOING}
${NEXT}
${THANKS}`,
    correction: correction('What it changes for you: check what you did on the strength of it.'),
    retraction: retraction('Check what you did on the strength of it.'),
    holding: holding('What was asked of you stays so.'),
  },
  change: {
    first: `State: planned. {{ facts.affected | fact: "what is affected" }}
${WHEN}
Known: {{ facts.known | fact: "what is verified", "No risk is reported." }}
Doing: {{ facts.doing | fact: "what is changed, and who does it", "The change is prepared." }}
${NEXT}`,
    progress: `State: under way. {{ facts.affected | fact: "what is affected now" }}
${WHEN}
Known: {{ facts.known | fact: "what is verified", "No fault is reported." }}
${DOING}
${NEXT}`,
    moved: `State: moved to another time. {{ facts.affected | fact: "what is affected" }}
${WHEN}
Known: {{ facts.known | fact: "why it was moved", "No reason is reported." }}
${NEXT}`,
    resolved: `State: complete. ${reported('what was affected')}
Done: ${MENDED}
${NEXT}`,
    normal: `State: called off. {{ facts.affected | fact: "what was to be affected" }}
Known: {{ facts.known | fact: "why", "No reason is reported." }}
${NEXT}`,
    failed: `State: failed. {{ facts.affected | fact: "what does not work now" }}
${KNOWN}
Doing: {{ facts.doing | fact: "what, and who has it", "Things are put back as they were." }}
${NEXT}
${OPEN}`,
  },
  breach: {},
};
