/**
 * Senior management: impact in business terms; status in one word and one sentence; confidence and risk; the decision asked. The
 * next update stands below every text. At most 120 words, no names of components.
 */
import { AGAIN, correction, ESTIMATE, holding, MENDED, reported, retraction, type Texts, THANKS } from './shared.ts';

const IMPACT = 'Impact: {{ facts.affected | fact: "what the business cannot do, for whom, since when" }}';
const RISK = (label = 'Confidence and risk') =>
  `${label}: {{ facts.known | fact: "how sure we are, and what could get worse", "The cause is not known yet." }}`;
const DECISION = 'Decision needed from you: none.';

export const seniorManagement: Texts = {
  usual: {
    first: `${IMPACT}
Status: open. We are looking into it.
${RISK()}
${DECISION}`,
    progress: `${IMPACT}
Status: in work. {{ facts.doing | fact: "what is being done, in one sentence", "We are working on it." }}
${RISK()}${ESTIMATE}
${DECISION}`,
    workaround: `${IMPACT}
Status: eased. Until it is solved, this helps: {{ facts.workaround | fact: "what people use meanwhile" }}
${RISK()}${ESTIMATE}
${DECISION}`,
    resolved: `Impact: it is over. ${reported('what the business could not do, for whom, for how long')}
Status: solved. ${AGAIN}
Confidence and risk: ${MENDED}
${DECISION}
${THANKS} A review follows; you get its result.`,
    normal: `Impact: {{ facts.affected | fact: "what still does not work, for whom" }}
Status: no longer major. {{ facts.doing | fact: "what is still done", "The usual teams go on with it." }}
${RISK()}
${DECISION}
${THANKS}`,
    correction: correction(DECISION),
    retraction: retraction(DECISION),
    holding: holding('It is still being worked on.'),
  },
  change: {
    first: `Impact: {{ facts.affected | fact: "what the business notices of the change, and when" }}
Status: planned. {{ facts.doing | fact: "what is changed, in one sentence", "The change is prepared." }}
${RISK().replace('The cause is not known yet.', 'No risk is known beyond the usual.')}
${DECISION}`,
    progress: `Impact: {{ facts.affected | fact: "what the business notices of the change, and when" }}
Status: under way. {{ facts.doing | fact: "what is being changed, in one sentence", "The change has begun." }}
${RISK().replace('The cause is not known yet.', 'No risk is known beyond the usual.')}${ESTIMATE}
${DECISION}`,
    resolved: `Impact: it is over. ${reported('what the business noticed of the change')}
Status: done. The change is complete{% if resolved_at %} since {{ resolved_at }}{% endif %}.
Confidence and risk: ${MENDED}
${DECISION}`,
    normal: `Impact: {{ facts.affected | fact: "what the business notices now" }}
Status: called off. {{ resolution | default: facts.known | fact: "why, in one sentence", "The change does not take place as planned." }}
${DECISION}`,
  },
  breach: {
    first: `Impact: {{ facts.affected | fact: "whose data or which systems, since when" }}
Status: open. We are looking into it.
Confidence and risk: {{ facts.known | fact: "what is verified about data, and what is not", "Whether data was taken is not verified yet." }}
${DECISION}`,
    progress: `Impact: {{ facts.affected | fact: "whose data or which systems, since when" }}
Status: in work. {{ facts.doing | fact: "what is being done, in one sentence", "We are closing the way in and preserve the evidence." }}
Confidence and risk: {{ facts.known | fact: "what is verified about data, and what is not", "Whether data was taken is not verified yet." }}
${DECISION}`,
  },
};
