/** What people see of calls by hand: whom to call and what to say, and what became of it. */
import { type Block, type Card, card, controls, divider, facts, text, type Words } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import { CALL_TRIES, type CallByHand } from './calls.ts';

const heading = ({ number }: CallByHand, record: RecordId): string => `Call ${number} about ${record}`;

/** For whoever is to call: number, text and buttons while it is to be done, then what became of it. */
export function callCard(record: RecordId, id: string, call: CallByHand | undefined): Card {
  if (!call) return card(`Call about ${record}`, [text('There is no such call any more.')]);
  if (call.status !== 'asked' && call.status !== 'later') return card(heading(call, record), [text(...ended(call))]);
  const button = { record, value: id };
  const waits = call.status === 'later';
  const again: Words = waits ? ['Nobody answered. I ask you again in ten minutes; press when you reach them before that.'] : [];
  return card(
    heading(call, record),
    [
      text(...(waits ? again : ['Call ', { bold: call.number }, ' now and read this out. Then press what became of it.'])),
      divider,
      text({ bold: call.title }),
      ...call.script,
      divider,
      ...(call.unanswered > 0 ? [facts(['Tried', `${call.unanswered} of ${CALL_TRIES} times, nobody answered`])] : []),
      controls(
        { label: 'Called', action: 'comms.called', style: 'primary', ...button },
        { label: 'No answer', action: 'comms.no-answer', ...button },
      ),
    ],
    { tone: 'danger', summary: `${heading(call, record)}: ${call.title}` },
  );
}

function ended(call: CallByHand): Words {
  if (call.status === 'made') return ['Call made by ', { person: call.by ?? call.person }, ' ', { time: call.at }, '.'];
  if (call.status === 'replaced') return ['No longer needed since ', { time: call.at }, ': a newer update goes to this number.'];
  return ['The call was not made. Its owner knows since ', { time: call.at }, '.'];
}

/** To the owner: it is done. */
export const madeCard = (record: RecordId, call: CallByHand): Card =>
  card(heading(call, record), [text(...ended(call))], { tone: 'success' });

/** To the owner: the deputy was asked in somebody's place. */
export const passedCard = (record: RecordId, call: CallByHand): Card =>
  card(heading(call, record), [
    text(
      { person: call.before.at(-1) ?? '' },
      ' did not say whether they called, so ',
      { person: call.person },
      ' was asked now.',
    ),
  ]);

const WHY: Readonly<Record<'no-answer' | 'nobody-called' | 'stopped', string>> = {
  'no-answer': `nobody answered in ${CALL_TRIES} tries`,
  'nobody-called': 'nobody said that they called',
  stopped: 'its update may not be said any more',
};

/** To the owner and the releasers: nobody was reached, and here is what was to be said. */
export function failedCard(record: RecordId, call: CallByHand, why: keyof typeof WHY): Card {
  const title = `Nobody reached: ${call.number}, ${record}`;
  const said: readonly Block[] =
    why === 'stopped' ? [] : [text('Reach them by another way. This was to be said:'), divider, ...call.script];
  return card(
    title,
    [text(`The call to ${call.number} by `, { person: call.person }, ` did not happen: ${WHY[why]}.`), ...said],
    {
      tone: 'danger',
    },
  );
}
