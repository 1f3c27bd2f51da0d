/**
 * Customers and partners: the effect on them; about data only what is verified; what they can do; what we are doing. No internal
 * names, no cause that is not verified, no other customers.
 */
import {
  AGAIN,
  correction,
  ESTIMATE,
  holding,
  LOOKING,
  MENDED,
  reported,
  retraction,
  type Texts,
  THANKS,
  WHEN,
} from './shared.ts';

const AFFECTED = 'What is affected: {{ facts.affected | fact: "which service, for whom, since when" }}';
const CAN =
  'What you can do: {{ facts.workaround | fact: "what works instead, or: you need do nothing", "You need do nothing for now." }}';
const DATA =
  'Your data: {{ facts.known | fact: "what is verified about data, and what is not", "We have not verified yet whether data is affected. We tell you as soon as we have." }}';

export const customers: Texts = {
  usual: {
    first: `${AFFECTED}
${CAN}
What we are doing: ${LOOKING}`,
    progress: `${AFFECTED}
{% if facts.known %}What we have found: {{ facts.known | sentence }}
{% endif %}${CAN}
What we are doing: {{ facts.doing | fact: "what is being done", "We are working on it." }}${ESTIMATE}`,
    workaround: `${AFFECTED}
What you can do: until it works again, this helps. {{ facts.workaround | fact: "what works instead" }}
What we are doing: {{ facts.doing | fact: "what is being done", "We are working on it." }}${ESTIMATE}`,
    resolved: `${AGAIN}
${reported('which service, for whom')}
What you can do: use it as usual, and tell us if something still fails.
So that it stays so: ${MENDED}
${THANKS} We review what happened and share the result with you.`,
    normal: `What is still affected: {{ facts.affected | fact: "which service, for whom" }}
${CAN}
What we are doing: most of it works again. {{ facts.doing | fact: "what is still done", "We see to the rest." }}
${THANKS}`,
    correction: correction('What it changes for you: please go by this from now on.'),
    retraction: retraction('Please do not go by it. We tell you when there is something to say instead.'),
    holding: holding('We are still working on it.'),
  },
  change: {
    first: `What changes: {{ facts.affected | fact: "which service, for whom" }}
${WHEN}
${CAN}
What we are doing: {{ facts.doing | fact: "what is changed, in one sentence", "This is planned work." }}`,
    progress: `What is affected now: {{ facts.affected | fact: "which service, for whom" }}
${WHEN}
${CAN}
What we are doing: the planned work has begun.`,
    moved: `What changes: {{ facts.affected | fact: "which service, for whom" }}
This takes place at another time than we told you. ${WHEN}
${CAN}
What we are doing: {{ facts.doing | fact: "what is changed, in one sentence", "This is planned work." }}`,
    resolved: `The planned work is complete.
${reported('which service, for whom')}
What you can do: use it as usual, and tell us if something fails.
${THANKS}`,
    normal: `The planned work does not take place as we told you.
${reported('which service, for whom')}
What you can do: you need do nothing.
What we are doing: if there is a new time, we tell you.`,
    failed: `What is affected: {{ facts.affected | fact: "which service, for whom, since when" }}
${CAN}
What we are doing: the planned work did not succeed. {{ facts.doing | fact: "what is done about it", "We are putting things back as they were." }}`,
  },
  breach: {
    first: `${AFFECTED}
${DATA}
${CAN}
What we are doing: we are looking into it.`,
    progress: `${AFFECTED}
${DATA}
${CAN}
What we are doing: {{ facts.doing | fact: "what is being done", "We have closed what we found and go on looking." }}`,
    workaround: `${AFFECTED}
${DATA}
What you can do: {{ facts.workaround | fact: "what protects them" }}
What we are doing: {{ facts.doing | fact: "what is being done", "We are working on it." }}`,
    resolved: `It is over{% if resolved_at %} since {{ resolved_at }}{% endif %}.
${reported('which service, whose data')}
${DATA.replace('We have not verified yet whether data is affected. We tell you as soon as we have.', 'We tell everybody whose data is affected directly.')}
${CAN}
So that it stays so: ${MENDED}
${THANKS} We review what happened and share the result with you.`,
  },
};
