/** What follows from an escalation: those who are invited, and those about whom was decided, read it. */
import { type Reaction, type RecordView, tell, when } from '../core/ask.ts';
import type { PersonId } from '../core/record.ts';
import { noticeCard } from '../incidents/index.ts';
import { type EscalationEvent, escalation } from './escalation.ts';
import { problem } from './problem.ts';
import { shown } from './shown.ts';

/** Owner, reporter and virtual team, without whoever did it. */
function concerned(view: RecordView, by: PersonId): readonly PersonId[] {
  const { raised, standing } = view.state(problem);
  const people = [standing.owner, raised?.by, ...view.state(escalation).team];
  return people.filter((person): person is PersonId => person !== undefined && person !== by);
}

export const escalationReactions: readonly Reaction[] = [
  when<EscalationEvent, 'invited'>(escalation.name, 'invited', ({ people, by }, view) =>
    tell(
      people.filter((person) => person !== by),
      noticeCard(
        shown(view),
        'asks you into its team',
        { person: by },
        ' wants your help. See it: ',
        { code: `/problem show ${view.id}` },
        '. Name a possible cause: ',
        { code: `/problem suspect ${view.id}` },
        '.',
      ),
      { urgency: 4 },
    ),
  ),
  when<EscalationEvent, 'sent'>(escalation.name, 'sent', ({ number, by, words }, view) =>
    tell(
      concerned(view, by),
      noticeCard(shown(view), `is escalated to ${words.vendor}`, `Escalation ${number}, by `, { person: by }, '.'),
    ),
  ),
  when<EscalationEvent, 'arbitrated'>(escalation.name, 'arbitrated', ({ by, words }, view) =>
    tell(
      concerned(view, by),
      noticeCard(
        shown(view),
        'was decided about',
        { person: by },
        ` decided as arbitrator. ${words.question}: ${words.decision}`,
      ),
      { urgency: 4 },
    ),
  ),
];
