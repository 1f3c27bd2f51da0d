/** Audiences that an organisation defined itself: what every update says, in the order in which most people need it. */
import { AGAIN, correction, ESTIMATE, holding, MENDED, reported, retraction, type Texts, THANKS } from './shared.ts';

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
    first: `What changes: {{ facts.affected | fact: "what, for whom, from when to when" }}\n${CAN}\nWhat we are doing: {{ facts.doing | fact: "one sentence", "This is planned work." }}`,
    progress: `What is affected now: {{ facts.affected | fact: "what, for whom" }}\n${CAN}\nWhat we are doing: the planned work has begun.${ESTIMATE}`,
    resolved: `The planned work is complete.\n${reported('what, for whom')}\n${THANKS}`,
    normal: `The planned work does not take place as we told you.\nWhat is affected: {{ facts.affected | fact: "what, for whom" }}`,
  },
  breach: {},
};
