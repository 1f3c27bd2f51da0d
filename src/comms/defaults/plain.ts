/** Audiences that an organisation defined itself: what every update says, in the order in which most people need it. */
import { AGAIN, correction, ESTIMATE, holding, MENDED, reported, retraction, type Texts, THANKS, WHEN } from './shared.ts';

const AFFECTED = 'What is affected: {{ facts.affected | fact: "what, for whom, since when" }}';
const KNOWN = '{% if facts.known %}What we know: {{ facts.known | sentence }}\n{% endif %}';
const DOING = 'What we are doing: {{ facts.doing | fact: "one sentence", "We are looking into it." }}';
const CAN = 'What you can do: {{ facts.workaround | fact: "what works instead, or: nothing", "You need do nothing for now." }}';

export const plain: Texts = {
  usual: {
    first: `${AFFECTED}\n${KNOWN}${CAN}\n${DOING}`,
    progress: `${AFFECTED}\n${KNOWN}${CAN}\n${DOING}${ESTIMATE}`,
    workaround: `${AFFECTED}\n${KNOWN}${CAN}\n${DOING}${ESTIMATE}`,
    resolved: `${AGAIN}\n${reported('what, for whom')}\nSo that it stays so: ${MENDED}\n${THANKS}`,
    normal: `What is still affected: {{ facts.affected | fact: "what, for whom" }}\n${CAN}\n${DOING}\n${THANKS}`,
    correction: correction('Please go by this from now on.'),
    retraction: retraction('Please do not go by it.'),
    holding: holding('We are still working on it.'),
  },
  change: {
    first: `What changes: {{ facts.affected | fact: "what, for whom" }}
${WHEN}
${CAN}`,
    progress: `What is affected now: {{ facts.affected | fact: "what, for whom" }}
${WHEN}
${CAN}
What we are doing: the planned work has begun.`,
    moved: `What changes: {{ facts.affected | fact: "what, for whom" }}
This takes place at another time than we told you. ${WHEN}
${CAN}`,
    resolved: `The planned work is complete.
${reported('what, for whom')}
${THANKS}`,
    normal: `The planned work does not take place as we told you.
${reported('what, for whom')}`,
    failed: `What is affected: {{ facts.affected | fact: "what, for whom, since when" }}
${CAN}
What we are doing: the planned work did not succeed. {{ facts.doing | fact: "one sentence", "We are putting things back as they were." }}`,
  },
  breach: {},
};
