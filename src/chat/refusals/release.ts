/** Refusals about releasing an update, taking that back, and correcting what left. */
import type { Catalogue, FactReader } from './catalogue.ts';

const line = (f: FactReader): string => f.text('line').replaceAll('-', ' ');

const ask = (f: FactReader) => (f.has('people') ? [' Ask ', ...f.people('people'), '.'] : []);

export const release: Catalogue = {
  'update-leaving': (f) => [
    `This update for ${line(f)} is released`,
    ...(f.has('by') ? [' by ', ...f.people('by')] : []),
    ' and leaves at ',
    f.time('at'),
    ', so nothing was changed. To change it, press Undo first.',
  ],
  'left-already': (f) => [
    `This update for ${line(f)} left at `,
    f.time('at'),
    ', so it cannot be taken back. ',
    ...(f.has('upd')
      ? [
          'What can still be done: ',
          { code: `/comms correct ${f.text('upd')}` },
          ' or ',
          { code: `/comms retract ${f.text('upd')}` },
          '; either reaches everybody who got it.',
        ]
      : ['Say what is right in the next one.']),
  ],
  'no-last-text': (f) => [
    `There is no text for ${line(f)} that could be said again as it is: none left yet, it was wrong, or the last word is wanted. Write this one.`,
  ],
  'written-already': (f) => [
    `The text for ${line(f)} is written already by `,
    f.person('by'),
    ' and awaits its release, so nothing was changed. To change it, press Edit on its card.',
  ],
  'may-not-correct': (f) => [
    `Only its releasers, communications and the owner correct what left on the line ${line(f)}; nothing was changed.`,
    ...ask(f),
  ],
  'not-left-yet': (f) => [
    `This update for ${line(f)} did not leave, so there is nothing to correct. While it is being prepared, press Edit on its card.`,
  ],
  'correction-waits': (f) => [
    `A correction of ${f.text('upd')} awaits its release already, so nothing was added. Edit that one: `,
    { code: `/comms release ${f.text('record')} ${f.text('line')}` },
    '.',
  ],
  'retracted-already': (f) => [
    `${f.text('upd')} was retracted already, so nothing was changed. Say what is right in the next update.`,
  ],
  'holding-out-of-bounds': () => [
    'A holding statement goes out between 1m and 1d after its update was due, so nothing was handed in. Write 15m.',
  ],
  'nothing-to-hand-over': (f) => [
    `You write nothing for the plan of ${f.text('record')} and do not answer for it, so there is nothing to hand over. `,
    { code: `/comms plan ${f.text('record')}` },
    ' shows who does.',
  ],
  'handover-to-self': () => ['You have it already, so nothing was changed. Name somebody else.'],
  'cannot-take-over': (f) => [
    f.person('person'),
    ' has left and cannot take it over, so nothing was changed. Name somebody else.',
  ],
  'no-handover': (f) => [`This about ${f.text('record')} is answered already, so nothing was changed.`],
  'not-handed-to-you': (f) => ['Only ', f.person('person'), ' is asked to take this over; nothing was changed.'],
  'undo-out-of-bounds': () => ['A release can be taken back for 5m at most, so nothing was changed. Choose less.'],
  'unknown-upd': (f) => [`There is no update ${f.text('said')}. Updates that left carry their number, for example UPD-1.`],
};
