/**
 * Emergency services and authorities: danger and place; what happened; what we ask; whom to call back. No abbreviations, no links to
 * chats.
 */
import { correction, holding, reported, retraction, type Texts, WHEN } from './shared.ts';

const DANGER = 'Danger and place: {{ facts.affected | fact: "danger to people, and where; or: no danger to people" }}';
const HAPPENED =
  'What happened: {{ facts.known | fact: "what, where, since when", "It is not verified yet." }} We have known of it since {{ known_at }}.';
const NEXT = '{% if facts.next %}What we do next: {{ facts.next | sentence }}\n{% endif %}';
const ASK = `${NEXT}We ask you to: {% if facts.filled %}be ready for our call; nothing else is needed now{% else %}‹what›{% endif %}.`;
const ASK_NOTHING = `${NEXT}We ask you to: do nothing; this is only for your information.`;
/** An organisation puts the name and number of its duty manager here. */
const CALL = 'Call back: whoever gave you this statement.';

export const emergencyServices: Texts = {
  usual: {
    first: `${DANGER}
${HAPPENED}
${ASK}
${CALL}`,
    progress: `${DANGER}
${HAPPENED}
What we are doing: {{ facts.doing | fact: "what is being done", "We are working on it." }}
${ASK}
${CALL}`,
    workaround: `${DANGER}
${HAPPENED}
Until it is over: {{ facts.workaround | fact: "what people do meanwhile" }}
${ASK}
${CALL}`,
    resolved: `Danger and place: it is over{% if resolved_at %} since {{ resolved_at }}{% endif %}. ${reported('what the danger was, and where')}
What happened: {{ resolution | default: facts.known | fact: "what, where, since when", "We are reviewing it." }}
We ask you to: end what you do on our account.
${CALL}
Thank you for your help.`,
    normal: `${DANGER}
What happened: the worst of it is over. {{ facts.known | fact: "what is left", "We see to the rest." }}
${ASK}
${CALL}
Thank you for your help.`,
    correction: correction(`We ask you to: go by this from now on.
${CALL}`),
    retraction: retraction(`We ask you to: stop what you do because of it.
${CALL}`),
    holding: holding('We are still working on it.', CALL),
  },
  change: {
    first: `Danger and place: {{ facts.affected | fact: "what may fail, and where" }}
What happens: planned work. ${WHEN}
${ASK_NOTHING}
${CALL}`,
    progress: `Danger and place: {{ facts.affected | fact: "what may fail now, and where" }}
What happens: the planned work has begun. ${WHEN}
${ASK_NOTHING}
${CALL}`,
    moved: `Danger and place: {{ facts.affected | fact: "what may fail, and where" }}
What happens: the planned work takes place at another time. ${WHEN}
${ASK_NOTHING}
${CALL}`,
    resolved: `Danger and place: it is over. ${reported('what could have failed, and where')}
What happened: the planned work is complete.
We ask you to: end what you do on our account.
${CALL}`,
    normal: `Danger and place: none. ${reported('what could have failed, and where')}
What happens: the work does not take place as planned.
We ask you to: do nothing; we call if there is a new time.
${CALL}`,
    failed: `Danger and place: {{ facts.affected | fact: "danger to people, and where; or: no danger to people" }}
What happened: planned work did not succeed. {{ facts.known | fact: "what, where, since when", "We are putting things back as they were." }}
${ASK}
${CALL}`,
  },
  breach: {
    first: `Danger and place: {{ facts.affected | fact: "whose data or which systems, and where" }}
What happened: {{ facts.known | fact: "what is verified about data, and since when", "What is taken is not verified yet." }} We have known of it since {{ known_at }}.
${ASK}
${CALL}`,
  },
};
