/** All staff: the effect on their work; what to do; what to say to people who ask; where to look. No customer details, no speculation. */
import { AGAIN, correction, holding, LOOKING, reported, retraction, type Texts, THANKS, WHEN } from './shared.ts';

const EFFECT = 'Effect: {{ facts.affected | fact: "what does not work, where, since when" }}';
const DO =
  'What to do: {{ facts.workaround | fact: "what they can use instead, or: you need do nothing", "You need do nothing for now." }}';
const LOOK = 'Where to look: the next update comes here.';

export const allStaff: Texts = {
  usual: {
    first: `${EFFECT}
${DO}
If somebody asks: we know of it. ${LOOKING}
${LOOK}`,
    progress: `${EFFECT}
${DO}
If somebody asks: we know of it. {{ facts.doing | fact: "one sentence to say", "We are working on it." }}
${LOOK}`,
    workaround: `${EFFECT}
What to do: until it works again you can do this. {{ facts.workaround | fact: "what they can use instead" }}
If somebody asks: we know of it. {{ facts.doing | fact: "one sentence to say", "We are working on it." }}
${LOOK}`,
    resolved: `Effect: none any more. ${AGAIN}
${reported('what did not work, where')}
What to do: work as usual; tell the service desk if something still fails.
If somebody asks: it is solved, and we review what happened.
${THANKS}`,
    normal: `Effect: {{ facts.affected | fact: "what still does not work, where" }}
${DO}
If somebody asks: most of it works again, and the usual teams see to the rest.
Where to look: the service desk tells you more.
${THANKS}`,
    correction: correction('What it changes for you: please go by this from now on, and tell whoever you told.'),
    retraction: retraction('Please do not go by it, and do not pass it on.'),
    holding: holding('What you can do stays as we told you last.'),
  },
  change: {
    first: `Effect: {{ facts.affected | fact: "what people notice, and where" }}
${WHEN}
${DO}
If somebody asks: this is planned work.
${LOOK}`,
    progress: `Effect: {{ facts.affected | fact: "what people notice now, and where" }}
${WHEN}
${DO}
If somebody asks: this is planned work, and it has begun.
${LOOK}`,
    moved: `Effect: {{ facts.affected | fact: "what people notice, and where" }}
This takes place at another time than we told you. ${WHEN}
${DO}
If somebody asks: the planned work was moved.
${LOOK}`,
    resolved: `Effect: none any more. The work is complete.
${reported('what people noticed, where')}
What to do: work as usual; tell the service desk if something fails.
If somebody asks: the planned work is done.
${THANKS}`,
    normal: `Effect: none. ${reported('what people were to notice, where')}
What to do: you need do nothing.
If somebody asks: the work does not take place as planned.
Where to look: if there is a new time, we tell it here.`,
    failed: `Effect: {{ facts.affected | fact: "what does not work now, where" }}
${DO}
If somebody asks: the planned work did not succeed. {{ facts.doing | fact: "what is done about it", "We are putting things back as they were." }}
${LOOK}`,
  },
  breach: {
    first: `${EFFECT}
${DO}
If somebody asks: we are looking into a security matter and tell what is verified. Do not guess, and name no customer.
${LOOK}`,
    progress: `${EFFECT}
${DO}
If somebody asks: we are working on a security matter and tell what is verified. Do not guess, and name no customer.
${LOOK}`,
  },
};
