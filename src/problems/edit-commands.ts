/** What people can say to change what is kept of a problem, and to move it by hand (P1 to P4). Only its title is needed. */
import { foreseen } from '../chat/foreseen.ts';
import { choice, maybe, paragraph } from '../chat/form.ts';
import { aRecord, command, privately } from '../chat/registry.ts';
import { titlesOf } from '../core/records.ts';
import { refuse } from '../core/refusal.ts';
import { intakeFields, intakeInitial, intakeOf, recordCard } from '../incidents/index.ts';
import { problem } from './problem.ts';
import { type Details, noDetails, OPEN_STAGES, SOURCES } from './record.ts';
import { shown } from './shown.ts';

const fields = {
  ...intakeFields,
  source: maybe(choice('Source', SOURCES, { hint: 'Where it came from' })),
  reasons: maybe(paragraph('Reasons', { hint: 'For its priority: skills, size, service levels, cost of resolving or not' })),
  agreements: maybe(paragraph('Affected SLAs and OLAs', { hint: 'SLA Payments 99.9 %, OLA network team' })),
  documents: maybe(paragraph('Documents', { hint: 'Links to what helps' })),
  solution: maybe(paragraph('Permanent solution', { hint: 'What mends it for good' })),
  stage: maybe(
    choice('Status', [...OPEN_STAGES, 'implementation-review'] as const, { hint: 'Only to move it by hand; empty: as it is' }),
  ),
};

/** What stands in the form when it is opened. */
const written = ({ source, ...texts }: Details) => ({ ...texts, ...(source === undefined ? {} : { source }) });

export const edit = command({
  name: 'problem edit',
  help: 'Change what is kept of a problem, or move it by hand to another status.',
  args: { record: aRecord('the problem, for example PRB-1', 'PRB') },
  form: {
    title: 'Edit problem',
    submit: 'Save',
    fields,
    initial: async (c, { record: id }) => {
      const view = await c.view(id);
      if (!view) return refuse('unknown-record', { record: id });
      const { intake, details = noDetails } = view.state(problem);
      return (await foreseen(c, id, problem, { type: 'edit', intake })) ?? { ...intakeInitial(intake), ...written(details) };
    },
  },
  run: async (c, { record: id }, { source, reasons = '', agreements = '', documents = '', solution = '', stage, ...said }) => {
    const before = await c.view(id);
    const titles = await titlesOf(c.db, before ? shown(before).links : [], c.me);
    const details: Details = { source, reasons, agreements, documents, solution };
    return c.change({
      record: id,
      part: problem,
      command: { type: 'edit', intake: intakeOf(said), details, stage },
      reply: ({ view }) => privately(recordCard(shown(view), titles)),
    });
  },
});
