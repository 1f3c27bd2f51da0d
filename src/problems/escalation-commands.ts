/** What people can say and press to get help with a problem: a virtual team, the vendor, the problem manager as arbitrator (P11, P18). */
import { foreseen } from '../chat/foreseen.ts';
import { formOf, line, paragraph } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { aRecord, button, type Conversation, command, oneOf, perhaps, privately, somePeople } from '../chat/registry.ts';
import type { RecordView } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { analysis } from './analysis.ts';
import { resultWords } from './analysis-card.ts';
import { type EscalationCommand, escalation, type ForVendor } from './escalation.ts';
import { arbitratedCard, teamCard, vendorCard } from './escalation-card.ts';
import { problem } from './problem.ts';

const change = (c: Conversation, id: RecordId, wanted: EscalationCommand, reply: (view: RecordView) => Reply): Promise<Reply> =>
  c.change({ record: id, part: escalation, command: wanted, reply: ({ view }) => reply(view) });

const forVendor = {
  vendor: line('Vendor', { hint: 'Contoso, contract 4711' }),
  point: line('Point of escalation', { hint: 'Elapsed time (8 h without progress) or complexity' }),
  description: paragraph('Description', { hint: 'What is wrong, so that somebody outside understands it' }),
  errors: paragraph('Error messages', { hint: 'As they were seen; none, if there are none' }),
  tried: paragraph('Resolutions tried', { hint: 'In order, each with its result; none, if nothing was tried' }),
  documents: paragraph('Documents', { hint: 'Links; none, if there are none' }),
  tools: paragraph('Diagnostic tools', { hint: 'What was used to look into it; none, if nothing was' }),
};

/** What Bellman knows already need not be written again. */
function known(view: RecordView): Partial<ForVendor> {
  const { intake, details } = view.state(problem);
  const tried = view
    .state(analysis)
    .suspects.map(({ cause, test, result }, at) => `${at + 1}. ${cause}: ${test ?? 'not tested'} (${resultWords(result)})`)
    .join('\n');
  const filled = { description: intake.details || intake.title, tried, documents: details?.documents ?? '' };
  return Object.fromEntries(Object.entries(filled).filter(([, text]) => text !== '' && text.length <= 3000));
}

const vendorDialog = { title: 'Escalate to vendor', submit: 'Send', fields: forVendor };
const arbitrationDialog = {
  title: 'Arbitrate',
  submit: 'Decide',
  fields: {
    question: paragraph('Disagreement', { hint: 'Who wants what' }),
    decision: paragraph('Decision', { hint: 'What is done, and why' }),
  },
};

/** The record, where the rules would take more than what a form still lacks. */
async function opened(c: Conversation, id: RecordId, wanted: EscalationCommand): Promise<RecordView | Refusal> {
  const refused = await foreseen(c, id, escalation, wanted);
  if (refused && refused.refused !== 'escalation-incomplete') return refused;
  return (await c.view(id)) ?? refuse('unknown-record', { record: id });
}

const escalate = command({
  name: 'problem escalate',
  help: 'Get help: from the vendor, from a virtual team (name its people), or by arbitration of the problem manager.',
  args: {
    record: aRecord('the problem, for example PRB-1', 'PRB'),
    to: oneOf('to whom', 'vendor', 'team', 'arbitration'),
    people: perhaps(somePeople('who is invited into the team')),
  },
  run: async (c, { record: id, to, people }) => {
    if (to === 'team') {
      if (people === undefined) return c.refused(refuse('team-needed', { record: id }));
      return change(c, id, { type: 'invite', people }, (view) => privately(teamCard(view)));
    }
    const wanted: EscalationCommand =
      to === 'vendor' ? { type: 'send', said: {} } : { type: 'arbitrate', question: '', decision: '' };
    const view = await opened(c, id, wanted);
    if (isRefusal(view)) return c.refused(view);
    const form =
      to === 'vendor'
        ? formOf('problem.to-vendor', vendorDialog, { record: id, value: '' }, known(view))
        : formOf('problem.arbitrate', arbitrationDialog, { record: id, value: '' }, {});
    return { kind: 'form', form };
  },
});

const toVendor = button({
  name: 'problem.to-vendor',
  form: {
    ...vendorDialog,
    initial: async (c, { record: id }) => {
      const view = await opened(c, id, { type: 'send', said: {} });
      return isRefusal(view) ? view : known(view);
    },
  },
  run: (c, { record: id }, said) => change(c, id, { type: 'send', said }, (view) => privately(vendorCard(view))),
});

const arbitrate = button({
  name: 'problem.arbitrate',
  right: ['problem-manager'],
  form: arbitrationDialog,
  run: (c, { record: id }, said) => change(c, id, { type: 'arbitrate', ...said }, (view) => privately(arbitratedCard(view))),
});

export const escalationDoings = [escalate, toVendor, arbitrate];
