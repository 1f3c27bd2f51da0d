/** What follows when a problem's people decided what becomes of a change that was to cure it: the change's own people are told (P13). */
import { type Card, card, text } from '../chat/card.ts';
import { type EventOf, type Reaction, tell, when } from '../core/ask.ts';
import type { RecordId } from '../core/record.ts';
import { change } from './change.ts';
import { type Change, type ChangeEvent, interested } from './rfc.ts';
import { titled } from './words.ts';

function judgedCard(id: RecordId, rfc: Change, { problem, outcome, by, words }: EventOf<ChangeEvent, 'judged'>): Card {
  const back = outcome === 'back-out';
  const title = `${back ? 'To be backed out' : 'Kept'}: ${titled(id, rfc)}`;
  return card(
    title,
    [
      text(
        `It was to cure ${problem}. `,
        { person: by },
        back ? ' decided that it is taken back' : ' decided that it stays',
        ...(words.reason === '' ? ['.'] : [`: ${words.reason}`]),
      ),
      ...(back ? [text('When it is taken back, record it: ', { code: `/rfc backout ${id} reason` }, '.')] : []),
    ],
    { tone: back ? 'warning' : 'info', summary: title },
  );
}

export const judgedReactions: readonly Reaction[] = [
  when<ChangeEvent, 'judged'>(change.name, 'judged', (event, view) => {
    const rfc = view.state(change);
    return tell(
      interested(rfc).filter((person) => person !== event.by),
      judgedCard(view.id, rfc, event),
    );
  }),
];
