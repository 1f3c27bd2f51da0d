/**
 * Press and media: one statement that stands if it is quoted alone. The fact; the action; regard for people affected; the contact for
 * questions. No estimate, nothing that is not released.
 */
import { correction, holding, reported, retraction, type Texts, WHEN } from './shared.ts';

const FACT = '{{ facts.affected | fact: "one statement that stands if it is quoted alone: what happened, where, since when" }}';
const REGARD = 'We regret the trouble for everybody affected.';
/** An organisation puts the name and number of its press office here. */
const CONTACT = 'Questions: please reply to this message.';

export const press: Texts = {
  usual: {
    first: `${FACT}
We are looking into it.
${REGARD}
${CONTACT}`,
    progress: `${FACT}
{{ facts.doing | fact: "what is being done", "We are working on it." }}
${REGARD}
${CONTACT}`,
    workaround: `${FACT}
{{ facts.doing | fact: "what is being done", "We are working on it." }} Until then people can do this: {{ facts.workaround | fact: "what works instead" }}
${REGARD}
${CONTACT}`,
    resolved: `${reported('what happened, where, since when')} This is over{% if resolved_at %} since {{ resolved_at }}{% endif %}.
{{ resolution | fact: "what was done", "We are reviewing what happened." }}
We thank everybody affected for their patience.
${CONTACT}`,
    normal: `{{ facts.affected | fact: "what still fails, for whom" }} Most of it works again.
{{ facts.doing | fact: "what is still done", "We see to the rest." }}
We thank everybody affected for their patience.
${CONTACT}`,
    correction: correction(CONTACT),
    retraction: retraction(`Please do not quote it any more.
${CONTACT}`),
    holding: holding('We are still working on it.', CONTACT),
  },
  change: {
    first: `{{ facts.affected | fact: "what changes, for whom" }}
This is planned work. ${WHEN}
${CONTACT}`,
    progress: `{{ facts.affected | fact: "what changes, for whom" }}
The planned work has begun. ${WHEN}
${CONTACT}`,
    moved: `{{ facts.affected | fact: "what changes, for whom" }}
The planned work takes place at another time. ${WHEN}
${CONTACT}`,
    resolved: `${reported('what changed, for whom')}
The planned work is complete.
${CONTACT}`,
    normal: `${reported('what was to change, for whom')}
The planned work does not take place as announced.
${CONTACT}`,
    failed: `{{ facts.affected | fact: "what does not work, for whom, since when" }}
The planned work did not succeed, and we are putting things back as they were.
${REGARD}
${CONTACT}`,
  },
  breach: {
    first: `${FACT}
We are looking into it together with those who are responsible for it by law.
We regret the trouble, and tell everybody whose data is affected directly.
${CONTACT}`,
    progress: `${FACT}
{{ facts.doing | fact: "what is being done", "We are working on it." }}
We regret the trouble, and tell everybody whose data is affected directly.
${CONTACT}`,
  },
};
