/**
 * Senior management: impact in business terms; status in one word and one sentence; confidence and risk; the decision asked. The
 * next update stands below every text. At most 120 words, no names of components.
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

const IMPACT = 'Impact: {{ facts.affected | fact: "what the business cannot do, for whom, since when" }}';
const RISK = (label = 'Confidence and risk', none = 'The cause is not known yet.') =>
  `${label}: {{ facts.known | fact: "how sure we are, and what could get worse", "${none}" }}`;
const CHANGE_RISK = RISK('Confidence and risk', 'No risk is known beyond the usual.');
const DECISION = 'Decision needed from you: none.';

export const seniorManagement: Texts = {
  usual: {
    first: `${IMPACT}
Status: open. ${LOOKING}
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
    first: `Impact: {{ facts.affected | fact: "what the business notices of the change" }}
Status: planned. {{ facts.doing | fact: "what is changed, in one sentence", "The change is prepared." }}
${WHEN}
${CHANGE_RISK}
${DECISION}`,
    progress: `Impact: {{ facts.affected | fact: "what the business notices of the change" }}
Status: under way. {{ facts.doing | fact: "what is being changed, in one sentence", "The change has begun." }}
${WHEN}
${CHANGE_RISK}
${DECISION}`,
    moved: `Impact: {{ facts.affected | fact: "what the business notices of the change" }}
Status: moved. The change takes place at another time than we told you.
${WHEN}
${CHANGE_RISK}
${DECISION}`,
    resolved: `Impact: it is over. ${reported('what the business noticed of the change')}
Status: done. The change is complete.
Confidence and risk: ${MENDED}
${DECISION}`,
    normal: `Impact: none. ${reported('what the business was to notice of the change')}
Status: called off. The change does not take place as planned.
${CHANGE_RISK}
${DECISION}`,
    failed: `Impact: {{ facts.affected | fact: "what does not work now, for whom, since when" }}
Status: failed. {{ facts.doing | fact: "what is done about it", "The change did not work, and we are putting things back as they were." }}
${RISK()}
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
